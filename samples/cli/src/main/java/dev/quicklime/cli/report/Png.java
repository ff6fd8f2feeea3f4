package dev.quicklime.cli.report;

import dev.quicklime.image.Image;
import dev.quicklime.image.ImageFiles;

/**
 * Encodes figures as PNG. The JDK's writer leaves the rows of colour pictures unfiltered, which
 * makes photographs a third longer; the engine's filters them.
 */
final class Png {

  private Png() {}

  /** Encodes rows of colours, each 0xRRGGBB. */
  static byte[] encode(int width, int height, int[] rgb) {
    byte[] bytes = new byte[3 * width * height];
    for (int i = 0; i < width * height; i++) {
      bytes[3 * i] = (byte) (rgb[i] >> 16);
      bytes[3 * i + 1] = (byte) (rgb[i] >> 8);
      bytes[3 * i + 2] = (byte) rgb[i];
    }
    return ImageFiles.encodePng(Image.of8(width, height, 3, bytes));
  }
}
