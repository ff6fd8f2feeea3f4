package dev.quicklime.internal.kernel.sums;

/** Sums the numbers of those of 64 rows that a binary column marks, for every column. */
public interface ColumnSumKernel {

  /** Numbers that each row has. */
  int SERIES = 3;

  /** Rows of a call. */
  int ROWS = Long.SIZE;

  /** Numbers of working memory that a call needs. */
  int SCRATCH = 64 * 8 * SERIES;

  /**
   * Adds to the sums of every column.
   *
   * @param bits bit i of a column's word marks row i; columns in groups of eight
   * @param from where the first group stands
   * @param step from one group to the next, ≥ 8
   * @param groups how many groups
   * @param values {@link #SERIES} times {@link #ROWS} finite numbers, one series after the other
   * @param sums {@link #SERIES} times 8 · groups sums, one series after the other
   * @param scratch {@link #SCRATCH} numbers that may be overwritten
   */
  void add(
      long[] bits,
      int from,
      int step,
      int groups,
      double[] values,
      double[] sums,
      double[] scratch);
}
