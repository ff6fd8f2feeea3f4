package dev.quicklime.image;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.quicklime.InvalidInputException;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ImageTest {
  @Test
  void shouldTakeBytesAsUnsigned() {
    Image image = Image.of8(2, 1, 1, new byte[] {(byte) 200, 7});
    assertEquals(200, image.value(0, 0, 0));
    assertArrayEquals(new float[] {200, 7}, image.toFloats());
    assertFalse(image.isFloat());
  }

  @Test
  void shouldRoundAndClampFloatsToBytes() {
    Image image = Image.ofFloat(5, 1, 1, new float[] {-3, 0.5f, 1.49f, 254.5f, 1e9f});
    assertArrayEquals(new byte[] {0, 1, 1, (byte) 255, (byte) 255}, image.toBytes());
    assertTrue(image.isFloat());
  }

  @Test
  void shouldKeepItsPixelsWhateverHappensToTheArraysAround() {
    byte[] bytes = {1, 2, 3};
    Image image = Image.of8(1, 1, 3, bytes);
    bytes[0] = 9;
    image.toBytes()[1] = 9;
    image.toFloats()[2] = 9;
    assertArrayEquals(new byte[] {1, 2, 3}, image.toBytes());
  }

  @Test
  void shouldAddNoticesToACopy() {
    Image image = Image.of8(1, 1, 1, new byte[1]);
    Image noted = image.withNotice("a").withNotice("b");
    assertEquals(List.of(), image.notices());
    assertEquals(List.of("a", "b"), noted.notices());
    assertThrows(UnsupportedOperationException.class, () -> noted.notices().clear());
  }

  @Test
  void shouldRefuseSizesThatOverflow() {
    byte[] none = {};
    assertThrows(InvalidInputException.class, () -> Image.of8(65536, 65536, 1, none));
    assertThrows(InvalidInputException.class, () -> Image.of8(1 << 30, 1 << 30, 16, none));
    assertThrows(
        InvalidInputException.class,
        () -> Image.of8(Integer.MAX_VALUE, Integer.MAX_VALUE, 512, none));
    assertThrows(InvalidInputException.class, () -> Image.of8(0, 1, 1, none));
    assertThrows(InvalidInputException.class, () -> Image.of8(1, -1, 1, none));
    assertThrows(InvalidInputException.class, () -> Image.of8(1, 1, 513, new byte[513]));
    assertThrows(InvalidInputException.class, () -> Image.of8(2, 2, 3, new byte[11]));
  }

  @ParameterizedTest
  @ValueSource(floats = {Float.NaN, Float.POSITIVE_INFINITY, Float.NEGATIVE_INFINITY})
  void shouldRefuseValuesThatAreNotFinite(float value) {
    InvalidInputException e =
        assertThrows(
            InvalidInputException.class,
            () -> Image.ofFloat(2, 2, 1, new float[] {0, 0, value, 0}));
    assertEquals(
        "pixel values must be finite, got " + value + " at x=0, y=1, channel 0", e.getMessage());
  }

  @Test
  void shouldRefuseAPixelOutside() {
    Image image = Image.of8(2, 3, 1, new byte[6]);
    assertThrows(IndexOutOfBoundsException.class, () -> image.value(2, 0, 0));
    assertThrows(IndexOutOfBoundsException.class, () -> image.value(0, 3, 0));
    assertThrows(IndexOutOfBoundsException.class, () -> image.value(0, 0, 1));
    assertThrows(IndexOutOfBoundsException.class, () -> image.value(-1, 1, 0));
  }
}
