package dev.quicklime.internal.fit.twophase;

import dev.quicklime.design.MaskMatrix;

/**
 * {@link MaskMatrix#sumShown} for many rows: sums over all that eight superpixels can show are
 * looked up, instead of one superpixel after the other being added. Rows are added up in another
 * order, so that sums differ by rounding.
 */
final class ShownSums {

  private static final int ENTRIES = 1 << Byte.SIZE;
  private static final int BYTES_PER_WORD = Long.SIZE / Byte.SIZE;

  /** For each eight superpixels the sums of all 256 ways in which they are shown. */
  private final double[] tables;

  private final int bytes;

  /**
   * Prepares the tables.
   *
   * @param numbers one for each superpixel
   */
  ShownSums(double[] numbers) {
    bytes = (numbers.length + Byte.SIZE - 1) / Byte.SIZE;
    tables = new double[bytes * ENTRIES];
    for (int b = 0; b < bytes; b++) {
      for (int entry = 1; entry < ENTRIES; entry++) {
        int last = Integer.numberOfTrailingZeros(Integer.highestOneBit(entry));
        int superpixel = b * Byte.SIZE + last;
        double number = superpixel < numbers.length ? numbers[superpixel] : 0;
        tables[b * ENTRIES + entry] = tables[b * ENTRIES + (entry ^ (1 << last))] + number;
      }
    }
  }

  /** The sums of all rows of masks with as many superpixels, each beginning with a number. */
  double[] of(MaskMatrix masks, double start) {
    double[] sums = new double[masks.rows()];
    for (int row = 0; row < sums.length; row++) {
      double sum = start;
      for (int b = 0; b < bytes; b += BYTES_PER_WORD) {
        long word = masks.word(row, b / BYTES_PER_WORD);
        int end = Math.min(bytes, b + BYTES_PER_WORD);
        for (int i = b; i < end; i++) {
          sum += tables[i * ENTRIES + (int) (word & (ENTRIES - 1))];
          word >>>= Byte.SIZE;
        }
      }
      sums[row] = sum;
    }
    return sums;
  }
}
