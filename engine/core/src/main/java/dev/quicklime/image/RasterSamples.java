package dev.quicklime.image;

import dev.quicklime.InvalidInputException;
import dev.quicklime.internal.format.PictureHeader;
import java.awt.image.DataBuffer;
import java.awt.image.IndexColorModel;
import java.awt.image.Raster;

/**
 * The first bands of a raster, brought to 0..255 units.
 *
 * @param raster samples of 8 or 16 bits without sign, or floats
 * @param bands how many of its bands are meant, ≥ 1
 */
record RasterSamples(Raster raster, int bands) {
  private static final float PER_16_BIT = 257;

  /** Colours looked up; of one channel where all that are used are gray. */
  static Image indexed(Raster raster, IndexColorModel colours) {
    int width = raster.getWidth();
    int height = raster.getHeight();
    byte[] rgb = new byte[Math.multiplyExact(width * height, 3)];
    boolean gray = true;
    int to = 0;
    for (int y = 0; y < height; y++) {
      for (int x = 0; x < width; x++) {
        int colour = colours.getRGB(raster.getSample(x, y, 0));
        byte red = (byte) (colour >> 16);
        byte green = (byte) (colour >> 8);
        byte blue = (byte) colour;
        gray &= red == green && green == blue;
        rgb[to++] = red;
        rgb[to++] = green;
        rgb[to++] = blue;
      }
    }
    if (!gray) {
      return Image.adopt(width, height, 3, rgb);
    }
    byte[] single = new byte[width * height];
    for (int i = 0; i < single.length; i++) {
      single[i] = rgb[3 * i];
    }
    return Image.adopt(width, height, 1, single);
  }

  Image toImage() {
    int type = raster.getTransferType();
    return switch (type) {
      case DataBuffer.TYPE_BYTE -> Image.adopt(width(), height(), bands, bytes());
      case DataBuffer.TYPE_USHORT ->
          Image.ofFloat(width(), height(), bands, floats(PER_16_BIT))
              .withNotice(Decoding.SIXTEEN_BITS);
      case DataBuffer.TYPE_FLOAT, DataBuffer.TYPE_DOUBLE ->
          FloatUnits.image(width(), height(), bands, bands, floats(1));
      default ->
          throw new InvalidInputException(
              "an image's samples must be of 8 or 16 bits without sign, or floats, got data type "
                  + type);
    };
  }

  /** Four inks as the colours they make. */
  static Image fromCmyk(Image inks) {
    float[] cmyk = inks.toFloats();
    float[] rgb = new float[inks.width() * inks.height() * 3];
    for (int i = 0; i < rgb.length; i++) {
      rgb[i] = (255 - cmyk[i / 3 * 4 + i % 3]) * (255 - cmyk[i / 3 * 4 + 3]) / 255;
    }
    Image colours = Image.ofFloat(inks.width(), inks.height(), 3, rgb);
    return (inks.isFloat()
            ? colours
            : Image.adopt(inks.width(), inks.height(), 3, colours.toBytes()))
        .withNoticesOf(inks)
        .withNotice(PictureHeader.INKS_TURNED);
  }

  private byte[] bytes() {
    byte[] out = new byte[width() * height() * bands];
    int[] row = new int[width() * raster.getNumBands()];
    int to = 0;
    for (int y = 0; y < height(); y++) {
      raster.getPixels(raster.getMinX(), raster.getMinY() + y, width(), 1, row);
      for (int x = 0; x < width(); x++) {
        for (int band = 0; band < bands; band++) {
          out[to++] = (byte) row[x * raster.getNumBands() + band];
        }
      }
    }
    return out;
  }

  private float[] floats(float divisor) {
    float[] out = new float[width() * height() * bands];
    float[] row = new float[width() * raster.getNumBands()];
    int to = 0;
    for (int y = 0; y < height(); y++) {
      raster.getPixels(raster.getMinX(), raster.getMinY() + y, width(), 1, row);
      for (int x = 0; x < width(); x++) {
        for (int band = 0; band < bands; band++) {
          out[to++] = row[x * raster.getNumBands() + band] / divisor;
        }
      }
    }
    return out;
  }

  private int width() {
    return raster.getWidth();
  }

  private int height() {
    return raster.getHeight();
  }
}
