package dev.quicklime.image;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.quicklime.InvalidInputException;
import java.awt.Transparency;
import java.awt.color.ColorSpace;
import java.awt.image.BandedSampleModel;
import java.awt.image.BufferedImage;
import java.awt.image.ComponentColorModel;
import java.awt.image.DataBuffer;
import java.awt.image.IndexColorModel;
import java.awt.image.Raster;
import java.awt.image.WritableRaster;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.List;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class BufferedPicturesTest {
  private static final int WIDTH = 11;
  private static final int HEIGHT = 9;
  private static final String ALPHA = "alpha channel dropped";

  @ParameterizedTest
  @ValueSource(
      ints = {
        BufferedImage.TYPE_INT_RGB,
        BufferedImage.TYPE_INT_BGR,
        BufferedImage.TYPE_3BYTE_BGR,
        BufferedImage.TYPE_INT_ARGB,
        BufferedImage.TYPE_4BYTE_ABGR
      })
  void shouldKeepEveryColourOfEightBits(int type) {
    Image image = Image.of(colours(type, 0x40));
    assertColours(image, 0);
    boolean alpha = type == BufferedImage.TYPE_INT_ARGB || type == BufferedImage.TYPE_4BYTE_ABGR;
    assertEquals(alpha ? List.of(ALPHA) : List.of(), image.notices());
  }

  @ParameterizedTest
  @ValueSource(ints = {BufferedImage.TYPE_INT_ARGB_PRE, BufferedImage.TYPE_4BYTE_ABGR_PRE})
  void shouldDivideByAlphaWhatWasMultiplied(int type) {
    Image image = Image.of(colours(type, 0x80));
    assertColours(image, 2);
    assertEquals(List.of(ALPHA), image.notices());
    BufferedImage clear = colours(type, 0);
    assertEquals(0, Image.of(clear).value(5, 5, 1));
    assertEquals(0, clear.getRGB(5, 5));
  }

  @Test
  void shouldNotChangeThePictureThatItReads() {
    BufferedImage picture = colours(BufferedImage.TYPE_4BYTE_ABGR_PRE, 0x80);
    int before = picture.getRaster().getSample(10, 8, 0);
    Image image = Image.of(picture);
    assertEquals(before, picture.getRaster().getSample(10, 8, 0));
    picture.setRGB(0, 0, 0xffffffff);
    assertEquals(0, image.value(0, 0, 1));
  }

  @Test
  void shouldTakeGrayAsStored() {
    BufferedImage gray = new BufferedImage(256, 1, BufferedImage.TYPE_BYTE_GRAY);
    BufferedImage deep = new BufferedImage(256, 1, BufferedImage.TYPE_USHORT_GRAY);
    for (int x = 0; x < 256; x++) {
      gray.getRaster().setSample(x, 0, 0, x);
      deep.getRaster().setSample(x, 0, 0, 255 * x + 7);
    }
    Image eight = Image.of(gray);
    Image sixteen = Image.of(deep);
    assertEquals("Image[256×1, 1 channels, 8-bit]", eight.toString());
    assertEquals("Image[256×1, 1 channels, float]", sixteen.toString());
    assertEquals(List.of("16-bit values kept as floats (divided by 257)"), sixteen.notices());
    for (int x = 0; x < 256; x++) {
      assertEquals(x, eight.value(x, 0, 0));
      assertEquals((255 * x + 7) / 257f, sixteen.value(x, 0, 0));
    }
  }

  @Test
  void shouldLookColoursOfAPaletteUp() {
    byte[] red = {0, 10, (byte) 200};
    byte[] green = {0, 20, (byte) 200};
    byte[] blue = {0, 30, (byte) 200};
    byte[] alpha = {0, 1, 2};
    IndexColorModel palette = new IndexColorModel(2, 3, red, green, blue, alpha);
    BufferedImage picture =
        new BufferedImage(WIDTH, HEIGHT, BufferedImage.TYPE_BYTE_INDEXED, palette);
    picture.getRaster().setSample(1, 0, 0, 1);
    picture.getRaster().setSample(2, 0, 0, 2);
    Image image = Image.of(picture);
    assertEquals(3, image.channels());
    assertEquals(30, image.value(1, 0, 2));
    assertEquals(200, image.value(2, 0, 0));
    assertEquals(List.of(ALPHA), image.notices());
    BufferedImage bits = new BufferedImage(WIDTH, HEIGHT, BufferedImage.TYPE_BYTE_BINARY);
    bits.setRGB(3, 4, 0xffffff);
    Image blackAndWhite = Image.of(bits);
    assertEquals(1, blackAndWhite.channels());
    assertEquals(255, blackAndWhite.value(3, 4, 0));
    assertEquals(0, blackAndWhite.value(4, 4, 0));
  }

  @Test
  void shouldTakePackedPixelsAsTheirColourModelShowsThem() {
    BufferedImage picture = new BufferedImage(WIDTH, HEIGHT, BufferedImage.TYPE_USHORT_565_RGB);
    picture.setRGB(2, 3, 0xff8410);
    Image image = Image.of(picture);
    int seen = picture.getRGB(2, 3);
    assertEquals(seen >> 16 & 0xff, image.value(2, 3, 0));
    assertEquals(seen >> 8 & 0xff, image.value(2, 3, 1));
    assertEquals(seen & 0xff, image.value(2, 3, 2));
  }

  @Test
  void shouldTakeFloatsInEitherUnit() {
    WritableRaster raster =
        Raster.createWritableRaster(
            new BandedSampleModel(DataBuffer.TYPE_FLOAT, WIDTH, HEIGHT, 3), null);
    ComponentColorModel model =
        new ComponentColorModel(
            ColorSpace.getInstance(ColorSpace.CS_sRGB),
            false,
            false,
            Transparency.OPAQUE,
            DataBuffer.TYPE_FLOAT);
    BufferedImage picture = new BufferedImage(model, raster, false, null);
    raster.setSample(1, 2, 2, 0.5f);
    assertEquals(127.5f, Image.of(picture).value(1, 2, 2));
    raster.setSample(1, 2, 1, 80.25f);
    assertEquals(80.25f, Image.of(picture).value(1, 2, 1));
    raster.setSample(1, 2, 0, Float.NaN);
    assertThrows(InvalidInputException.class, () -> Image.of(picture));
  }

  @Test
  void shouldReadAPartOfAPicture() {
    BufferedImage whole = colours(BufferedImage.TYPE_3BYTE_BGR, 0xff);
    Image part = Image.of(whole.getSubimage(3, 2, 4, 5));
    Image all = Image.of(whole);
    assertEquals(4, part.width());
    assertEquals(5, part.height());
    for (int channel = 0; channel < 3; channel++) {
      assertEquals(all.value(5, 6, channel), part.value(2, 4, channel));
    }
  }

  @Test
  void shouldAgreeWithTheFileOfTheSamePicture() throws IOException {
    for (int bits : new int[] {8, 16}) {
      for (int bands : new int[] {1, 2, 3, 4}) {
        byte[] png = png(stored(bits, bands));
        Image fromFile = Image.decode(png);
        Image image = Image.of(ImageIO.read(new ByteArrayInputStream(png)));
        assertEquals(fromFile.toString(), image.toString());
        assertArrayEquals(fromFile.toFloats(), image.toFloats(), bits + " bits, " + bands);
        assertEquals(fromFile.notices(), image.notices());
      }
    }
  }

  /** Every sample another, alpha included. */
  private static BufferedImage stored(int bits, int bands) {
    int type = bits == 8 ? DataBuffer.TYPE_BYTE : DataBuffer.TYPE_USHORT;
    boolean alpha = bands % 2 == 0;
    ColorSpace space = ColorSpace.getInstance(bands < 3 ? ColorSpace.CS_GRAY : ColorSpace.CS_sRGB);
    WritableRaster raster = Raster.createInterleavedRaster(type, WIDTH, HEIGHT, bands, null);
    int value = 1;
    for (int y = 0; y < HEIGHT; y++) {
      for (int x = 0; x < WIDTH; x++) {
        for (int band = 0; band < bands; band++) {
          raster.setSample(x, y, band, value += bits == 8 ? 1 : 155);
        }
      }
    }
    return new BufferedImage(
        new ComponentColorModel(
            space, alpha, false, alpha ? Transparency.TRANSLUCENT : Transparency.OPAQUE, type),
        raster,
        false,
        null);
  }

  private static byte[] png(BufferedImage picture) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    ImageIO.write(picture, "png", out);
    return out.toByteArray();
  }

  private static BufferedImage colours(int type, int alpha) {
    BufferedImage picture = new BufferedImage(WIDTH, HEIGHT, type);
    for (int y = 0; y < HEIGHT; y++) {
      for (int x = 0; x < WIDTH; x++) {
        picture.setRGB(x, y, (alpha << 24) | ((x * 20) << 16) | ((y * 25) << 8) | (x + y));
      }
    }
    return picture;
  }

  private static void assertColours(Image image, int tolerance) {
    assertEquals("Image[11×9, 3 channels, 8-bit]", image.toString());
    for (int y = 0; y < HEIGHT; y++) {
      for (int x = 0; x < WIDTH; x++) {
        assertEquals(x * 20, image.value(x, y, 0), tolerance);
        assertEquals(y * 25, image.value(x, y, 1), tolerance);
        assertEquals(x + y, image.value(x, y, 2), tolerance);
      }
    }
  }
}
