package dev.quicklime.cli.video;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.quicklime.InvalidInputException;
import dev.quicklime.cli.TestGifs;
import dev.quicklime.image.Image;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** All frames of GIFs, whatever they say of times, and what is missing of those that were cut. */
class GifFramesTest {

  @TempDir private Path folder = Path.of("");

  /** What was read of a file. */
  private record Read(List<Double> times, List<Integer> grays, String shortfall) {}

  private Read read(byte[] gif) throws IOException {
    Path file = Files.write(folder.resolve("v.gif"), gif);
    List<Double> times = new ArrayList<>();
    List<Integer> grays = new ArrayList<>();
    try (Frames frames = Frames.open(file)) {
      for (Image frame = frames.next(); frame != null; frame = frames.next()) {
        times.add(frames.time());
        grays.add((int) frame.value(5, 5, 1));
      }
      return new Read(times, grays, frames.shortfall());
    }
  }

  private static int[] delays(String text) {
    return Arrays.stream(text.split(" ")).mapToInt(Integer::parseInt).toArray();
  }

  @ParameterizedTest
  @CsvSource({
    "GIF87a, -1 -1 -1, 0 0.1 0.2",
    "GIF89a, -1 -1 -1, 0 0.1 0.2",
    "GIF89a, 0 0 0, 0 0.1 0.2",
    "GIF87a, 20 50 10, 0 0.2 0.7",
    "GIF89a, 20 -1 50 10, 0 0.2 0.3 0.8",
    "GIF89a, -1 -1 50 10, 0 0.1 0.2 0.7",
    "GIF87a, -1 40 -1 -1, 0 0.1 0.5 0.6",
    "GIF87a, -1 -1, 0 0.1",
    "GIF87a, -1, 0",
    "GIF89a, 30, 0",
  })
  void shouldReadAllFramesWhateverAGifSaysOfTimes(String signature, String delays, String times)
      throws IOException {
    Read read = read(TestGifs.gif(signature, delays(delays)));
    double[] expected = Arrays.stream(times.split(" ")).mapToDouble(Double::parseDouble).toArray();
    assertEquals(expected.length, read.times().size(), "frames");
    for (int i = 0; i < expected.length; i++) {
      assertEquals(expected[i], read.times().get(i), 1e-6, "frame " + i);
      assertEquals(TestGifs.gray(i), read.grays().get(i), 1, "frame " + i);
    }
    assertEquals("", read.shortfall());
  }

  @Test
  void shouldReadAllFramesBehindAComment() throws IOException {
    byte[] gif = TestGifs.gif("GIF89a", TestGifs.BARE, TestGifs.BARE, TestGifs.BARE);
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    out.write(gif, 0, 25);
    out.writeBytes(new byte[] {0x21, (byte) 0xfe, 3, ',', ';', '!', 0});
    out.write(gif, 25, gif.length - 25);
    assertEquals(List.of(0, 80, 160), read(out.toByteArray()).grays());
  }

  @ParameterizedTest
  @ValueSource(strings = {"-1 -1 -1", "10 20 30"})
  void shouldNameAGifThatWasCut(String delays) throws IOException {
    byte[] gif = TestGifs.gif("GIF89a", delays(delays));
    Read read = read(Arrays.copyOf(gif, gif.length - 1));
    assertEquals(List.of(0, 80, 160), read.grays());
    assertEquals("the file ends early: 3 frames could be read", read.shortfall());
    int told = 0;
    for (int length = gif.length - 2; length > 25; length--) {
      try {
        read = read(Arrays.copyOf(gif, length));
        assertTrue(
            read.shortfall()
                .matches("the file ends early: [123]( of at least [23])? frames could be read.*"),
            length + " bytes: " + read);
        told += read.shortfall().endsWith(", the last in part") ? 1 : 0;
      } catch (InvalidInputException e) {
        assertTrue(length < gif.length / 3 + 25, length + " bytes: " + e.getMessage());
      }
    }
    assertTrue(told > 10, told + " of " + gif.length);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "\0\0\0", "behind the end"})
  void shouldTakeWhatLiesBehindTheEndForNoPartOfAGif(String more) throws IOException {
    byte[] gif = TestGifs.gif("GIF89a", 10, 10);
    byte[] longer = Arrays.copyOf(gif, gif.length + more.length());
    System.arraycopy(
        more.getBytes(StandardCharsets.US_ASCII), 0, longer, gif.length, more.length());
    assertEquals("", read(longer).shortfall());
  }

  @Test
  void shouldSayWhatABlockThatIsNoneLeavesOpen() throws IOException {
    byte[] gif = TestGifs.gif("GIF89a", 10, 10);
    gif[gif.length - 1] = 'x';
    Read read = read(gif);
    assertEquals(2, read.grays().size());
    assertEquals("", read.shortfall());
  }
}
