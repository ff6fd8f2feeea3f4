package dev.quicklime.internal.kernel.sums;

/**
 * The specification: {@code products[j][k] += Σ weights[c] · (number of bits that are 1 in both
 * columns in the words of class c)}, one class after the other.
 */
public final class ScalarPairCountKernel implements PairCountKernel {

  @Override
  public void add(
      long[] bits,
      int words,
      int groups,
      int[] ends,
      double[] weights,
      int classes,
      double[] products) {
    int columns = groups * LANES;
    for (int j = 0; j < columns; j++) {
      for (int k = j / LANES * LANES; k < columns; k++) {
        double sum = products[j * columns + k];
        for (int c = 0, word = 0; c < classes; c++) {
          long count = 0;
          for (; word < ends[c]; word++) {
            count += Long.bitCount(bits[index(j, word, words)] & bits[index(k, word, words)]);
          }
          sum += weights[c] * count;
        }
        products[j * columns + k] = sum;
      }
    }
  }

  private static int index(int column, int word, int words) {
    return (column / LANES * words + word) * LANES + column % LANES;
  }
}
