package dev.quicklime.image;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.quicklime.InvalidInputException;
import dev.quicklime.image.TestPictures.Tiff;
import dev.quicklime.internal.opencv.TestCodec;
import dev.quicklime.testkit.ForkedJvm;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ImageFilesTest {
  private static final int WIDTH = 12;
  private static final int HEIGHT = 9;
  private static final byte[] RGB = TestPictures.rgb(WIDTH, HEIGHT);

  @TempDir Path folder;

  @ParameterizedTest
  @ValueSource(ints = {1, 3})
  void shouldReadWhatItWrote(int channels) {
    byte[] pixels = channels == 3 ? RGB : TestPictures.rgb(WIDTH / 3, HEIGHT);
    Image image = Image.of8(WIDTH, HEIGHT, channels, pixels);
    Path file = folder.resolve("own.png");
    ImageFiles.writePng(image, file);
    Image read = ImageFiles.read(file);
    assertArrayEquals(pixels, read.toBytes());
    assertEquals(channels, read.channels());
    assertEquals(List.of(), read.notices());
  }

  @Test
  void shouldWriteFloatsRoundedAndRefuseOtherChannels() {
    Path file = folder.resolve("floats.png");
    float[] values = new float[64];
    values[0] = -5;
    values[1] = 99.6f;
    values[2] = 300;
    ImageFiles.writePng(Image.ofFloat(8, 8, 1, values), file);
    Image read = ImageFiles.read(file);
    assertEquals(0, read.value(0, 0, 0));
    assertEquals(100, read.value(1, 0, 0));
    assertEquals(255, read.value(2, 0, 0));
    Image two = Image.of8(8, 8, 2, new byte[128]);
    assertThrows(InvalidInputException.class, () -> ImageFiles.writePng(two, file));
    Path nowhere = folder.resolve("none").resolve("x.png");
    assertThrows(UncheckedIOException.class, () -> ImageFiles.writePng(read, nowhere));
  }

  @Test
  void shouldGiveRedFirst() throws Exception {
    byte[] blueFirst = new byte[8 * 8 * 3];
    for (int i = 0; i < 64; i++) {
      blueFirst[3 * i] = (byte) 250;
    }
    for (String extension : List.of(".png", ".bmp", ".jpg", ".webp", ".tif")) {
      Image image = read("blue" + extension, TestCodec.encode(extension, blueFirst, 8, 8, 3));
      assertEquals(0, image.value(4, 4, 0), 6, extension);
      assertEquals(250, image.value(4, 4, 2), 6, extension);
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 4, 5, 6, 7, 8})
  void shouldTurnEveryFormatUprightByItsExif(int orientation) throws Exception {
    byte[] png =
        TestPictures.png(
            WIDTH, HEIGHT, 8, 2, RGB, TestPictures.chunk("eXIf", TestPictures.exif(orientation)));
    byte[] jpeg = TestPictures.jpeg(WIDTH, HEIGHT);
    byte[] webp = TestPictures.webp(WIDTH, HEIGHT);
    Tiff tiff = Tiff.of8(WIDTH, HEIGHT, 3).with(8, 1, 0, orientation, ByteOrder.BIG_ENDIAN);
    assertTurned(read("p", png), Image.of8(WIDTH, HEIGHT, 3, RGB), orientation);
    assertTurned(
        read("j", TestPictures.withExif(jpeg, orientation)), read("j1", jpeg), orientation);
    assertTurned(
        read("w", TestPictures.webpWithExif(webp, WIDTH, HEIGHT, orientation)),
        read("w1", webp),
        orientation);
    assertTurned(read("t", tiff.file(RGB)), Image.of8(WIDTH, HEIGHT, 3, RGB), orientation);
  }

  /**
   * Where the corner that is stored first comes to lie, and which way the first stored row then
   * runs.
   */
  private static void assertTurned(Image turned, Image stored, int orientation) {
    int right = turned.width() - 1;
    int bottom = turned.height() - 1;
    assertEquals(orientation >= 5 ? HEIGHT : WIDTH, turned.width());
    assertEquals(orientation >= 5 ? WIDTH : HEIGHT, turned.height());
    int[][] cornerAndStep = {
      {0, 0, 1, 0},
      {right, 0, -1, 0},
      {right, bottom, -1, 0},
      {0, bottom, 1, 0},
      {0, 0, 0, 1},
      {right, 0, 0, 1},
      {right, bottom, 0, -1},
      {0, bottom, 0, -1}
    };
    int[] way = cornerAndStep[orientation - 1];
    for (int i = 0; i < WIDTH; i++) {
      for (int c = 0; c < 3; c++) {
        assertEquals(
            stored.value(i, 0, c),
            turned.value(way[0] + i * way[2], way[1] + i * way[3], c),
            "orientation " + orientation);
      }
    }
    assertEquals(orientation == 1 ? 0 : 1, turned.notices().size());
  }

  @Test
  void shouldIgnoreBrokenExif() throws Exception {
    byte[] block = TestPictures.exif(6);
    block[3] = 99;
    byte[] png = TestPictures.png(WIDTH, HEIGHT, 8, 2, RGB, TestPictures.chunk("eXIf", block));
    assertEquals(List.of(), read("broken.png", png).notices());
    byte[] nine = TestPictures.exif(9);
    png = TestPictures.png(WIDTH, HEIGHT, 8, 2, RGB, TestPictures.chunk("eXIf", nine));
    assertEquals(List.of(), read("nine.png", png).notices());
  }

  @Test
  void shouldDropAlphaWithANotice() throws Exception {
    byte[] rgba = new byte[8 * 8 * 4];
    byte[] grayAlpha = new byte[8 * 8 * 2];
    for (int i = 0; i < 64; i++) {
      rgba[4 * i] = 50;
      rgba[4 * i + 3] = (byte) i;
      grayAlpha[2 * i] = 60;
      grayAlpha[2 * i + 1] = (byte) i;
    }
    Image colours = read("rgba.png", TestPictures.png(8, 8, 8, 6, rgba));
    Image gray = read("la.png", TestPictures.png(8, 8, 8, 4, grayAlpha));
    Image webp = read("rgba.webp", TestCodec.encode(".webp", rgba, 8, 8, 4));
    Tiff tiff = Tiff.of8(8, 8, 4).with(8, 1, 2, 1, ByteOrder.LITTLE_ENDIAN);
    Image fromTiff = read("rgba.tif", tiff.file(rgba));
    byte[] clear = TestPictures.chunk("tRNS", new byte[2]);
    Image keyed = read("key.png", TestPictures.png(8, 8, 8, 0, new byte[64], clear));
    for (Image image : List.of(colours, gray, webp, fromTiff, keyed)) {
      assertEquals(List.of("alpha channel dropped"), image.notices());
    }
    assertEquals(3, colours.channels());
    assertEquals(50, colours.value(3, 3, 0));
    assertEquals(1, gray.channels());
    assertEquals(60, gray.value(3, 3, 0));
    assertEquals(3, webp.channels());
    assertEquals(3, fromTiff.channels());
    assertEquals(50, fromTiff.value(3, 3, 0));
    assertEquals(1, keyed.channels());
  }

  @ParameterizedTest
  @CsvSource({"1", "2", "4"})
  void shouldUnpackSamplesOfFewBits(int bits) throws Exception {
    byte[] rows = new byte[8 * bits];
    rows[0] = (byte) 0x80;
    Image gray = read("few.png", TestPictures.png(8, 8, bits, 0, rows));
    int highest = 1 << (bits - 1);
    assertEquals(highest * 255.0 / ((1 << bits) - 1), gray.value(0, 0, 0), 0.5);
    assertEquals(0, gray.value(1, 0, 0));
  }

  @Test
  void shouldShowPaletteColoursAndBlackForThoseThatAreMissing() throws Exception {
    byte[] indices = new byte[64];
    indices[1] = 1;
    indices[2] = 77;
    byte[] palette = TestPictures.chunk("PLTE", new byte[] {1, 2, 3, 40, 50, 60});
    Image image = read("palette.png", TestPictures.png(8, 8, 8, 3, indices, palette));
    assertEquals(3, image.channels());
    assertEquals(1, image.value(0, 0, 0));
    assertEquals(60, image.value(1, 0, 2));
    assertEquals(0, image.value(2, 0, 1));
  }

  @Test
  void shouldKeepSixteenBitsExactly() throws Exception {
    ByteBuffer samples = ByteBuffer.allocate(8 * 8 * 6);
    for (int i = 0; i < 8 * 8 * 3; i++) {
      samples.putShort((short) (i * 341 + 5));
    }
    Tiff tiff = Tiff.of8(8, 8, 3).with(16, 1, 0, 1, ByteOrder.BIG_ENDIAN);
    Image png = read("deep.png", TestPictures.png(8, 8, 16, 2, samples.array()));
    Image fromTiff = read("deep.tif", tiff.file(samples.array()));
    for (Image image : List.of(png, fromTiff)) {
      assertTrue(image.isFloat());
      assertEquals(1, image.notices().size());
      float[] values = image.toFloats();
      for (int i = 0; i < values.length; i++) {
        assertEquals(i * 341 + 5, values[i] * 257, 0.01);
      }
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 4, 5, 7})
  void shouldKeepEveryChannelOfATiff(int channels) throws Exception {
    byte[] samples = new byte[10 * 8 * channels];
    ByteBuffer floats = ByteBuffer.allocate(samples.length * 4).order(ByteOrder.LITTLE_ENDIAN);
    for (int i = 0; i < samples.length; i++) {
      samples[i] = (byte) (i * 3);
      floats.putFloat((i * 3 & 0xff) / 255f);
    }
    Image bytes = read("n.tif", Tiff.of8(10, 8, channels).file(samples));
    assertEquals(channels, bytes.channels());
    assertArrayEquals(samples, bytes.toBytes());
    assertEquals(List.of(), bytes.notices());
    Tiff layout = Tiff.of8(10, 8, channels).with(32, 3, 0, 1, ByteOrder.LITTLE_ENDIAN);
    Image scaled = read("f.tif", layout.file(floats.array()));
    assertArrayEquals(bytes.toFloats(), scaled.toFloats(), 1e-3f);
    assertEquals(List.of("floats within 0..1 multiplied by 255"), scaled.notices());
    floats.putFloat(0, 1.5f);
    Image clipped = read("g.tif", layout.file(floats.array()));
    assertEquals(255, clipped.value(0, 0, 0));
    assertArrayEquals(
        java.util.Arrays.copyOfRange(bytes.toFloats(), 1, samples.length),
        java.util.Arrays.copyOfRange(clipped.toFloats(), 1, samples.length),
        1e-3f);
    floats.putFloat(0, Float.NaN);
    assertRefused("nan.tif", layout.file(floats.array()), "finite");
  }

  @Test
  void shouldRefuseAHugePictureFromItsHeaderAlone() throws Exception {
    byte[] nothing = TestPictures.deflate(new byte[0]);
    assertRefused("bomb.png", TestPictures.pngOf(20000, 20000, 8, 2, nothing), "20000×20000");
    assertRefused("max.png", TestPictures.pngOf(-1, -1, 8, 2, nothing), "4294967295×4294967295");
    byte[] jpeg = TestPictures.jpeg(WIDTH, HEIGHT);
    for (int i = 2; i < jpeg.length - 9; i++) {
      if ((jpeg[i] & 0xff) == 0xff && (jpeg[i + 1] & 0xff) == 0xc0) {
        jpeg[i + 5] = jpeg[i + 6] = jpeg[i + 7] = jpeg[i + 8] = (byte) 0xff;
        break;
      }
    }
    assertRefused("bomb.jpg", jpeg, "65535×65535");
    byte[] bmp = TestPictures.bmp(WIDTH, HEIGHT);
    byte[] webp = TestPictures.webpWithExif(TestPictures.webp(WIDTH, HEIGHT), 16000, 16000, 1);
    assertRefused("bomb.webp", webp, "16000×16000");
    byte[] tiff = Tiff.of8(60000, 60000, 3).file(new byte[300]);
    assertRefused("bomb.tif", tiff, "60000×60000");
    Path file = write("small.bmp", bmp);
    InvalidInputException e =
        assertThrows(InvalidInputException.class, () -> ImageFiles.read(file, new ReadLimits(100)));
    assertEquals(file + ": a picture must have at most 100 pixels, got 12×9", e.getMessage());
    assertEquals(WIDTH, ImageFiles.read(file, new ReadLimits(108)).width());
    assertEquals(
        "the picture: a picture must have at most 100 pixels, got 12×9",
        assertThrows(InvalidInputException.class, () -> Image.decode(bmp, new ReadLimits(100)))
            .getMessage());
    assertEquals(WIDTH, Image.decode(bmp, new ReadLimits(108)).width());
  }

  @Test
  void shouldRefusePicturesUnderEightPixels() throws Exception {
    assertRefused("small.png", TestPictures.png(7, 8, 8, 0, new byte[56]), "7×8");
    assertRefused("flat.png", TestPictures.png(8, 1, 8, 0, new byte[8]), "8×1");
    assertEquals(8, read("ok.png", TestPictures.png(8, 8, 8, 0, new byte[64])).width());
  }

  @ParameterizedTest
  @ValueSource(strings = {"png", "jpg", "webp", "bmp", "tif"})
  void shouldRefuseAFileCutOffAnywhere(String format) throws Exception {
    byte[] whole =
        switch (format) {
          case "png" -> TestPictures.png(WIDTH, HEIGHT, 8, 2, RGB);
          case "jpg" -> TestPictures.jpeg(WIDTH, HEIGHT);
          case "webp" -> TestPictures.webp(WIDTH, HEIGHT);
          case "bmp" -> TestPictures.bmp(WIDTH, HEIGHT);
          default -> Tiff.of8(WIDTH, HEIGHT, 3).file(RGB);
        };
    read("whole." + format, whole);
    for (int length = 1; length < whole.length - 4; length += 1 + length / 40) {
      assertRefused("cut." + format, java.util.Arrays.copyOf(whole, length), "");
    }
  }

  @Test
  void shouldRefuseDamagedPng() throws Exception {
    byte[] png = TestPictures.png(WIDTH, HEIGHT, 8, 2, RGB);
    byte[] flipped = png.clone();
    flipped[60] ^= 1;
    assertRefused("crc.png", flipped, "chunk IDAT");
    byte[] zlib = TestPictures.deflate(RGB);
    assertRefused("short.png", TestPictures.pngOf(WIDTH, HEIGHT * 2, 8, 2, zlib), "damaged");
    assertRefused("long.png", TestPictures.pngOf(WIDTH, 8, 8, 0, zlib), "damaged");
    zlib[zlib.length - 1] ^= 1;
    assertRefused("adler.png", TestPictures.pngOf(WIDTH, HEIGHT, 8, 2, zlib), "damaged");
    assertRefused("type.png", TestPictures.png(8, 8, 8, 5, new byte[64]), "type 5");
    assertRefused("palette.png", TestPictures.png(8, 8, 8, 3, new byte[64]), "palette");
  }

  @Test
  void shouldNameTheFileAndTheFault() throws Exception {
    assertRefused("text.png", "hello, hello".getBytes(StandardCharsets.US_ASCII), "68 65 6c 6c 6f");
    assertRefused("empty.png", new byte[0], "empty");
    Path missing = folder.resolve("missing.png");
    assertEquals(
        missing + ": must be a picture file, got none of this name",
        assertThrows(InvalidInputException.class, () -> ImageFiles.read(missing)).getMessage());
    assertThrows(InvalidInputException.class, () -> ImageFiles.read(folder));
  }

  @Test
  void shouldWriteNothingToTheErrorStreamAboutBrokenPictures() throws Exception {
    ForkedJvm forked = ForkedJvm.run(BrokenPictures.class.getName(), List.of(), 120);
    assertEquals(0, forked.exitCode(), forked::err);
    Matcher summary = Pattern.compile("refused=(\\d+)").matcher(forked.out());
    assertTrue(summary.find() && Integer.parseInt(summary.group(1)) > 1000, forked::out);
    List<String> unexpected =
        forked
            .err()
            .lines()
            .filter(line -> !line.contains("jdk.incubator.vector"))
            .filter(line -> !line.contains("org.bytedeco.javacpp.Loader"))
            .toList();
    assertEquals(List.of(), unexpected);
  }

  @Test
  void shouldTellPicturesByTheirExtension() {
    for (String name :
        List.of("a.png", "b.JPG", "c.jpeg", "d.WebP", "e.tif", "f.TIFF", "g.bmp", "h.HEIC")) {
      assertTrue(ImageFiles.looksLikeImage(Path.of("x", name)), name);
    }
    for (String name : List.of("a.txt", "png", ".png", "a.png.txt", "a.jxl")) {
      assertFalse(ImageFiles.looksLikeImage(Path.of(name)), name);
    }
    assertFalse(ImageFiles.looksLikeImage(Path.of("/")));
  }

  @Test
  void shouldTellTheCodecsVersion() {
    assertTrue(ImageFiles.codecVersion().matches("OpenCV \\d+\\.\\d+\\.\\d+\\S*"));
  }

  private Image read(String name, byte[] contents) throws Exception {
    Image image = ImageFiles.read(write(name, contents));
    Image decoded = Image.decode(contents);
    assertEquals(image.toString(), decoded.toString());
    assertArrayEquals(image.toFloats(), decoded.toFloats());
    assertEquals(image.notices(), decoded.notices());
    return image;
  }

  private Path write(String name, byte[] contents) throws Exception {
    return Files.write(folder.resolve(name), contents);
  }

  private void assertRefused(String name, byte[] contents, String part) throws Exception {
    Path file = write(name, contents);
    InvalidInputException e =
        assertThrows(
            InvalidInputException.class, () -> ImageFiles.read(file), contents.length + " bytes");
    String message = String.valueOf(e.getMessage());
    assertTrue(message.startsWith(file + ": ") && message.contains(part), message);
    assertEquals(1, message.lines().count(), message);
    assertEquals(
        "the picture" + message.substring(file.toString().length()),
        assertThrows(InvalidInputException.class, () -> Image.decode(contents)).getMessage());
  }
}
