package dev.quicklime.internal.kernel.sums;

/**
 * Sums the weights of the rows in which two binary columns are both 1, for every pair of columns.
 * Rows of one weight lie together, so that they are counted as integers and multiplied once.
 *
 * <p>Bits come by column: bit i of a word is the column's value in row i. Columns are grouped by
 * {@link #LANES}, the last group filled up with empty ones; in each group word g of its eight
 * columns stands before word g + 1 of them.
 */
public interface PairCountKernel {

  /** Columns in a group. */
  int LANES = 8;

  /**
   * Adds to the products of every pair of columns whose second one is not in a group before the
   * first one's; others are left alone.
   *
   * @param bits groups · words · {@link #LANES} words
   * @param words words of one column
   * @param groups how many groups of columns
   * @param ends where a class of rows ends, in words, ascending
   * @param weights weight of the rows of each class, finite
   * @param classes how many classes
   * @param products square row-major matrix over all columns, the empty ones included
   */
  void add(
      long[] bits,
      int words,
      int groups,
      int[] ends,
      double[] weights,
      int classes,
      double[] products);
}
