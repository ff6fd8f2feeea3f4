package dev.quicklime.image;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.quicklime.InvalidInputException;
import dev.quicklime.image.TestPictures.Tiff;
import java.awt.image.BufferedImage;
import java.nio.ByteOrder;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Models of four channels are given a picture's alpha, all others its colours alone. */
class AlphaTest {

  private static final int SIDE = 8;

  private static Preprocessing input(int channels) {
    return Preprocessing.imageNet()
        .withSize(SIDE, SIDE)
        .withNormalization(Collections.nCopies(channels, 0.0), Collections.nCopies(channels, 1.0));
  }

  /** Red of 50, and an alpha of its own for each pixel. */
  private static byte[] rgba() {
    byte[] rgba = new byte[SIDE * SIDE * 4];
    for (int i = 0; i < SIDE * SIDE; i++) {
      rgba[4 * i] = 50;
      rgba[4 * i + 3] = (byte) (3 * i);
    }
    return rgba;
  }

  private static void assertAlpha(Image picture, float red) {
    Image fitted = input(4).fit(picture);
    assertEquals(4, fitted.channels());
    for (int i = 0; i < SIDE * SIDE; i++) {
      assertEquals(red, fitted.value(i % SIDE, i / SIDE, 0));
      assertEquals(3 * i, fitted.value(i % SIDE, i / SIDE, 3), 0.01);
    }
    assertEquals("alpha taken for the model's last channel", fitted.notices().getLast());
    assertEquals(false, fitted.notices().contains("alpha channel dropped"));
    Image colours = input(3).fit(picture);
    assertEquals(3, colours.channels());
    assertEquals(true, colours.notices().contains("alpha channel dropped"));
  }

  @Test
  void shouldGiveAFilesAlphaToAModelOfFourChannels() throws Exception {
    byte[] grayAlpha = new byte[SIDE * SIDE * 2];
    byte[] deep = new byte[SIDE * SIDE * 8];
    for (int i = 0; i < SIDE * SIDE; i++) {
      grayAlpha[2 * i] = 60;
      grayAlpha[2 * i + 1] = (byte) (3 * i);
      deep[8 * i] = 50;
      deep[8 * i + 1] = 50;
      deep[8 * i + 6] = (byte) (3 * i);
      deep[8 * i + 7] = (byte) (3 * i);
    }
    assertAlpha(Image.decode(TestPictures.png(SIDE, SIDE, 8, 6, rgba())), 50);
    assertAlpha(Image.decode(TestPictures.png(SIDE, SIDE, 8, 4, grayAlpha)), 60);
    assertAlpha(Image.decode(TestPictures.png(SIDE, SIDE, 16, 6, deep)), 50);
    Tiff tiff = Tiff.of8(SIDE, SIDE, 4).with(8, 1, 2, 1, ByteOrder.LITTLE_ENDIAN);
    assertAlpha(Image.decode(tiff.file(rgba())), 50);
    Image gray = input(2).fit(Image.decode(TestPictures.png(SIDE, SIDE, 8, 4, grayAlpha)));
    assertEquals(List.of(60f, 9f), List.of(gray.value(3, 0, 0), gray.value(3, 0, 1)));
  }

  @Test
  void shouldGiveAnImagesAlphaToAModelOfFourChannels() {
    BufferedImage image = new BufferedImage(SIDE, SIDE, BufferedImage.TYPE_INT_ARGB);
    for (int i = 0; i < SIDE * SIDE; i++) {
      image.setRGB(i % SIDE, i / SIDE, ((3 * i) << 24) | (50 << 16));
    }
    assertAlpha(Image.of(image), 50);
  }

  @Test
  void shouldTurnAndScaleAlphaWithTheColours() {
    Image alpha = Image.of8(2, 1, 1, new byte[] {10, 20});
    Image picture = Image.of8(2, 1, 3, new byte[] {1, 2, 3, 4, 5, 6}).withAlpha(alpha);
    Image turned = Orientation.apply(picture, 6);
    Image fitted = input(4).withSize(1, 2).fit(turned);
    assertEquals(List.of(1f, 10f), List.of(fitted.value(0, 0, 0), fitted.value(0, 0, 3)));
    assertEquals(List.of(4f, 20f), List.of(fitted.value(0, 1, 0), fitted.value(0, 1, 3)));
    Image wide = input(4).withSize(4, 1).fit(picture.withNotice("kept"));
    assertEquals(10, wide.value(0, 0, 3));
    assertEquals(20, wide.value(3, 0, 3));
  }

  @Test
  void shouldTakeAPictureWithoutAlphaForOpaque() {
    Image fitted = input(4).withSize(1, 1).fit(Image.of8(1, 1, 3, new byte[] {1, 2, 3}));
    assertEquals(255, fitted.value(0, 0, 3));
    assertEquals(
        "no alpha channel: the model's last one is 255 everywhere, opaque",
        fitted.notices().getLast());
    Image gray = input(4).withSize(1, 1).fit(Image.of8(1, 1, 1, new byte[] {7}));
    assertEquals(
        List.of(7f, 7f, 7f, 255f), List.of(at(gray, 0), at(gray, 1), at(gray, 2), at(gray, 3)));
    Image four = Image.of8(1, 1, 4, new byte[] {1, 2, 3, 4});
    assertEquals(four.notices(), input(4).withSize(1, 1).fit(four).notices());
    assertThrows(InvalidInputException.class, () -> input(5).fit(four));
    assertThrows(InvalidInputException.class, () -> input(2).fit(gray));
  }

  private static float at(Image image, int channel) {
    return image.value(0, 0, channel);
  }
}
