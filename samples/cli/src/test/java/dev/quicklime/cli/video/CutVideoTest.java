package dev.quicklime.cli.video;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Random;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.bytedeco.ffmpeg.global.avcodec;
import org.bytedeco.ffmpeg.global.avutil;
import org.bytedeco.javacv.FFmpegFrameRecorder;
import org.bytedeco.javacv.Frame;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Files of several containers, whole and cut: what is missing is told, and nothing else. */
class CutVideoTest {

  private static final Pattern COUNTED =
      Pattern.compile("the file ends early: (\\d+) of (at least )?(\\d+) frames could be read.*");

  @TempDir private Path folder = Path.of("");

  /** Frames that are hard to compress, shown from given times on. */
  private Path video(String format, int codec, String flags, int between, double... times)
      throws IOException {
    Path file = folder.resolve("v." + format);
    Random random = new Random(3);
    try (FFmpegFrameRecorder recorder = new FFmpegFrameRecorder(file.toFile(), 64, 48, 0);
        Frame frame = new Frame(64, 48, Frame.DEPTH_UBYTE, 3)) {
      recorder.setFormat(format);
      recorder.setVideoCodec(codec);
      recorder.setPixelFormat(
          codec == avcodec.AV_CODEC_ID_MJPEG
              ? avutil.AV_PIX_FMT_YUVJ420P
              : avutil.AV_PIX_FMT_YUV420P);
      recorder.setFrameRate(50);
      recorder.setMaxBFrames(between);
      if (!flags.isEmpty()) {
        recorder.setOption("movflags", flags);
      }
      recorder.start();
      byte[] noise = new byte[frame.imageStride * 48];
      for (double time : times) {
        random.nextBytes(noise);
        ((ByteBuffer) frame.image[0]).put(0, noise);
        recorder.setFrameNumber((int) Math.round(50 * time));
        recorder.record(frame, avutil.AV_PIX_FMT_RGB24);
      }
    }
    return file;
  }

  private static double[] even(int frames) {
    double[] times = new double[frames];
    Arrays.setAll(times, i -> i / 50.0);
    return times;
  }

  private Path cut(Path file, double share) throws IOException {
    byte[] bytes = Files.readAllBytes(file);
    return Files.write(
        folder.resolve("cut-" + file.getFileName()),
        Arrays.copyOf(bytes, (int) (bytes.length * share)));
  }

  /** How many frames there are, and what is missing. */
  private record Read(int frames, String shortfall) {}

  private static Read read(Path file) throws IOException {
    try (Frames frames = Frames.open(file)) {
      int count = 0;
      while (frames.next() != null) {
        count++;
      }
      return new Read(count, frames.shortfall());
    }
  }

  @ParameterizedTest
  @CsvSource({"0.97", "0.9", "0.8", "0.7"})
  void shouldCountFramesThatTheIndexAnnounces(double share) throws IOException {
    Path file = video("mp4", avcodec.AV_CODEC_ID_MPEG4, "faststart", 0, 0, 0.1, 0.6, 0.62);
    assertEquals(new Read(4, ""), read(file));
    Read read = read(cut(file, share));
    Matcher said = COUNTED.matcher(read.shortfall());
    assertTrue(said.matches(), read.shortfall());
    assertEquals(read.frames(), Integer.parseInt(said.group(1)));
    assertEquals("4", said.group(3));
    assertTrue(read.frames() < 4 || read.shortfall().contains("the last in part"), "" + read);
    assertTrue(
        read.shortfall().contains(read.frames() == 3 ? "up to 0.60 of 0.6" : "up to 0."),
        read.shortfall());
  }

  @ParameterizedTest
  @CsvSource({"mp4, faststart", "mov, faststart", "mp4, frag_keyframe+empty_moov"})
  void shouldNotMissFramesThatAreCodedOutOfOrder(String format, String flags) throws IOException {
    Path file = video(format, avcodec.AV_CODEC_ID_MPEG4, flags, 2, even(40));
    assertEquals(new Read(40, ""), read(file));
    Read read = read(cut(file, 0.8));
    assertTrue(read.frames() > 10 && read.frames() < 40, "" + read);
    assertTrue(COUNTED.matcher(read.shortfall()).matches(), read.shortfall());
    assertTrue(read.shortfall().contains(" 40 frames") || flags.startsWith("frag"), "" + read);
  }

  @Test
  void shouldNotMissFramesThatAListOfEditsLeavesOut() throws IOException {
    Path file = video("mp4", avcodec.AV_CODEC_ID_MJPEG, "faststart", 0, even(40));
    byte[] bytes = Files.readAllBytes(file);
    ByteBuffer boxes = ByteBuffer.wrap(bytes);
    int edits = find(bytes, "elst") + 12;
    int times = find(bytes, "stts") + 12;
    int length = boxes.getInt(times + 4);
    // From frame 10 to before frame 30, the latter in thousandths of a second.
    boxes.putInt(edits, 400).putInt(edits + 4, 10 * length);
    Read read = read(Files.write(file, bytes));
    assertTrue(read.frames() > 17 && read.frames() < 23, "" + read);
    assertEquals("", read.shortfall());
    Read less = read(cut(file, 0.6));
    assertTrue(less.frames() < read.frames(), "" + less);
    Matcher said = COUNTED.matcher(less.shortfall());
    assertTrue(said.matches(), less.shortfall());
    assertEquals(read.frames(), Integer.parseInt(said.group(3)), less.shortfall());
  }

  private static int find(byte[] bytes, String box) {
    int at = new String(bytes, StandardCharsets.ISO_8859_1).indexOf(box);
    assertTrue(at > 0, "no " + box);
    return at;
  }

  @ParameterizedTest
  @CsvSource({"matroska, 0.97", "avi, 0.9", "matroska, 0.6", "avi, 0.6"})
  void shouldNameOtherContainersThatEndEarly(String format, double share) throws IOException {
    Path file = video(format, avcodec.AV_CODEC_ID_MJPEG, "", 0, even(30));
    assertFalse(FileEnd.isCut(file), "whole");
    assertEquals(new Read(30, ""), read(file));
    Path cut = cut(file, share);
    assertTrue(FileEnd.isCut(cut), "cut");
    Read read = read(cut);
    assertTrue(read.frames() < 30, "" + read);
    assertTrue(
        read.shortfall().startsWith("the file ends early: " + read.frames() + " "),
        read.shortfall());
  }

  @Test
  void shouldNotTakeAFileForCutThatDoesNotSayHowLongItIs() throws IOException {
    Path file = video("matroska", avcodec.AV_CODEC_ID_MJPEG, "", 0, even(5));
    byte[] bytes = Files.readAllBytes(file);
    ByteBuffer all = ByteBuffer.wrap(bytes);
    int segment = 0;
    while (all.getInt(segment) != 0x18538067) {
      segment++;
    }
    // A size of eight bytes, all ones: whoever wrote it did not know.
    all.putLong(segment + 4, 0x01ffffffffffffffL);
    assertFalse(FileEnd.isCut(Files.write(file, bytes)));
    assertFalse(FileEnd.isCut(Files.write(file, new byte[] {1, 2, 3})));
    assertFalse(FileEnd.isCut(Files.write(file, new byte[0])));
    assertFalse(FileEnd.isCut(Files.writeString(file, "some text that is no video at all")));
    assertFalse(FileEnd.isCut(Files.writeString(file, "RIFF\0\0\0\0AVI LIST")));
  }
}
