package dev.quicklime.cli.video;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.bytedeco.ffmpeg.global.avcodec;
import org.bytedeco.ffmpeg.global.avutil;
import org.bytedeco.javacv.FFmpegFrameRecorder;
import org.bytedeco.javacv.Frame;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FrameTimesTest {

  @TempDir private Path folder = Path.of("");

  /** Gray frames that are shown from given times on. */
  private Path video(String name, double rate, double... times) throws IOException {
    Path file = folder.resolve(name);
    try (VideoFile video = new VideoFile(file, 64, 48, rate)) {
      int[] rgb = new int[64 * 48];
      for (int i = 0; i < times.length; i++) {
        Arrays.fill(rgb, 0x010101 * (20 + 8 * i));
        video.add(rgb, times[i]);
      }
    }
    return file;
  }

  private static List<Double> times(Path file) throws IOException {
    List<Double> times = new ArrayList<>();
    try (Frames frames = Frames.open(file)) {
      while (frames.next() != null) {
        times.add(frames.time());
      }
    }
    return times;
  }

  @ParameterizedTest
  @ValueSource(doubles = {10, 1000})
  void shouldShowFramesAtTheTimesThatTheFileHas(double rate) throws IOException {
    double[] times = {0, 0.1, 0.2, 0.9, 1.8, 1.9, 2.4};
    List<Double> read = times(video("v.mp4", rate, times));
    assertEquals(times.length, read.size());
    for (int i = 0; i < times.length; i++) {
      assertEquals(times[i], read.get(i), 1e-3, "frame " + i);
    }
  }

  @Test
  void shouldCountFromTheBeginningOfTheFile() {
    FrameClock clock = new FrameClock(1.4, 10);
    clock.shown(1_400_000);
    assertEquals(0, clock.time(), 1e-9);
    clock.shown(2_300_000);
    assertEquals(0.9, clock.time(), 1e-9);
  }

  @Test
  void shouldGoOnAtTheAveragePaceWhereAFileDoesNotSay() {
    FrameClock clock = new FrameClock(0, 10);
    clock.shown(Long.MIN_VALUE);
    assertEquals(0, clock.time());
    clock.shown(300_000);
    clock.shown(300_000);
    assertEquals(0.4, clock.time(), 1e-9);
  }

  @Test
  void shouldSayHowFarAFileGotThatWasCut() throws IOException {
    double[] even = new double[50];
    Arrays.setAll(even, i -> i / 12.5);
    Path whole = video("v.mp4", 12.5, even);
    assertEquals("", shortfall(whole));
    byte[] bytes = Files.readAllBytes(whole);
    Path cut = Files.write(folder.resolve("cut.mp4"), Arrays.copyOf(bytes, bytes.length * 3 / 4));
    int read = times(cut).size();
    assertEquals(
        String.format(
            java.util.Locale.ROOT,
            "the file ends early: %d of 50 frames could be read, up to %.2f of 4.00 seconds",
            read,
            (read - 1) / 12.5),
        shortfall(cut));
  }

  @Test
  void shouldReadTimesOfAContainerThatCountsNoFrames() throws IOException {
    Path file = folder.resolve("v.mkv");
    double[] times = {0, 0.1, 0.2, 0.9, 1.8, 3.3};
    try (FFmpegFrameRecorder recorder = new FFmpegFrameRecorder(file.toFile(), 64, 48, 0);
        Frame frame = new Frame(64, 48, Frame.DEPTH_UBYTE, 3)) {
      recorder.setFormat("matroska");
      recorder.setVideoCodec(avcodec.AV_CODEC_ID_MJPEG);
      recorder.setPixelFormat(avutil.AV_PIX_FMT_YUVJ420P);
      recorder.setFrameRate(100);
      recorder.start();
      for (double time : times) {
        recorder.setFrameNumber((int) Math.round(100 * time));
        recorder.record(frame, avutil.AV_PIX_FMT_RGB24);
      }
    }
    assertEquals(6, times(file).size());
    for (int i = 0; i < times.length; i++) {
      assertEquals(times[i], times(file).get(i), 1e-3);
    }
    assertEquals("", shortfall(file));
    byte[] bytes = Files.readAllBytes(file);
    Path cut = Files.write(folder.resolve("cut.mkv"), Arrays.copyOf(bytes, bytes.length / 2));
    int read = times(cut).size();
    assertTrue(read < 4, read + " frames");
    assertTrue(shortfall(cut).contains(read + " frames could be read"), shortfall(cut));
    assertTrue(shortfall(cut).endsWith(" seconds"), shortfall(cut));
  }

  @Test
  void shouldTakeALastFrameThatStandsForAWholeOne() throws IOException {
    assertEquals("", shortfall(video("v.mp4", 10, 0, 0.1, 2.5)));
    assertEquals(
        "",
        new Announced(0, 0, 0, false).shortfall(3, new FrameClock(0, 0), Announced.End.UNKNOWN));
  }

  private static String shortfall(Path file) throws IOException {
    try (Frames frames = Frames.open(file)) {
      int count = 0;
      while (frames.next() != null) {
        count++;
      }
      assertTrue(count > 0, "frames");
      return frames.shortfall();
    }
  }
}
