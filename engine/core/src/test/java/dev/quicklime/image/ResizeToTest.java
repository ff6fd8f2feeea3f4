package dev.quicklime.image;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.quicklime.InvalidInputException;
import java.util.Arrays;
import java.util.List;
import java.util.zip.CRC32;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvFileSource;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class ResizeToTest {

  private static final Preprocessing INPUT = Preprocessing.imageNet();

  private static byte[] pattern(int width, int height) {
    byte[] pixels = new byte[width * height * 3];
    for (int i = 0; i < pixels.length; i++) {
      int x = i / 3 % width;
      int y = i / 3 / width;
      pixels[i] = (byte) (x * x * 7 + y * y * 13 + x * y * 5 + i % 3 * 91);
    }
    return pixels;
  }

  /** The file is made by {@code resampled.py} beside it. */
  @ParameterizedTest
  @CsvFileSource(resources = "resampled.csv")
  void shouldGiveTheBitsOfPillow(
      int width,
      int height,
      String to,
      Interpolation interpolation,
      int columns,
      int rows,
      long crc,
      String first) {
    Preprocessing input =
        INPUT
            .withSize(columns, rows)
            .withResizeTo(ResizeTo.parse(to))
            .withInterpolation(interpolation);
    Image picture = Image.of8(width, height, 3, pattern(width, height));
    byte[] found = input.fit(picture).toBytes();
    StringBuilder begin = new StringBuilder();
    for (int i = 0; i < 12; i++) {
      begin.append(i == 0 ? "" : " ").append(found[i] & 0xff);
    }
    assertEquals(first, begin.toString());
    CRC32 sum = new CRC32();
    sum.update(found);
    assertEquals(crc, sum.getValue());

    // Floats are not rounded between the passes, nor cut off at 0 and 255.
    Image floats = input.fit(Image.ofFloat(width, height, 3, picture.toFloats()));
    for (int i = 0; i < found.length; i++) {
      double exact = floats.value(i / 3 % columns, i / 3 / columns, i % 3);
      boolean inside = exact > 0 && exact < 255;
      if (inside) {
        assertEquals(found[i] & 0xff, exact, 40, "value " + i);
      }
    }
  }

  @ParameterizedTest
  @EnumSource(Interpolation.class)
  void shouldKeepAFlatPictureFlat(Interpolation interpolation) {
    for (int size : new int[] {1, 2, 7, 64, 333}) {
      byte[] pixels = new byte[size * 50 * 3];
      Arrays.fill(pixels, (byte) 201);
      Image fitted =
          INPUT
              .withSize(16, 16)
              .withInterpolation(interpolation)
              .withResizeTo(ResizeTo.both(20, 18))
              .fit(Image.of8(size, 50, 3, pixels));
      for (byte value : fitted.toBytes()) {
        assertEquals(201, value & 0xff);
      }
    }
  }

  @ParameterizedTest
  @CsvSource({
    "300, 200, 256, 224, 1.28, 1.28, -80, -16",
    "200, 300, 256, 224, 1.28, 1.28, -16, -80",
    "10, 10, 4, 7, 0.4, 0.4, 1, 1",
    "400, 1, 3, 9, 3, 3, -596, 3"
  })
  void shouldSayWhereThePictureLies(
      int width, int height, int to, int size, double sx, double sy, double x, double y) {
    Placement placement =
        INPUT.withSize(size, size).withResizeTo(ResizeTo.shortSide(to)).placement(width, height);
    assertEquals(sx, placement.scaleX(), 1e-12);
    assertEquals(sy, placement.scaleY(), 1e-12);
    assertEquals(x, placement.offsetX(), 1e-9);
    assertEquals(y, placement.offsetY(), 1e-9);
  }

  @ParameterizedTest
  @CsvSource({"1,16384", "16384,1", "1,200000", "200000,1", "1,1"})
  void shouldComputeOnlyWhatIsKept(int width, int height) {
    byte[] pixels = new byte[width * height * 3];
    Arrays.fill(pixels, (byte) 9);
    for (Interpolation interpolation : Interpolation.values()) {
      Image fitted =
          INPUT
              .withResizeTo(ResizeTo.shortSide(16384))
              .withInterpolation(interpolation)
              .fit(Image.of8(width, height, 3, pixels));
      assertEquals(9, fitted.value(0, 0, 0));
      assertEquals(9, fitted.value(223, 223, 2));
    }
  }

  @Test
  void shouldResizeAPictureOfTheInputsOwnSize() {
    Image picture = Image.of8(224, 224, 3, pattern(224, 224));
    Image fitted = INPUT.withResizeTo(ResizeTo.shortSide(256)).fit(picture);
    assertTrue(!Arrays.equals(picture.toBytes(), fitted.toBytes()));
  }

  @Test
  void shouldGoWithACropOnly() {
    Preprocessing cut = INPUT.withResizeTo(ResizeTo.shortSide(256));
    assertEquals(Resize.CROP, cut.resize());
    assertEquals(ResizeTo.shortSide(256), cut.withResize(Resize.CROP).resizeTo());
    assertNull(cut.withResize(Resize.PAD).resizeTo());
    assertEquals(Resize.CROP, cut.withResizeTo(null).resize());
    InvalidInputException e =
        assertThrows(
            InvalidInputException.class,
            () ->
                new Preprocessing(
                    4,
                    4,
                    Resize.STRETCH,
                    ResizeTo.shortSide(5),
                    Interpolation.AREA,
                    List.of(0.5),
                    List.of(0.5),
                    ChannelOrder.RGB));
    assertTrue(e.toString().contains("got 5 and stretch"), e.toString());
  }

  @Test
  void shouldReadWhatItPrints() {
    assertEquals("256", ResizeTo.parse("256").toString());
    assertEquals("256x232", ResizeTo.parse("256x232").toString());
    assertEquals(ResizeTo.both(256, 232), ResizeTo.parse("256×232"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "0", "-1", "16385", "256x", "256x0", "0x256", "1x16385", "a", "1.5"})
  void shouldRefuseWhatIsNoSize(String text) {
    assertThrows(InvalidInputException.class, () -> ResizeTo.parse(text));
  }
}
