package dev.quicklime.cli.report;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.zip.CRC32;
import java.util.zip.Deflater;

/**
 * Encodes figures as PNG, 8 bits for each of three colours. The JDK's writer leaves the rows of
 * colour pictures unfiltered, which makes photographs a third longer; a page that holds a dozen of
 * them feels it.
 */
final class Png {

  private static final byte[] SIGNATURE = {(byte) 0x89, 'P', 'N', 'G', '\r', '\n', 0x1a, '\n'};
  private static final byte[] FORMAT = {8, 2, 0, 0, 0};
  private static final int CHANNELS = 3;
  private static final int FILTERS = 5;

  private Png() {}

  /** Encodes rows of colours, each 0xRRGGBB. */
  static byte[] encode(int width, int height, int[] rgb) {
    ByteArrayOutputStream out = new ByteArrayOutputStream(width * height);
    out.writeBytes(SIGNATURE);
    chunk(
        out,
        "IHDR",
        ByteBuffer.allocate(8 + FORMAT.length).putInt(width).putInt(height).put(FORMAT).array());
    chunk(out, "IDAT", compressed(filtered(width, height, rgb)));
    chunk(out, "IEND", new byte[0]);
    return out.toByteArray();
  }

  private static void chunk(ByteArrayOutputStream out, String type, byte[] data) {
    byte[] body =
        ByteBuffer.allocate(4 + data.length)
            .put(type.getBytes(StandardCharsets.US_ASCII))
            .put(data)
            .array();
    CRC32 crc = new CRC32();
    crc.update(body);
    out.writeBytes(ByteBuffer.allocate(4).putInt(data.length).array());
    out.writeBytes(body);
    out.writeBytes(ByteBuffer.allocate(4).putInt((int) crc.getValue()).array());
  }

  private static byte[] compressed(byte[] data) {
    Deflater deflater = new Deflater(Deflater.DEFAULT_COMPRESSION);
    ByteArrayOutputStream out = new ByteArrayOutputStream(data.length / 2);
    try {
      deflater.setInput(data);
      deflater.finish();
      byte[] part = new byte[1 << 16];
      while (!deflater.finished()) {
        out.write(part, 0, deflater.deflate(part));
      }
    } finally {
      deflater.end();
    }
    return out.toByteArray();
  }

  /** Every row as the difference from a prediction, with the filter that leaves the least of it. */
  private static byte[] filtered(int width, int height, int[] rgb) {
    int length = width * CHANNELS;
    byte[] out = new byte[height * (length + 1)];
    byte[] above = new byte[length];
    byte[] row = new byte[length];
    byte[] best = new byte[length];
    byte[] candidate = new byte[length];
    for (int y = 0; y < height; y++) {
      for (int x = 0, at = 0; x < width; x++) {
        int colour = rgb[y * width + x];
        row[at++] = (byte) (colour >> 16);
        row[at++] = (byte) (colour >> 8);
        row[at++] = (byte) colour;
      }
      long least = Long.MAX_VALUE;
      int chosen = 0;
      for (int filter = 0; filter < FILTERS; filter++) {
        long left = filter(filter, row, above, candidate);
        if (left < least) {
          least = left;
          chosen = filter;
          byte[] swapped = best;
          best = candidate;
          candidate = swapped;
        }
      }
      out[y * (length + 1)] = (byte) chosen;
      System.arraycopy(best, 0, out, y * (length + 1) + 1, length);
      byte[] swapped = above;
      above = row;
      row = swapped;
    }
    return out;
  }

  private static long filter(int filter, byte[] row, byte[] above, byte[] out) {
    long sum = 0;
    for (int i = 0; i < row.length; i++) {
      int left = i < CHANNELS ? 0 : row[i - CHANNELS] & 0xff;
      int up = above[i] & 0xff;
      int prediction =
          switch (filter) {
            case 0 -> 0;
            case 1 -> left;
            case 2 -> up;
            case 3 -> (left + up) / 2;
            default -> paeth(left, up, i < CHANNELS ? 0 : above[i - CHANNELS] & 0xff);
          };
      out[i] = (byte) (row[i] - prediction);
      sum += Math.abs(out[i]);
    }
    return sum;
  }

  private static int paeth(int left, int up, int corner) {
    int estimate = left + up - corner;
    int toLeft = Math.abs(estimate - left);
    int toUp = Math.abs(estimate - up);
    int toCorner = Math.abs(estimate - corner);
    if (toLeft <= toUp && toLeft <= toCorner) {
      return left;
    }
    return toUp <= toCorner ? up : corner;
  }
}
