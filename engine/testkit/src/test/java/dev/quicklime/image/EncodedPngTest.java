package dev.quicklime.image;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.quicklime.InvalidInputException;
import org.junit.jupiter.api.Test;

class EncodedPngTest {

  @Test
  void shouldEncodeColoursOfIntegers() {
    int[] colours = new int[40 * 30];
    byte[] pixels = new byte[3 * colours.length];
    for (int i = 0; i < colours.length; i++) {
      colours[i] = i * 0x01234567;
      pixels[3 * i] = (byte) (colours[i] >> 16);
      pixels[3 * i + 1] = (byte) (colours[i] >> 8);
      pixels[3 * i + 2] = (byte) colours[i];
    }
    assertArrayEquals(
        ImageFiles.encodePng(Image.of8(40, 30, 3, pixels), 3),
        ImageFiles.encodePng(40, 30, colours, 3));
    assertThrows(InvalidInputException.class, () -> ImageFiles.encodePng(40, 30, colours, 0));
    for (int[] size : new int[][] {{0, 30}, {40, 0}, {-40, -30}, {40, 29}, {65536, 65536}}) {
      InvalidInputException wrong =
          assertThrows(
              InvalidInputException.class,
              () -> ImageFiles.encodePng(size[0], size[1], colours, 3));
      assertTrue(wrong.toString().contains(size[0] + "×" + size[1]), wrong::toString);
    }
  }

  @Test
  void shouldEncodeTheSamePixelsAtEveryLevel() {
    byte[] pixels = new byte[3 * 40 * 30];
    for (int i = 0; i < pixels.length; i++) {
      pixels[i] = (byte) (i * i / 7);
    }
    Image image = Image.of8(40, 30, 3, pixels);
    for (int level = 1; level <= 9; level++) {
      assertArrayEquals(pixels, Image.decode(ImageFiles.encodePng(image, level)).toBytes());
    }
    for (int level : new int[] {-1, 0, 10}) {
      InvalidInputException wrong =
          assertThrows(InvalidInputException.class, () -> ImageFiles.encodePng(image, level));
      assertTrue(wrong.toString().contains("1 to 9, got " + level), wrong::toString);
    }
  }
}
