package dev.quicklime.design;

import java.util.stream.IntStream;

/** Draws the masks of a {@link FoldedHadamard}. */
final class HadamardRows {

  private HadamardRows() {}

  /** Whether rows are followed by their complements: where there are enough for a whole block. */
  static boolean folded(int samples, int superpixels) {
    return folded(samples, HadamardMatrix.atLeast(superpixels + 1));
  }

  private static boolean folded(int samples, HadamardMatrix matrix) {
    return samples >= 2L * matrix.order();
  }

  /**
   * Fills in all rows but row 0.
   *
   * @param words rows of masks, row by row; bits must be 0
   */
  static void fill(int samples, int superpixels, long seed, long[] words) {
    HadamardMatrix matrix = HadamardMatrix.atLeast(superpixels + 1);
    int order = matrix.order();
    boolean folded = folded(samples, matrix);
    int perRow = MaskMatrix.wordsPerRow(superpixels);
    int sources = Math.min(order, folded ? (samples + 1) / 2 : samples);
    long[][] rows = new long[order][];
    Draws draws = new Draws(seed);
    int[] rowOrder = IntStream.range(0, order).toArray();
    // The first column is constant: in a fit it would be the intercept's.
    int[] columns = IntStream.range(1, order).toArray();
    long[] signs = new long[perRow];
    long lastWord = -1L >>> (63 - (superpixels - 1) % 64);
    int row = 1;
    while (row <= samples) {
      draws.shuffle(columns, superpixels);
      for (int word = 0; word < perRow; word++) {
        signs[word] = draws.next();
      }
      signs[perRow - 1] &= lastWord;
      draws.shuffle(rowOrder, Math.min(order - 1, sources));
      for (int i = 0; i < order && row <= samples; i++) {
        int source = rowOrder[i];
        if (rows[source] == null) {
          rows[source] = new long[(order + 63) >>> 6];
          matrix.row(source, rows[source]);
        }
        int at = row * perRow;
        gather(rows[source], columns, superpixels, signs, words, at);
        row++;
        if (folded) {
          PairedRows.complete(words, at, superpixels);
          row++;
        }
      }
    }
  }

  /** Picks a row's bits at the columns, and turns those over whose sign is −1. */
  private static void gather(
      long[] row, int[] columns, int count, long[] signs, long[] words, int at) {
    for (int word = 0, first = 0; first < count; word++, first += Long.SIZE) {
      int end = Math.min(count, first + Long.SIZE);
      long bits = 0;
      for (int j = first; j < end; j++) {
        int column = columns[j];
        bits |= (row[column >>> 6] >>> column & 1) << j;
      }
      words[at + word] = bits ^ signs[word];
    }
  }
}
