package dev.quicklime.internal.kernel.sums;

/**
 * Sums the weights of the rows in which two binary columns are both 1, for eight columns against
 * others, where each of 64 rows has a weight of its own.
 */
public interface PairSumKernel {

  /** Columns that the others are paired with. */
  int LANES = 8;

  /** Rows of a call. */
  int ROWS = Long.SIZE;

  /** Numbers of working memory that a call needs. */
  int SCRATCH = ROWS / 4 * 16 * LANES;

  /**
   * Adds to the sums of the other columns with each of the eight.
   *
   * @param bits bit i of a column's word is its value in row i; columns in groups of eight
   * @param from where the first group stands
   * @param step from one group to the next, ≥ 8
   * @param groups how many groups
   * @param rows words of which a bit is a column
   * @param row where the word of the first of {@link #ROWS} rows stands
   * @param shift which bit of them is the first of the eight columns
   * @param weights finite weights
   * @param weight where that of the first row stands
   * @param sums {@link #LANES} sums for each of the other columns
   * @param scratch {@link #SCRATCH} numbers that may be overwritten
   */
  void add(
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
      double[] scratch);
}
