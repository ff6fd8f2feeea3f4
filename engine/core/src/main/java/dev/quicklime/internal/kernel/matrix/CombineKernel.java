package dev.quicklime.internal.kernel.matrix;

/** Subtracts a linear combination of the rows of a matrix. */
public interface CombineKernel {

  /**
   * Writes a row less a combination of others.
   *
   * @param base holds the row that is subtracted from
   * @param from where it starts
   * @param matrix row-major
   * @param stride length of its rows, a multiple of eight
   * @param rows which rows are subtracted
   * @param count how many
   * @param factors their factors
   * @param out receives stride numbers; may be the base, if it is not the matrix
   * @param to where they start
   */
  void subtract(
      double[] base,
      int from,
      double[] matrix,
      int stride,
      int[] rows,
      int count,
      double[] factors,
      double[] out,
      int to);
}
