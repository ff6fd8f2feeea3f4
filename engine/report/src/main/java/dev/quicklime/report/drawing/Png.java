package dev.quicklime.report.drawing;

import dev.quicklime.image.Image;
import dev.quicklime.image.ImageFiles;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import javax.imageio.ImageIO;
import javax.imageio.stream.ImageOutputStream;
import javax.imageio.stream.MemoryCacheImageOutputStream;

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

  /** Encodes a picture, its opacity too where it has one. */
  static byte[] encode(BufferedImage picture) {
    int width = picture.getWidth();
    int height = picture.getHeight();
    if (!picture.getColorModel().hasAlpha()) {
      return encode(width, height, picture.getRGB(0, 0, width, height, null, 0, width));
    }
    // Layers of few colours, which need no filter.
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    // Not over a file in the folder for temporary ones, as streams of ImageIO's own choice go.
    try (ImageOutputStream out = new MemoryCacheImageOutputStream(bytes)) {
      ImageIO.write(picture, "png", out);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return bytes.toByteArray();
  }
}
