package dev.quicklime.report.drawing;

import java.awt.image.BufferedImage;
import java.awt.image.DataBufferInt;
import java.util.Arrays;
import java.util.stream.IntStream;

/**
 * Encodes figures as PNG: layers and drawings of at most 256 colours with a table of them, others
 * as RGB or RGBA of 8 bits. The JDK's writer leaves the rows of colour pictures unfiltered, which
 * makes photographs a third longer, and OpenCV's, which filters them, copies each picture three
 * times on the way. The same picture is the same bytes each time. May be called by several threads
 * at once.
 */
final class Png {

  private static final int RGB = 2;
  private static final int INDEXED = 3;
  private static final int RGBA = 6;

  private static final byte UP = 2;
  private static final byte PAETH = 4;

  private static final int OPAQUE = 0xff000000;

  /** All levels of gray in order, so that neighbours in a picture are neighbours in the table. */
  private static final int[] GRAYS =
      IntStream.range(0, 256).map(level -> OPAQUE | level * 0x010101).toArray();

  private Png() {}

  /** Encodes rows of colours, each 0xRRGGBB; what is in front of that is overlooked. */
  static byte[] encode(int width, int height, int[] rgb) {
    int[] opaque = new int[rgb.length];
    for (int i = 0; i < rgb.length; i++) {
      opaque[i] = rgb[i] | OPAQUE;
    }
    return encodeOpacity(width, height, opaque);
  }

  /** Encodes a picture, its opacity too where it has one. */
  static byte[] encode(BufferedImage picture) {
    int width = picture.getWidth();
    int height = picture.getHeight();
    int[] colours = colours(picture);
    return picture.getColorModel().hasAlpha()
        ? encodeOpacity(width, height, colours)
        : encode(width, height, colours);
  }

  private static int[] colours(BufferedImage picture) {
    int type = picture.getType();
    if ((type == BufferedImage.TYPE_INT_RGB || type == BufferedImage.TYPE_INT_ARGB)
        && picture.getRaster().getParent() == null) {
      return ((DataBufferInt) picture.getRaster().getDataBuffer()).getData();
    }
    return picture.getRGB(
        0, 0, picture.getWidth(), picture.getHeight(), null, 0, picture.getWidth());
  }

  private static byte[] encodeOpacity(int width, int height, int[] argb) {
    Palette palette = Palette.of(argb);
    if (palette != null) {
      return palette.bits() == 8 && palette.isGray()
          ? filtered(width, height, argb, INDEXED, 1)
          : indexed(width, height, palette);
    }
    boolean opaque = true;
    for (int colour : argb) {
      opaque &= colour >>> 24 == 0xff;
    }
    return opaque ? filtered(width, height, argb, RGB, 3) : filtered(width, height, argb, RGBA, 4);
  }

  private static byte[] indexed(int width, int height, Palette palette) {
    int bits = palette.bits();
    int perByte = 8 / bits;
    byte[] row = new byte[1 + (width + perByte - 1) / perByte];
    try (PngFile file = new PngFile(row.length * height / 8)) {
      file.header(width, height, bits, INDEXED).part("PLTE", table(palette.colours()));
      if (!palette.isOpaque()) {
        file.part("tRNS", opacities(palette));
      }
      file.beginPixels();
      for (int y = 0; y < height; y++) {
        Arrays.fill(row, (byte) 0);
        for (int x = 0; x < width; x++) {
          int shift = 8 - bits - x % perByte * bits;
          row[1 + x / perByte] |= (byte) ((palette.places()[y * width + x] & 0xff) << shift);
        }
        file.row(row);
      }
      return file.finish();
    }
  }

  private static byte[] table(int[] colours) {
    byte[] table = new byte[3 * colours.length];
    for (int i = 0; i < colours.length; i++) {
      table[3 * i] = (byte) (colours[i] >> 16);
      table[3 * i + 1] = (byte) (colours[i] >> 8);
      table[3 * i + 2] = (byte) colours[i];
    }
    return table;
  }

  private static byte[] opacities(Palette palette) {
    byte[] opacities = new byte[palette.colours().length];
    for (int i = 0; i < opacities.length; i++) {
      opacities[i] = (byte) (palette.colours()[i] >>> 24);
    }
    return opacities;
  }

  /**
   * Every row by Paeth's filter, but those equal to the one above, which a picture that is drawn
   * larger has many of. Choosing among all filters, row by row, makes files a third of a per cent
   * smaller and runs five times as many of them.
   */
  private static byte[] filtered(int width, int height, int[] argb, int type, int samples) {
    int length = samples * width;
    // In front of a row there is a pixel of zeros, as the filter has it.
    byte[] above = new byte[samples + length];
    byte[] row = new byte[samples + length];
    byte[] filtered = new byte[1 + length];
    try (PngFile file = new PngFile(length * height / 3)) {
      file.header(width, height, 8, type);
      if (type == INDEXED) {
        file.part("PLTE", table(GRAYS));
      }
      file.beginPixels();
      for (int y = 0; y < height; y++) {
        unpack(argb, y * width, row, samples);
        if (y > 0 && Arrays.equals(row, above)) {
          Arrays.fill(filtered, (byte) 0);
          filtered[0] = UP;
        } else {
          filtered[0] = PAETH;
          paeth(row, above, filtered, samples);
        }
        file.row(filtered);
        byte[] free = above;
        above = row;
        row = free;
      }
      return file.finish();
    }
  }

  private static void unpack(int[] argb, int from, byte[] row, int samples) {
    int at = samples;
    for (int i = from; at < row.length; i++) {
      int colour = argb[i];
      if (samples > 1) {
        row[at++] = (byte) (colour >> 16);
        row[at++] = (byte) (colour >> 8);
      }
      row[at++] = (byte) colour;
      if (samples == 4) {
        row[at++] = (byte) (colour >> 24);
      }
    }
  }

  private static void paeth(byte[] row, byte[] above, byte[] filtered, int samples) {
    for (int i = samples; i < row.length; i++) {
      int left = row[i - samples] & 0xff;
      int up = above[i] & 0xff;
      int corner = above[i - samples] & 0xff;
      int toLeft = Math.abs(up - corner);
      int toUp = Math.abs(left - corner);
      int toCorner = Math.abs(left + up - 2 * corner);
      int nearest = toLeft <= toUp && toLeft <= toCorner ? left : toUp <= toCorner ? up : corner;
      filtered[1 + i - samples] = (byte) (row[i] - nearest);
    }
  }
}
