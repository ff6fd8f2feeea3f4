package dev.quicklime.cli.video;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.quicklime.InvalidInputException;
import dev.quicklime.image.Image;
import dev.quicklime.image.ImageFiles;
import dev.quicklime.image.ReadLimits;
import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Still pictures are those that libheif, OpenJPEG and Pillow make of the same files. */
class FFmpegStillsTest {

  private static Path resource(String name) {
    try {
      return Path.of(
          Objects.requireNonNull(FFmpegStillsTest.class.getResource("stills/" + name), name)
              .toURI());
    } catch (URISyntaxException e) {
      throw new IllegalStateException(e);
    }
  }

  @ParameterizedTest
  @CsvSource({
    // file, width, height, largest difference in levels of 255
    "odd.heic, 45, 31, 1",
    "odd.avif, 45, 31, 1",
    "bt709-444.heic, 64, 48, 1",
    "lossless.heic, 64, 48, 0",
    "gray.heic, 64, 48, 1",
    "ten-bits.heic, 64, 48, 0.3",
    "alpha.heic, 64, 48, 1",
    "turned-1.heic, 64, 128, 1",
    "turned-2.heic, 128, 64, 1",
    "turned-3.heic, 64, 128, 1",
    "mirrored-0.heic, 128, 64, 1",
    "mirrored-1.heic, 128, 64, 1",
    "cut-turned-mirrored.heic, 41, 81, 1",
    "grid.heic, 150, 100, 1",
    "grid.avif, 150, 100, 1",
    "grid-turned.heic, 100, 150, 1",
    "lossless.jp2, 64, 48, 0",
    "stream.j2k, 64, 48, 0",
    "lossy.jp2, 45, 31, 1",
    "gray.jp2, 64, 48, 0",
    "alpha.jp2, 64, 48, 0",
    "sixteen-bits.jp2, 64, 48, 0",
    "colours.gif, 64, 48, 0",
    "moving.gif, 45, 31, 0"
  })
  void shouldReadWhatOtherDecodersDo(String name, int width, int height, float most) {
    Image image = ImageFiles.read(resource(name));
    Image other = ImageFiles.read(resource(name + ".png"));
    assertEquals(List.of(width, height), List.of(image.width(), image.height()));
    assertEquals(List.of(width, height), List.of(other.width(), other.height()));
    double sum = 0;
    int differ = 0;
    for (int y = 0; y < height; y++) {
      for (int x = 0; x < width; x++) {
        for (int c = 0; c < other.channels(); c++) {
          float difference =
              Math.abs(image.value(x, y, Math.min(c, image.channels() - 1)) - other.value(x, y, c));
          assertTrue(difference <= most, "%s at %d, %d: %s".formatted(name, x, y, difference));
          sum += difference;
          differ += difference > 0 ? 1 : 0;
        }
      }
    }
    // Rounding alone.
    assertTrue(sum <= 0.25 * width * height * other.channels(), name + ": " + differ);
  }

  @Test
  void shouldSayWhatWasDone() {
    assertEquals(
        List.of("turned upright as its file says"),
        ImageFiles.read(resource("turned-1.heic")).notices());
    assertEquals(
        List.of("10-bit values kept as floats"),
        ImageFiles.read(resource("ten-bits.heic")).notices());
    for (String name : List.of("alpha.heic", "alpha.jp2")) {
      assertEquals(
          List.of("alpha channel dropped"), ImageFiles.read(resource(name)).notices(), name);
    }
    assertEquals(
        List.of("alpha channel dropped", "only the first of several pictures in the file is read"),
        ImageFiles.read(resource("moving.gif")).notices());
    assertEquals(List.of(), ImageFiles.read(resource("grid.heic")).notices());
  }

  @Test
  void shouldRefuseAGridWithoutAllItsTilesAndAPictureOverTheLimit() {
    Path shorter = resource("grid-short.heic");
    Exception e = assertThrows(InvalidInputException.class, () -> ImageFiles.read(shorter));
    assertEquals(shorter + ": a HEIF file must be whole, got 5 tiles of 2×3", e.getMessage());
    ReadLimits few = new ReadLimits(14_999);
    Path grid = resource("grid.heic");
    e = assertThrows(InvalidInputException.class, () -> ImageFiles.read(grid, few));
    assertTrue(String.valueOf(e.getMessage()).contains("150×100"), e.getMessage());
  }

  @ParameterizedTest
  @ValueSource(strings = {"odd.heic", "odd.avif", "grid.heic", "lossless.jp2", "moving.gif"})
  void shouldRefuseWhatIsCutOffAndSurviveWhatIsDamaged(String name) throws IOException {
    byte[] whole = Files.readAllBytes(resource(name));
    SplittableRandom random = new SplittableRandom(18);
    int refused = 0;
    for (int i = 0; i < 60; i++) {
      byte[] cut = Arrays.copyOf(whole, 1 + random.nextInt(whole.length * 3 / 4));
      refused += refused(cut);
    }
    assertTrue(name.endsWith("gif") ? refused > 20 : refused == 60, refused + " of 60 refused");
    for (int i = 0; i < 60; i++) {
      byte[] damaged = whole.clone();
      for (int j = 0; j <= i % 4; j++) {
        damaged[random.nextInt(damaged.length)] = (byte) random.nextInt(256);
      }
      refused(damaged);
    }
  }

  private static int refused(byte[] file) {
    try {
      Image.decode(file);
      return 0;
    } catch (InvalidInputException e) {
      return 1;
    }
  }
}
