package dev.quicklime.image;

import dev.quicklime.internal.format.Bytes;
import dev.quicklime.internal.format.GifFile;
import dev.quicklime.internal.format.JdkReader;
import java.awt.image.BufferedImage;

/** The first picture of a GIF, read by the JDK's own reader, on the screen that the file names. */
final class GifPictures {
  private GifPictures() {}

  /**
   * Decodes a GIF whose header was checked; colours of transparent places are those of the palette,
   * and the screen's own where the picture leaves it free.
   */
  static Image decode(Bytes file) {
    GifFile gif = new GifFile(file);
    BufferedImage picture = JdkReader.read("gif", file.data());
    int width = gif.width();
    int height = gif.height();
    byte[] rgb = new byte[Math.multiplyExact(3, Math.multiplyExact(width, height))];
    byte[] alpha = new byte[width * height];
    for (int i = 0; i < alpha.length; i++) {
      put(rgb, i, gif.background());
    }
    for (int y = 0; y < picture.getHeight() && gif.top() + y < height; y++) {
      for (int x = 0; x < picture.getWidth() && gif.left() + x < width; x++) {
        int colour = picture.getRGB(x, y);
        int at = (gif.top() + y) * width + gif.left() + x;
        put(rgb, at, colour);
        alpha[at] = (byte) (colour >>> 24);
      }
    }
    Image image = gray(width, height, rgb);
    return gif.hasAlpha() ? image.withAlpha(Image.adopt(width, height, 1, alpha)) : image;
  }

  private static void put(byte[] rgb, int at, int colour) {
    rgb[3 * at] = (byte) (colour >> 16);
    rgb[3 * at + 1] = (byte) (colour >> 8);
    rgb[3 * at + 2] = (byte) colour;
  }

  /** Of one channel where all colours are gray. */
  private static Image gray(int width, int height, byte[] rgb) {
    byte[] single = new byte[width * height];
    for (int i = 0; i < single.length; i++) {
      if (rgb[3 * i] != rgb[3 * i + 1] || rgb[3 * i] != rgb[3 * i + 2]) {
        return Image.adopt(width, height, 3, rgb);
      }
      single[i] = rgb[3 * i];
    }
    return Image.adopt(width, height, 1, single);
  }
}
