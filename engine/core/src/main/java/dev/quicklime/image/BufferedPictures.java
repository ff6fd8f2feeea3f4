package dev.quicklime.image;

import dev.quicklime.InvalidInputException;
import dev.quicklime.internal.format.PictureHeader;
import java.awt.color.ColorSpace;
import java.awt.image.BufferedImage;
import java.awt.image.ColorModel;
import java.awt.image.ComponentColorModel;
import java.awt.image.DataBuffer;
import java.awt.image.IndexColorModel;
import java.awt.image.WritableRaster;

/** Takes the pixels of Java's own images over, in the way that those of files are. */
final class BufferedPictures {
  private BufferedPictures() {}

  /** As {@link Image#of(BufferedImage)}. */
  static Image read(BufferedImage picture) {
    long values = 3L * picture.getWidth() * picture.getHeight();
    if (values > Integer.MAX_VALUE) {
      throw new InvalidInputException(
          "a picture must have at most %d values, got %d×%d with 3 channels"
              .formatted(Integer.MAX_VALUE, picture.getWidth(), picture.getHeight()));
    }
    Image image = values(picture);
    return picture.getColorModel().hasAlpha()
        ? image.withAlpha(alpha(picture)).withNotice(PictureHeader.ALPHA_DROPPED)
        : image;
  }

  private static Image alpha(BufferedImage picture) {
    int width = picture.getWidth();
    byte[] values = new byte[Math.multiplyExact(width, picture.getHeight())];
    for (int i = 0; i < values.length; i++) {
      values[i] = (byte) (picture.getRGB(i % width, i / width) >>> 24);
    }
    return Image.adopt(width, picture.getHeight(), 1, values);
  }

  private static Image values(BufferedImage picture) {
    ColorModel colours = picture.getColorModel();
    if (colours instanceof IndexColorModel palette) {
      return RasterSamples.indexed(picture.getRaster(), palette);
    }
    if (!(colours instanceof ComponentColorModel) || !isStoredAsSeen(colours)) {
      return seen(picture);
    }
    WritableRaster raster = picture.getRaster();
    if (colours.isAlphaPremultiplied()) {
      raster = picture.copyData(null);
      colours.coerceData(raster, false);
    }
    return new RasterSamples(raster, colours.getNumColorComponents()).toImage();
  }

  /**
   * Whether samples are gray, or red, green and blue, and fill their type. Java takes gray for
   * linear and would brighten it on the way to sRGB; files of gray never mean that.
   */
  private static boolean isStoredAsSeen(ColorModel colours) {
    int space = colours.getColorSpace().getType();
    int type = colours.getTransferType();
    if (space != ColorSpace.TYPE_GRAY && space != ColorSpace.TYPE_RGB) {
      return false;
    }
    if (type == DataBuffer.TYPE_FLOAT || type == DataBuffer.TYPE_DOUBLE) {
      return true;
    }
    if (type != DataBuffer.TYPE_BYTE && type != DataBuffer.TYPE_USHORT) {
      return false;
    }
    for (int bits : colours.getComponentSize()) {
      if (bits != DataBuffer.getDataTypeSize(type)) {
        return false;
      }
    }
    return true;
  }

  private static Image seen(BufferedImage picture) {
    int width = picture.getWidth();
    byte[] rgb = new byte[width * picture.getHeight() * 3];
    int[] row = new int[width];
    int to = 0;
    for (int y = 0; y < picture.getHeight(); y++) {
      picture.getRGB(0, y, width, 1, row, 0, width);
      for (int colour : row) {
        rgb[to++] = (byte) (colour >> 16);
        rgb[to++] = (byte) (colour >> 8);
        rgb[to++] = (byte) colour;
      }
    }
    return Image.adopt(width, picture.getHeight(), 3, rgb);
  }
}
