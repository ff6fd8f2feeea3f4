package dev.quicklime.cli.video;

import static java.util.Objects.requireNonNull;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.quicklime.InvalidInputException;
import dev.quicklime.image.Image;
import dev.quicklime.image.ImageFiles;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class VideoTest {

  private static final int WIDTH = 96;
  private static final int HEIGHT = 64;

  @TempDir Path folder;

  /** Every frame of one gray, 10 brighter than the one before it. */
  private Path video(int frames) throws IOException {
    return video(frames, 10);
  }

  private Path video(int frames, int step) throws IOException {
    Path file = folder.resolve("v.mp4");
    try (VideoFile video = new VideoFile(file, WIDTH, HEIGHT, 12.5)) {
      int[] rgb = new int[WIDTH * HEIGHT];
      for (int i = 0; i < frames; i++) {
        Arrays.fill(rgb, 0x010101 * (20 + step * i));
        video.add(rgb);
      }
    }
    return file;
  }

  @Test
  void shouldReadTheFramesThatWereWrittenInTheirOrder() throws IOException {
    try (Frames frames = Frames.open(video(20))) {
      assertEquals(12.5, frames.rate(), 1e-9);
      assertEquals(20, frames.about());
      for (int i = 0; i < 20; i++) {
        Image frame = requireNonNull(frames.next(), "frame " + i);
        assertEquals(WIDTH, frame.width());
        assertEquals(HEIGHT, frame.height());
        assertEquals(3, frame.channels());
        assertEquals(20 + 10 * i, frame.value(40, 30, 1), 4, "frame " + i);
      }
      assertNull(frames.next());
    }
  }

  @Test
  void shouldTakeAFolderOfPicturesByTheNumbersInTheirNames() throws IOException {
    for (int i : new int[] {10, 9, 1, 2}) {
      byte[] gray = new byte[8 * 9];
      Arrays.fill(gray, (byte) i);
      ImageFiles.writePng(Image.of8(8, 9, 1, gray), folder.resolve("frame-" + i + ".png"));
    }
    Files.writeString(folder.resolve("notes.txt"), "no frame");
    try (Frames frames = Frames.open(folder)) {
      assertEquals(4, frames.about());
      for (int i : new int[] {1, 2, 9, 10}) {
        assertEquals(i, requireNonNull(frames.next()).value(0, 0, 0));
      }
      assertNull(frames.next());
    }
  }

  @Test
  void shouldRefuseFramesOfDifferentSizes() throws IOException {
    ImageFiles.writePng(Image.of8(8, 9, 1, new byte[72]), folder.resolve("a.png"));
    ImageFiles.writePng(Image.of8(9, 8, 1, new byte[72]), folder.resolve("b.png"));
    try (Frames frames = Frames.open(folder)) {
      frames.next();
      Exception e = assertThrows(InvalidInputException.class, frames::next);
      assertTrue(
          String.valueOf(e.getMessage())
              .endsWith("b.png must be 8×9 like the frame before it, got 9×8"),
          e.getMessage());
    }
  }

  @Test
  void shouldTellAVideoByItsContents() throws IOException {
    Path film = Files.copy(video(3), folder.resolve("no-extension"));
    assertTrue(Frames.looksLikeVideo(film));
    try (Frames frames = Frames.open(film)) {
      assertEquals(WIDTH, requireNonNull(frames.next()).width());
    }
    Path picture = folder.resolve("picture.mp4");
    ImageFiles.writePng(Image.of8(8, 9, 1, new byte[72]), picture);
    assertFalse(Frames.looksLikeVideo(picture));
    assertTrue(Frames.looksLikeVideo(folder.resolve("missing.mov")));
    byte[] stream = new byte[600];
    for (int i = 0; i < 600; i += 188) {
      stream[i] = 'G';
    }
    assertTrue(Frames.looksLikeVideo(Files.write(folder.resolve("stream"), stream)));
    byte[] avi = "RIFF....AVI LIST".getBytes(StandardCharsets.US_ASCII);
    assertTrue(Frames.looksLikeVideo(Files.write(folder.resolve("avi"), avi)));
    assertFalse(Frames.looksLikeVideo(Files.writeString(folder.resolve("text"), "Good day")));
  }

  @Test
  void shouldSayWhatAFolderOfFramesSkipped() throws IOException {
    ImageFiles.writePng(Image.of8(8, 9, 1, new byte[72]), folder.resolve("frame-1"));
    Files.writeString(folder.resolve("notes.txt"), "no frame");
    try (Frames frames = Frames.open(folder)) {
      assertEquals(1, frames.about());
      assertEquals("1 file skipped: 1 .txt", frames.skipped());
    }
  }

  @Test
  void shouldSayWhatIsNoVideo() throws IOException {
    Path text = Files.writeString(folder.resolve("t.mp4"), "this is a text");
    Exception e = assertThrows(InvalidInputException.class, () -> Frames.open(text));
    assertEquals(
        text + ": must be a video that FFmpeg can read, got something else", e.getMessage());
    Path none = folder.resolve("none.mp4");
    e = assertThrows(InvalidInputException.class, () -> Frames.open(none));
    assertEquals(none + ": must be a video file, got none of this name", e.getMessage());
    Path empty = Files.createDirectory(folder.resolve("empty"));
    e = assertThrows(InvalidInputException.class, () -> Frames.open(empty));
    assertTrue(String.valueOf(e.getMessage()).contains("without any"), e.getMessage());
  }

  @Test
  void shouldSurviveAVideoThatWasCut() throws IOException {
    byte[] whole = Files.readAllBytes(video(30, 5));
    int most = 0;
    int refused = 0;
    for (int share = 1; share < 8; share++) {
      Path file = folder.resolve("cut-" + share + ".mp4");
      Files.write(file, Arrays.copyOf(whole, whole.length * share / 8));
      try (Frames frames = Frames.open(file)) {
        int count = 0;
        for (Image frame = frames.next(); frame != null; frame = frames.next()) {
          assertEquals(20 + 5 * count, frame.value(40, 30, 1), 4, "frame " + count);
          count++;
        }
        assertTrue(count > most && count < 30, count + " frames after " + most);
        most = count;
      } catch (InvalidInputException e) {
        assertTrue(String.valueOf(e.getMessage()).startsWith(file.toString()), e.getMessage());
        refused++;
      }
    }
    assertTrue(refused < 7 && most > 15, refused + " refused, at most " + most + " frames read");
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 2, 3})
  void shouldTurnByQuarters(int quarters) {
    // Letters a b / c d / e f, turned clockwise.
    byte[] rgb = new byte[2 * 3 * 3];
    for (int i = 0; i < 6; i++) {
      Arrays.fill(rgb, 3 * i, 3 * i + 3, (byte) ('a' + i));
    }
    Image turned = VideoFrames.turned(2, 3, rgb, quarters);
    String expected = new String[] {"ab/cd/ef", "eca/fdb", "fe/dc/ba", "bdf/ace"}[quarters];
    StringBuilder found = new StringBuilder();
    for (int y = 0; y < turned.height(); y++) {
      found.append(y == 0 ? "" : "/");
      for (int x = 0; x < turned.width(); x++) {
        found.append((char) turned.value(x, y, 2));
      }
    }
    assertEquals(expected, found.toString());
  }

  @Test
  void shouldRefuseFramesThatH264CannotHold() {
    Path file = folder.resolve("odd.mp4");
    assertThrows(InvalidInputException.class, () -> new VideoFile(file, 95, 64, 10));
    assertThrows(InvalidInputException.class, () -> new VideoFile(file, 96, 14, 10));
    assertThrows(InvalidInputException.class, () -> new VideoFile(file, 96, 64, Double.NaN));
    assertThrows(
        IOException.class, () -> new VideoFile(folder.resolve("no/such/v.mp4"), 96, 64, 10));
    assertArrayEquals(new String[0], folder.toFile().list());
  }
}
