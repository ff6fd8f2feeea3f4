package dev.quicklime.image;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.quicklime.InvalidInputException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.List;
import java.util.function.IntToDoubleFunction;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Every type of sample of a TIFF is read exactly, or refused by its name. */
class TiffSamplesTest {
  private static final int WIDTH = 11;
  private static final int HEIGHT = 9;
  private static final int UNSIGNED = 1;
  private static final int SIGNED = 2;
  private static final int FLOAT = 3;

  private static byte[] samples(int bits, int format, ByteOrder order, IntToDoubleFunction value) {
    int count = WIDTH * HEIGHT * 3;
    ByteBuffer out = ByteBuffer.allocate(count * bits / 8).order(order);
    for (int i = 0; i < count; i++) {
      double v = value.applyAsDouble(i);
      switch (bits) {
        case 8 -> out.put((byte) (int) v);
        case 16 ->
            out.putShort(
                format == FLOAT ? Float.floatToFloat16((float) v) : (short) (int) (long) v);
        case 32 -> {
          if (format == FLOAT) {
            out.putFloat((float) v);
          } else {
            out.putInt((int) (long) v);
          }
        }
        default -> out.putDouble(v);
      }
    }
    return out.array();
  }

  private static float[] expected(IntToDoubleFunction value) {
    float[] out = new float[WIDTH * HEIGHT * 3];
    for (int i = 0; i < out.length; i++) {
      out[i] = (float) value.applyAsDouble(i);
    }
    return out;
  }

  private static byte[] planes(byte[] interleaved, int bytes, int plane) {
    byte[] out = new byte[interleaved.length / 3];
    for (int i = 0; i < out.length; i++) {
      out[i] = interleaved[(i / bytes * 3 + plane) * bytes + i % bytes];
    }
    return out;
  }

  private static Image rgb(ByteOrder order, int bits, int format, IntToDoubleFunction value) {
    byte[] samples = samples(bits, format, order, value);
    TestTiff tiff = TestTiff.of(order, WIDTH, HEIGHT, 3, bits, format);
    Image image = Image.decode(tiff.file(samples));
    int bytes = bits / 8;
    byte[] planar =
        tiff.with(284, 2)
            .file(planes(samples, bytes, 0), planes(samples, bytes, 1), planes(samples, bytes, 2));
    assertArrayEquals(image.toFloats(), Image.decode(planar).toFloats(), "in planes");
    return image;
  }

  @ParameterizedTest
  @ValueSource(strings = {"LITTLE_ENDIAN", "BIG_ENDIAN"})
  void shouldReadUnsignedIntegersExactly(String name) {
    ByteOrder order = order(name);
    Image bytes = rgb(order, 8, UNSIGNED, i -> i * 7 & 255);
    assertArrayEquals(expected(i -> i * 7 & 255), bytes.toFloats());
    assertEquals(List.of(), bytes.notices());
    Image shorts = rgb(order, 16, UNSIGNED, i -> i * 220);
    assertArrayEquals(expected(i -> i * 220 / 257.0), shorts.toFloats(), 1e-5f);
    assertEquals(List.of("16-bit values kept as floats (divided by 257)"), shorts.notices());
    Image ints = rgb(order, 32, UNSIGNED, i -> 3e9 + i * 1e6);
    assertArrayEquals(expected(i -> i * 255 / 296.0), ints.toFloats(), 1e-4f);
    assertEquals(
        List.of("32-bit unsigned integers from 3000000000 to 3296000000 scaled to 0..255"),
        ints.notices());
  }

  @ParameterizedTest
  @CsvSource({"8, LITTLE_ENDIAN", "16, LITTLE_ENDIAN", "16, BIG_ENDIAN", "32, BIG_ENDIAN"})
  void shouldScaleSignedIntegersByTheirRange(int bits, String name) {
    double step = Math.max(1, Math.pow(2, bits - 9));
    Image image = rgb(order(name), bits, SIGNED, i -> (i % 200 - 100) * step);
    assertArrayEquals(expected(i -> i % 200 * 255 / 199.0), image.toFloats(), 1e-4f);
    String from = String.valueOf((long) (-100 * step));
    assertTrue(
        image.notices().getFirst().startsWith(bits + "-bit signed integers from " + from + " to "),
        image.notices().toString());
  }

  @Test
  void shouldTakeOneValueEverywhereForBlack() {
    Image image = rgb(ByteOrder.LITTLE_ENDIAN, 16, SIGNED, _ -> -1024);
    assertArrayEquals(new float[WIDTH * HEIGHT * 3], image.toFloats());
  }

  @ParameterizedTest
  @CsvSource({"16, LITTLE_ENDIAN", "16, BIG_ENDIAN", "32, LITTLE_ENDIAN", "64, BIG_ENDIAN"})
  void shouldReadFloatsOfEveryWidth(int bits, String name) {
    Image ones = rgb(order(name), bits, FLOAT, i -> i / 512.0);
    assertArrayEquals(expected(i -> i / 512.0 * 255), ones.toFloats(), 1e-4f);
    assertEquals(List.of("floats within 0..1 multiplied by 255"), ones.notices());
    Image levels = rgb(order(name), bits, FLOAT, i -> i / 2.0);
    assertArrayEquals(expected(i -> i / 2.0), levels.toFloats());
    assertEquals(List.of("floats from 0.0 to 148.0 taken in units of 0..255"), levels.notices());
  }

  @ParameterizedTest
  @CsvSource({"1.2, 255", "-0.3, 0", "1.5, 255"})
  void shouldClipWhatResamplingPutBeyondOne(double value, float clipped) {
    Image image =
        rgb(ByteOrder.LITTLE_ENDIAN, 32, FLOAT, i -> i == 4 ? value : 0.25 + i % 64 / 128.0);
    assertEquals(clipped, image.value(1, 0, 1));
    assertEquals((0.25f + 5 / 128f) * 255, image.value(1, 0, 2), 1e-4);
    assertTrue(
        image.notices().getLast().startsWith("1 of 297 floats outside 0..1"),
        image.notices().toString());
  }

  @ParameterizedTest
  @ValueSource(doubles = {1.6, 4, 20, 300, 5000, -200})
  void shouldRefuseFloatsOfWhichTheUnitsCannotBeTold(double odd) {
    InvalidInputException e =
        assertThrows(
            InvalidInputException.class,
            () -> rgb(ByteOrder.BIG_ENDIAN, 32, FLOAT, i -> i == 4 ? odd : i % 64 / 64.0));
    String extreme = (odd < 0 ? "minimum of " : "maximum of ") + (float) odd;
    assertTrue(String.valueOf(e.getMessage()).contains(extreme), e.getMessage());
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 4, 5, 6, 7, 9, 10, 11, 12, 13, 14, 15})
  void shouldReadEveryNumberOfBits(int bits) {
    int most = (1 << bits) - 1;
    for (int channels : new int[] {1, 3, 5}) {
      ByteBuffer rows =
          ByteBuffer.allocate(HEIGHT * ((WIDTH * channels * bits + 7) / 8) + Long.BYTES);
      float[] expected = new float[WIDTH * HEIGHT * channels];
      for (int i = 0; i < expected.length; i++) {
        int value = i * 37 & most;
        expected[i] = value * 255f / most;
        int x = i % (WIDTH * channels);
        int row = i / (WIDTH * channels) * ((WIDTH * channels * bits + 7) / 8);
        int at = row + x * bits / 8;
        int shift = Integer.SIZE - bits - x * bits % 8;
        rows.putInt(at, rows.getInt(at) | value << shift);
      }
      byte[] pixels = java.util.Arrays.copyOf(rows.array(), rows.capacity() - Long.BYTES);
      TestTiff tiff = TestTiff.of(ByteOrder.BIG_ENDIAN, WIDTH, HEIGHT, channels, bits, UNSIGNED);
      if (channels == 5) {
        tiff.with(338, 0, 0);
      }
      Image image = Image.decode(tiff.file(pixels));
      assertEquals(channels, image.channels());
      assertArrayEquals(expected, image.toFloats(), 1e-4f, bits + " bits, " + channels);
    }
  }

  @ParameterizedTest
  @CsvSource({"16, 1", "16, 2", "16, 3", "32, 1", "32, 2"})
  void shouldSumDifferencesOfWideSamples(int bits, int format) {
    IntToDoubleFunction value =
        format == FLOAT ? i -> i / 512.0 : format == SIGNED ? i -> i * 99 - 9999 : i -> i * 99;
    ByteOrder order = ByteOrder.LITTLE_ENDIAN;
    byte[] plain = samples(bits, format, order, value);
    TestTiff tiff = TestTiff.of(order, WIDTH, HEIGHT, 3, bits, format);
    Image image = Image.decode(tiff.file(plain));
    ByteBuffer stored = ByteBuffer.wrap(plain).order(order);
    int bytes = bits / 8;
    ByteBuffer differences = ByteBuffer.allocate(plain.length).order(order);
    for (int i = 0; i < plain.length / bytes; i++) {
      boolean first = i % (WIDTH * 3) < 3;
      if (bits == 16) {
        int left = first ? 0 : stored.getShort((i - 3) * bytes);
        differences.putShort((short) (stored.getShort(i * bytes) - left));
      } else {
        int left = first ? 0 : stored.getInt((i - 3) * bytes);
        differences.putInt(stored.getInt(i * bytes) - left);
      }
    }
    byte[] packed = TestPictures.deflate(differences.array());
    byte[] file = tiff.with(259, 8).with(317, 2).file(packed);
    assertArrayEquals(image.toFloats(), Image.decode(file).toFloats());
  }

  @Test
  void shouldReadTilesAndInksAndWhiteAsZero() {
    byte[] tile = new byte[16 * 16 * 2];
    for (int i = 0; i < 16 * 16; i++) {
      ByteBuffer.wrap(tile).order(ByteOrder.LITTLE_ENDIAN).putShort(2 * i, (short) (i * 200));
    }
    TestTiff tiled = TestTiff.of(ByteOrder.LITTLE_ENDIAN, WIDTH, HEIGHT, 1, 16, UNSIGNED);
    Image image = Image.decode(tiled.with(322, 16).with(323, 16).file(tile));
    assertEquals((3 + 2 * 16) * 200 / 257f, image.value(3, 2, 0), 1e-4);
    byte[] inks = new byte[WIDTH * HEIGHT * 4];
    inks[0] = 100;
    inks[3] = 51;
    TestTiff cmyk = TestTiff.of(ByteOrder.LITTLE_ENDIAN, WIDTH, HEIGHT, 4, 8, UNSIGNED);
    Image colours = Image.decode(cmyk.with(262, 5).file(inks));
    assertEquals(3, colours.channels());
    assertEquals(155 * 204 / 255, colours.value(0, 0, 0), 0.5);
    assertEquals(204, colours.value(0, 0, 1));
    byte[] white = new byte[WIDTH * HEIGHT * 2];
    white[1] = 1;
    TestTiff turned = TestTiff.of(ByteOrder.LITTLE_ENDIAN, WIDTH, HEIGHT, 1, 16, UNSIGNED);
    Image paper = Image.decode(turned.with(262, 0).file(white));
    assertEquals((65535 - 256) / 257f, paper.value(0, 0, 0), 1e-4);
    assertEquals(255, paper.value(1, 0, 0));
  }

  @Test
  void shouldDivideColoursThatWereMultipliedByAlpha() {
    byte[] rgba = new byte[WIDTH * HEIGHT * 4];
    rgba[0] = 60;
    rgba[3] = 120;
    rgba[4] = 50;
    TestTiff tiff = TestTiff.of(ByteOrder.BIG_ENDIAN, WIDTH, HEIGHT, 4, 8, UNSIGNED);
    Image image = Image.decode(tiff.with(338, 1).file(rgba));
    assertEquals(128, image.value(0, 0, 0), 0.5);
    assertEquals(0, image.value(1, 0, 0));
    assertEquals(60, Image.decode(tiff.with(338, 2).file(rgba)).value(0, 0, 0));
  }

  @ParameterizedTest
  @CsvSource({
    "64, 1, 64-bit unsigned integers",
    "24, 1, 24-bit unsigned integers",
    "64, 2, 64-bit signed integers",
    "12, 2, 12-bit signed integers",
    "24, 3, 24-bit floats",
    "32, 5, 32-bit complex integers",
    "64, 6, 64-bit complex floats",
    "8, 9, unknown format 9"
  })
  void shouldRefuseOtherSamplesByTheirName(int bits, int format, String name) {
    TestTiff tiff = TestTiff.of(ByteOrder.LITTLE_ENDIAN, WIDTH, HEIGHT, 1, bits, format);
    assertRefused(tiff.file(new byte[WIDTH * HEIGHT * 8]), name, "gdal_translate");
  }

  @ParameterizedTest
  @CsvSource({
    "259, 50000, zstd, tiffcp",
    "259, 34925, LZMA, tiffcp",
    "259, 50001, WebP, tiffcp",
    "259, 34887, LERC, tiffcp",
    "259, 6, old-style JPEG, tiffcp",
    "259, 34712, JPEG 2000, tifffile",
    "259, 50002, JPEG XL, tifffile",
    "259, 12345, unknown compression 12345, tifffile",
    "262, 8, CIE L*a*b*, magick",
    "262, 32803, colour filter array, magick",
    "254, 1, reduced preview, magick",
    "50706, 1, raw DNG, magick"
  })
  void shouldRefuseOtherKindsByTheirName(int tag, int value, String name, String remedy) {
    TestTiff tiff = TestTiff.of(ByteOrder.LITTLE_ENDIAN, WIDTH, HEIGHT, 3, 8, UNSIGNED);
    assertRefused(tiff.with(tag, value).file(new byte[WIDTH * HEIGHT * 3]), name, remedy);
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 256, 257})
  void shouldShowAPaletteWhateverItsWriterMultipliedBytesBy(int factor) {
    int[] colours = new int[3 * 16];
    for (int i = 0; i < colours.length; i++) {
      colours[i] = (250 - 5 * i) * factor;
    }
    byte[] places = new byte[HEIGHT * ((WIDTH + 1) / 2)];
    places[0] = 0x2f;
    TestTiff tiff = TestTiff.of(ByteOrder.BIG_ENDIAN, WIDTH, HEIGHT, 1, 4, UNSIGNED);
    Image image = Image.decode(tiff.with(262, 3).with(320, colours).file(places));
    assertEquals(
        List.of(240f, 160f, 80f),
        List.of(image.value(0, 0, 0), image.value(0, 0, 1), image.value(0, 0, 2)));
    assertEquals(175, image.value(1, 0, 0));
    assertRefused(tiff.with(320, 1, 2, 3).file(places), "48 numbers, got 3", "");
  }

  @Test
  void shouldRefuseJpegOfInksAndOfMoreBits() {
    TestTiff inks = TestTiff.of(ByteOrder.LITTLE_ENDIAN, WIDTH, HEIGHT, 4, 8, UNSIGNED);
    assertRefused(inks.with(262, 5).with(259, 7).file(new byte[99]), "4 of 8 bits", "tiffcp");
    TestTiff deep = TestTiff.of(ByteOrder.LITTLE_ENDIAN, WIDTH, HEIGHT, 1, 12, UNSIGNED);
    assertRefused(deep.with(259, 7).file(new byte[99]), "1 of 12 bits", "tiffcp");
  }

  @Test
  void shouldRefuseBigTiffsAndPredictorsOfFloatsByTheirName() {
    byte[] big = new byte[300];
    big[0] = big[1] = 'I';
    big[2] = 43;
    assertRefused(big, "BigTIFF", "tiffcp");
    TestTiff tiff = TestTiff.of(ByteOrder.LITTLE_ENDIAN, WIDTH, HEIGHT, 1, 32, FLOAT);
    assertRefused(tiff.with(259, 8).with(317, 3).file(new byte[99]), "predictor 3", "tiffcp");
    TestTiff mixed = TestTiff.of(ByteOrder.LITTLE_ENDIAN, WIDTH, HEIGHT, 3, 8, UNSIGNED);
    assertRefused(mixed.with(258, 5, 6, 5).file(new byte[999]), "5 and 6 bits", "gdal_translate");
  }

  private static void assertRefused(byte[] file, String name, String remedy) {
    InvalidInputException e =
        assertThrows(InvalidInputException.class, () -> Image.decode(file), name);
    String message = String.valueOf(e.getMessage());
    assertTrue(message.contains(name) && message.contains(remedy), message);
    assertEquals(1, message.lines().count());
  }

  private static ByteOrder order(String name) {
    return name.startsWith("L") ? ByteOrder.LITTLE_ENDIAN : ByteOrder.BIG_ENDIAN;
  }
}
