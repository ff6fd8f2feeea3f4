package dev.quicklime.design;

import java.util.stream.IntStream;

/** Draws the masks of a {@link FoldedHadamard}. */
final class HadamardRows implements RowStream {

  private final HadamardMatrix matrix;
  private final int superpixels;
  private final int perRow;
  private final boolean folded;
  private final int sources;
  private final long[][] rows;
  private final Draws draws;
  private final int[] rowOrder;
  private final int[] columns;
  private final long[] signs;
  private int taken;

  /**
   * Nothing is drawn yet.
   *
   * @param samples rows that are drawn in all, which decide whether they are folded
   */
  HadamardRows(int samples, int superpixels, long seed) {
    this.superpixels = superpixels;
    perRow = MaskMatrix.wordsPerRow(superpixels);
    matrix = HadamardMatrix.atLeast(superpixels + 1);
    int order = matrix.order();
    folded = folded(samples, matrix);
    sources = Math.min(order, folded ? samples / 2 + samples % 2 : samples);
    rows = new long[order][];
    draws = new Draws(seed);
    rowOrder = IntStream.range(0, order).toArray();
    // The first column is constant: in a fit it would be the intercept's.
    columns = IntStream.range(1, order).toArray();
    signs = new long[perRow];
    taken = order;
  }

  /** Whether rows are followed by their complements: where there are enough for a whole block. */
  static boolean folded(int samples, int superpixels) {
    return folded(samples, HadamardMatrix.atLeast(superpixels + 1));
  }

  private static boolean folded(int samples, HadamardMatrix matrix) {
    return samples >= 2L * matrix.order();
  }

  @Override
  public int unit() {
    return folded ? 2 : 1;
  }

  @Override
  public void next(long[] words, int at, int count) {
    int end = at + count * perRow;
    int step = unit() * perRow;
    for (int first = at; first < end; first += step) {
      if (taken == matrix.order()) {
        begin();
      }
      int source = rowOrder[taken++];
      if (rows[source] == null) {
        rows[source] = new long[(matrix.order() + 63) >>> 6];
        matrix.row(source, rows[source]);
      }
      gather(rows[source], words, first);
      if (folded) {
        PairedRows.complete(words, first, end, superpixels);
      }
    }
  }

  /** Draws columns, signs and the order of rows of the next block. */
  private void begin() {
    draws.shuffle(columns, superpixels);
    for (int word = 0; word < perRow; word++) {
      signs[word] = draws.next();
    }
    signs[perRow - 1] &= MaskMatrix.lastWord(superpixels);
    draws.shuffle(rowOrder, Math.min(matrix.order() - 1, sources));
    taken = 0;
  }

  /** Picks a row's bits at the columns, and turns those over whose sign is −1. */
  private void gather(long[] row, long[] words, int at) {
    for (int word = 0, first = 0; first < superpixels; word++, first += Long.SIZE) {
      int end = Math.min(superpixels, first + Long.SIZE);
      long bits = 0;
      for (int j = first; j < end; j++) {
        int column = columns[j];
        bits |= (row[column >>> 6] >>> column & 1) << j;
      }
      words[at + word] = bits ^ signs[word];
    }
  }
}
