package dev.quicklime.image;

import dev.quicklime.InvalidInputException;
import dev.quicklime.internal.format.BmpFile;
import dev.quicklime.internal.format.Bytes;
import dev.quicklime.internal.format.JdkReader;
import java.awt.image.BufferedImage;
import java.awt.image.DataBuffer;
import java.awt.image.DirectColorModel;
import java.awt.image.IndexColorModel;
import java.awt.image.Raster;

/**
 * A BMP, read by the JDK's own reader. The native one leaves the low bits of 16-bit pixels empty,
 * takes no notice of the order of masks, and gives other colours for headers of 12 bytes.
 */
final class BmpPixels {
  private static final int BYTE = 8;

  private BmpPixels() {}

  /**
   * Decodes a BMP whose header was checked.
   *
   * @throws InvalidInputException if it is damaged
   */
  static Image decode(Bytes file) {
    BufferedImage image = JdkReader.read("bmp", file.data());
    Raster raster = image.getRaster();
    if (image.getColorModel() instanceof IndexColorModel colours) {
      return RasterSamples.indexed(raster, colours);
    }
    if (!(image.getColorModel() instanceof DirectColorModel masks)) {
      return new RasterSamples(raster, raster.getNumBands()).toImage();
    }
    int[] pixels = pixels(raster);
    int[] colours = {masks.getRedMask(), masks.getGreenMask(), masks.getBlueMask()};
    Image picture = masked(raster, pixels, colours);
    int alpha = new BmpFile(file).alphaMask();
    return alpha == 0 ? picture : picture.withAlpha(masked(raster, pixels, new int[] {alpha}));
  }

  private static int[] pixels(Raster raster) {
    int width = raster.getWidth();
    int[] pixels = new int[width * raster.getHeight()];
    boolean shorts = raster.getTransferType() == DataBuffer.TYPE_USHORT;
    for (int y = 0; y < raster.getHeight(); y++) {
      Object row = raster.getDataElements(0, y, width, 1, null);
      for (int x = 0; x < width; x++) {
        pixels[y * width + x] = shorts ? ((short[]) row)[x] & 0xffff : ((int[]) row)[x];
      }
    }
    return pixels;
  }

  /** The bits under each mask, of which the highest number is 255; to the nearest byte up to 8. */
  private static Image masked(Raster raster, int[] pixels, int[] masks) {
    float[] out = new float[Math.multiplyExact(pixels.length, masks.length)];
    int bits = 1;
    for (int mask : masks) {
      bits = Math.max(bits, Integer.bitCount(mask));
    }
    for (int i = 0; i < out.length; i++) {
      int mask = masks[i % masks.length];
      int shift = Integer.numberOfTrailingZeros(mask);
      double most = Integer.toUnsignedLong(mask >>> shift);
      long value = Integer.toUnsignedLong((pixels[i / masks.length] & mask) >>> shift);
      out[i] = mask == 0 ? 0 : (float) (value * 255 / most);
    }
    Image image = Image.ofFloat(raster.getWidth(), raster.getHeight(), masks.length, out);
    return bits > BYTE
        ? image.withNotice(bits + "-bit values kept as floats")
        : Image.adopt(image.width(), image.height(), image.channels(), image.toBytes());
  }
}
