package dev.quicklime.internal.kernel.sums;

/** The specification: bit i of column j is bit j of row i. */
public final class ScalarTransposeKernel implements TransposeKernel {

  @Override
  public void transpose(long[] rows, long[] columns, int to, int step, long[] scratch) {
    for (int j = 0; j < SIDE; j++) {
      long column = 0;
      for (int i = 0; i < SIDE; i++) {
        column |= ((rows[TransposeKernel.place(i)] >>> j) & 1) << i;
      }
      columns[to + j / 8 * step + j % 8] = column;
    }
  }
}
