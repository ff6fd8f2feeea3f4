package dev.quicklime.internal.kernel.sums;

/**
 * The specification: {@code sums[s][j] += Σ values[s][i]} over the bits i that column j has set.
 */
public final class ScalarColumnSumKernel implements ColumnSumKernel {

  @Override
  public void add(
      long[] bits,
      int from,
      int step,
      int groups,
      double[] values,
      double[] sums,
      double[] scratch) {
    for (int j = 0; j < groups * 8; j++) {
      for (long left = bits[from + j / 8 * step + j % 8]; left != 0; left &= left - 1) {
        int row = Long.numberOfTrailingZeros(left);
        for (int s = 0; s < SERIES; s++) {
          sums[s * groups * 8 + j] += values[s * ROWS + row];
        }
      }
    }
  }
}
