package dev.quicklime.internal.kernel.sums;

/**
 * The specification: {@code sums[j][lane] += Σ weights[i]} over the rows i in which both column j
 * and bit {@code shift + lane} of the row's word are set.
 */
public final class ScalarPairSumKernel implements PairSumKernel {

  @Override
  public void add(
      long[] bits,
      int from,
      int step,
      int groups,
      long[] rows,
      int row,
      int shift,
      double[] weights,
      int weight,
      double[] sums,
      double[] scratch) {
    for (int j = 0; j < groups * 8; j++) {
      for (long left = bits[from + j / 8 * step + j % 8]; left != 0; left &= left - 1) {
        int i = Long.numberOfTrailingZeros(left);
        for (int lane = 0; lane < LANES; lane++) {
          if ((rows[row + i] >>> (shift + lane) & 1) != 0) {
            sums[j * LANES + lane] += weights[weight + i];
          }
        }
      }
    }
  }
}
