package dev.quicklime.files;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.quicklime.InvalidInputException;
import dev.quicklime.files.npy.NpzWriter;
import dev.quicklime.image.Image;
import dev.quicklime.image.ImageFiles;
import dev.quicklime.segment.SegmentMap;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;
import java.util.zip.ZipFile;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LabelMapsTest {
  @TempDir Path folder;

  @Test
  void shouldTakeAMapThatIsNumberedAlreadyAsItIs() throws Exception {
    int[] labels = {2, 2, 0, 1, 0, 1};
    Path file = npy(new int[] {2, 3}, labels);
    SegmentMap map = LabelMaps.read(file);
    assertArrayEquals(labels, map.labels());
    assertTrue(map.width() == 3 && map.height() == 2);
  }

  @Test
  void shouldCloseGapsAndKeepTheOrderOfNumbers() throws Exception {
    SegmentMap map = LabelMaps.read(npy(new int[] {1, 5}, new int[] {900, -4, 7, 900, 7}));
    assertArrayEquals(new int[] {2, 0, 1, 2, 1}, map.labels());
  }

  @Test
  void shouldReadGrayPictures() {
    byte[] gray = new byte[8 * 8];
    for (int i = 0; i < 64; i++) {
      gray[i] = (byte) (i < 20 ? 250 : i < 40 ? 3 : 90);
    }
    SegmentMap map = LabelMaps.read(png(Image.of8(8, 8, 1, gray)));
    assertArrayEquals(
        new int[] {20, 24, 20}, new int[] {map.areas()[2], map.areas()[1], map.areas()[0]});
  }

  @Test
  void shouldReadEveryColourAsALabel() {
    byte[] colours = new byte[8 * 8 * 3];
    colours[3] = 1;
    colours[7] = 1;
    colours[11] = 1;
    SegmentMap map = LabelMaps.read(png(Image.of8(8, 8, 3, colours)));
    assertArrayEquals(new int[] {61, 1, 1, 1}, map.areas());
    assertArrayEquals(new int[] {0, 1, 2, 3, 0}, java.util.Arrays.copyOf(map.labels(), 5));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "palette.png",
        "gray.png",
        "gray16.png",
        "palette.bmp",
        "int32.tif",
        "float32.tif"
      })
  void shouldTakeTheNumbersThatAPictureStores(String name) {
    // Places 0 to 5 whose colours come in another order, two of them alike.
    SegmentMap map = LabelMaps.read(resource(name));
    int[] expected = new int[12 * 8];
    for (int i = 0; i < expected.length; i++) {
      expected[i] = (i % 12 / 4 + 3 * (i / 12 / 4) + 4) % 6;
    }
    assertArrayEquals(expected, map.labels());
  }

  @Test
  void shouldTakeColoursForLabelsOnlyWhereColoursAreStored() {
    SegmentMap map = LabelMaps.read(resource("rgb.png"));
    assertEquals(5, map.count(), "two of six have one colour");
    assertEquals(0, map.labels()[0]);
  }

  @Test
  void shouldRefuseAnArchiveAndBlurredNumbersByTheirName() throws Exception {
    npy(new int[] {1, 2}, new int[] {0, 1});
    Path archive = folder.resolve("map.npz");
    assertRefused(archive, "got an .npz archive of 'labels'; python -c");
    Path renamed = Files.copy(archive, folder.resolve("map.dat"));
    assertRefused(renamed, "n.load('map.dat')['labels']");
    Path cut = Files.writeString(folder.resolve("cut.npz"), "PK and no more");
    assertRefused(cut, "got an .npz archive; python -c");
    assertRefused(resource("labels.jpg"), "got a JPEG");
  }

  @Test
  void shouldTellAnArrayByItsContent() throws Exception {
    Path named = npy(new int[] {1, 2}, new int[] {0, 1});
    Path other = Files.copy(named, folder.resolve("no-extension"));
    assertArrayEquals(new int[] {0, 1}, LabelMaps.read(other).labels());
  }

  private static void assertRefused(Path file, String part) {
    Exception e = assertThrows(InvalidInputException.class, () -> LabelMaps.read(file), part);
    String message = String.valueOf(e.getMessage());
    assertTrue(message.startsWith(file + ": ") && message.contains(part), message);
    assertEquals(1, message.lines().count(), message);
  }

  private static Path resource(String name) {
    try {
      return Path.of(
          Objects.requireNonNull(LabelMapsTest.class.getResource("labels/" + name)).toURI());
    } catch (java.net.URISyntaxException e) {
      throw new IllegalStateException(e);
    }
  }

  @Test
  void shouldRefuseWhatIsNoLabelMap() throws Exception {
    Path one = png(Image.of8(8, 8, 1, new byte[64]));
    assertThrows(InvalidInputException.class, () -> LabelMaps.read(one));
    Path cube = npy(new int[] {1, 2, 2}, new int[] {0, 1, 0, 1});
    assertThrows(InvalidInputException.class, () -> LabelMaps.read(cube));
    Path empty = npy(new int[] {0, 2}, new int[0]);
    assertThrows(InvalidInputException.class, () -> LabelMaps.read(empty));
    int[] many = new int[4097];
    java.util.Arrays.setAll(many, i -> i);
    Path tooMany = npy(new int[] {1, 4097}, many);
    assertThrows(InvalidInputException.class, () -> LabelMaps.read(tooMany));
    Path missing = folder.resolve("missing.npy");
    assertThrows(InvalidInputException.class, () -> LabelMaps.read(missing));
  }

  private Path png(Image image) {
    Path file = folder.resolve("map.png");
    ImageFiles.writePng(image, file);
    return file;
  }

  private Path npy(int[] shape, int[] data) throws Exception {
    Path archive = folder.resolve("map.npz");
    try (NpzWriter npz = new NpzWriter(archive)) {
      npz.ints("labels", shape, data);
    }
    Path file = Files.createTempFile(folder, "map", ".NPY");
    try (ZipFile zip = new ZipFile(archive.toFile());
        var in = zip.getInputStream(zip.getEntry("labels.npy"))) {
      Files.write(file, in.readAllBytes());
    }
    return file;
  }
}
