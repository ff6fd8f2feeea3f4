package dev.quicklime.internal.format;

import dev.quicklime.InvalidInputException;
import java.util.Arrays;
import java.util.zip.DataFormatException;
import java.util.zip.Inflater;

/**
 * How a PNG's pixels lie in its compressed data.
 *
 * @param width columns
 * @param height rows
 * @param bitDepth bits of one sample
 * @param colorType 0 gray, 2 RGB, 3 palette, 4 gray and alpha, 6 RGB and alpha
 * @param interlaced whether the rows come in seven passes
 */
record PngLayout(long width, long height, int bitDepth, int colorType, boolean interlaced) {
  private static final int HEADER_LENGTH = 13;
  private static final int[] PASS_X = {0, 4, 0, 2, 0, 1, 0};
  private static final int[] PASS_Y = {0, 0, 4, 0, 2, 0, 1};
  private static final int[] STEP_X = {8, 8, 4, 4, 2, 2, 1};
  private static final int[] STEP_Y = {8, 8, 8, 4, 4, 2, 2};
  private static final int LAST_FILTER = 4;

  /** No deflated byte holds more than this. */
  private static final int MOST_DEFLATED = 1032;

  static PngLayout of(byte[] header) {
    if (header.length != HEADER_LENGTH) {
      throw new InvalidInputException("a PNG's header must be of 13 bytes, got " + header.length);
    }
    Bytes bytes = new Bytes(header);
    int bitDepth = bytes.u8(8);
    int colorType = bytes.u8(9);
    boolean known =
        switch (colorType) {
          case 0 ->
              bitDepth == 1 || bitDepth == 2 || bitDepth == 4 || bitDepth == 8 || bitDepth == 16;
          case 3 -> bitDepth == 1 || bitDepth == 2 || bitDepth == 4 || bitDepth == 8;
          case 2, 4, 6 -> bitDepth == 8 || bitDepth == 16;
          default -> false;
        };
    if (!known || bytes.u8(10) != 0 || bytes.u8(11) != 0 || bytes.u8(12) > 1) {
      throw new InvalidInputException(
          "a PNG must have a colour type and bit depth of the format, got type %d with %d bits"
              .formatted(colorType, bitDepth));
    }
    return new PngLayout(bytes.u32be(0), bytes.u32be(4), bitDepth, colorType, bytes.u8(12) == 1);
  }

  boolean hasAlpha() {
    return colorType == 4 || colorType == 6;
  }

  /** Samples of a pixel as stored. */
  int samples() {
    return switch (colorType) {
      case 2 -> 3;
      case 4 -> 2;
      case 6 -> 4;
      default -> 1;
    };
  }

  /**
   * Inflates the pixels once, keeping none, to see that they are whole.
   *
   * @return the compressed data without what may follow it
   */
  byte[] checkedPixels(byte[] compressed) {
    // Before a row is allocated: a hundred bytes may announce rows of a hundred million.
    long bits = width * samples() * bitDepth;
    if (height > 0
        && Math.ceilDiv(bits, 8L) > (MOST_DEFLATED * (long) compressed.length) / height) {
      throw damaged("too little data");
    }
    Inflater inflater = new Inflater();
    try {
      inflater.setInput(compressed);
      if (interlaced) {
        for (int pass = 0; pass < PASS_X.length; pass++) {
          long columns = Math.ceilDiv(width - PASS_X[pass], (long) STEP_X[pass]);
          long rows = Math.ceilDiv(height - PASS_Y[pass], (long) STEP_Y[pass]);
          if (columns > 0 && rows > 0) {
            checkRows(inflater, columns, rows);
          }
        }
      } else {
        checkRows(inflater, width, height);
      }
      // The checksum of the stream is only compared once its end is asked for.
      int surplus = inflater.inflate(new byte[1]);
      if (surplus > 0 || !inflater.finished()) {
        throw damaged("more data than pixels");
      }
      return Arrays.copyOf(compressed, Math.toIntExact(inflater.getBytesRead()));
    } catch (DataFormatException e) {
      InvalidInputException damaged = damaged(String.valueOf(e.getMessage()));
      damaged.addSuppressed(e);
      throw damaged;
    } finally {
      inflater.end();
    }
  }

  private void checkRows(Inflater inflater, long columns, long rows) throws DataFormatException {
    long bits = columns * samples() * bitDepth;
    byte[] row = new byte[Math.toIntExact(1 + Math.ceilDiv(bits, 8L))];
    for (long y = 0; y < rows; y++) {
      int filled = 0;
      while (filled < row.length) {
        int count = inflater.inflate(row, filled, row.length - filled);
        if (count == 0) {
          throw damaged("too little data");
        }
        filled += count;
      }
      if (row[0] < 0 || row[0] > LAST_FILTER) {
        throw damaged("an unknown row filter");
      }
    }
  }

  private static InvalidInputException damaged(String what) {
    return new InvalidInputException("a PNG's pixels must be whole, got damaged data: " + what);
  }
}
