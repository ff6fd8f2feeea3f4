package dev.quicklime.report.drawing;

import dev.quicklime.image.ImageFiles;
import java.awt.image.BufferedImage;
import java.awt.image.DataBufferInt;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.zip.CRC32;
import javax.imageio.ImageIO;
import javax.imageio.stream.ImageOutputStream;
import javax.imageio.stream.MemoryCacheImageOutputStream;

/**
 * Encodes figures as PNG: layers and drawings of at most 256 colours with a table of them, others
 * as RGB or RGBA of 8 bits. The JDK's writer leaves the rows of pictures unfiltered, which makes
 * photographs a third longer, so that those are the engine's. The same picture is the same bytes
 * each time. May be called by several threads at once.
 */
final class Png {

  private static final int OPAQUE = 0xff000000;

  /** On the figures of a report half of the time of zlib's usual 6, and a tenth more of bytes. */
  private static final int LEVEL = 3;

  /** Length of a file's signature and its first chunk. */
  private static final int HEAD = 33;

  /** Length of the chunk that says how many pixels a metre has, and of an inch in metres. */
  private static final int DENSITY_CHUNK = 21;

  private static final double METRES = 0.0254;

  private Png() {}

  /** Encodes rows of colours, each 0xRRGGBB; what is in front of that is overlooked. */
  static byte[] encode(int width, int height, int[] rgb) {
    Palette palette = Palette.of(rgb, OPAQUE);
    return palette == null || wantsFilters(palette)
        ? ImageFiles.encodePng(width, height, rgb, LEVEL)
        : written(palette.image(width, height));
  }

  /** Encodes a picture, its opacity too where it has one. */
  static byte[] encode(BufferedImage picture) {
    int width = picture.getWidth();
    int height = picture.getHeight();
    int[] argb = argb(picture);
    if (!picture.getColorModel().hasAlpha()) {
      return encode(width, height, argb);
    }
    Palette palette = Palette.of(argb, 0);
    if (palette != null && !wantsFilters(palette)) {
      return written(palette.image(width, height));
    }
    return Arrays.stream(argb).allMatch(colour -> colour >>> 24 == 0xff)
        ? ImageFiles.encodePng(width, height, argb, LEVEL)
        : written(picture);
  }

  private static int[] argb(BufferedImage picture) {
    int type = picture.getType();
    if ((type == BufferedImage.TYPE_INT_RGB || type == BufferedImage.TYPE_INT_ARGB)
        && picture.getRaster().getParent() == null) {
      return ((DataBufferInt) picture.getRaster().getDataBuffer()).getData();
    }
    return picture.getRGB(
        0, 0, picture.getWidth(), picture.getHeight(), null, 0, picture.getWidth());
  }

  /**
   * A photograph in gray wants filters as one in colours does, and is one: the JDK reads files that
   * are gray by another curve.
   */
  private static boolean wantsFilters(Palette palette) {
    return palette.bits() == 8 && palette.isGray();
  }

  /**
   * Says in a file how large it is on paper, which neither library does of the pictures that it
   * writes fastest.
   *
   * @param density pixels to an inch
   */
  static byte[] withDensity(byte[] png, int density) {
    int perMetre = (int) Math.round(density / METRES);
    ByteBuffer chunk = ByteBuffer.allocate(DENSITY_CHUNK);
    chunk.putInt(DENSITY_CHUNK - 12).put("pHYs".getBytes(StandardCharsets.US_ASCII));
    chunk.putInt(perMetre).putInt(perMetre).put((byte) 1);
    CRC32 sum = new CRC32();
    sum.update(chunk.array(), 4, DENSITY_CHUNK - 8);
    chunk.putInt((int) sum.getValue());
    return ByteBuffer.allocate(png.length + DENSITY_CHUNK)
        .put(png, 0, HEAD)
        .put(chunk.array())
        .put(png, HEAD, png.length - HEAD)
        .array();
  }

  private static byte[] written(BufferedImage picture) {
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
