package dev.quicklime.internal.fit.sums;

import dev.quicklime.design.MaskMatrix;
import dev.quicklime.internal.kernel.sums.PairCountKernel;

/**
 * Counts in how many of some rows two columns are both 1, piece by piece, however many these are.
 * For one thread.
 */
final class ClassCounter {

  private final PairCountKernel kernel;
  private final ColumnBits columns;
  private final int[] ends = new int[1];
  private final double[] once = {1};

  ClassCounter(PairCountKernel kernel, ColumnBits columns) {
    this.kernel = kernel;
    this.columns = columns;
  }

  /** Words of a column that are counted at once. */
  static int capacity(int stride) {
    return Math.max(8, GramBuilder.BLOCK / stride);
  }

  /**
   * Adds to the counts of every pair of columns, of which the second one is not in a group before
   * the first one's.
   *
   * @param order numbers of rows
   * @param from index of the first of them that is counted
   * @param to after the last
   * @param counts square matrix over all columns, filled up to whole groups
   */
  void add(MaskMatrix masks, int[] order, int from, int to, double[] counts) {
    int groups = ColumnBits.groups(masks.columns());
    int block = capacity(groups * ColumnBits.LANES) * ColumnBits.ROWS;
    for (int first = from; first < to; first += block) {
      int end = Math.min(to, first + block);
      ends[0] = (end - first + ColumnBits.ROWS - 1) / ColumnBits.ROWS;
      columns.resize(masks, ends[0]);
      columns.put(0, masks, order, first, end);
      kernel.add(columns.bits(), ends[0], groups, ends, once, 1, counts);
    }
  }
}
