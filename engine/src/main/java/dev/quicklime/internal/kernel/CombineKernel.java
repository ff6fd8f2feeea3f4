package dev.quicklime.internal.kernel;

/** Two linear combinations of rows of a matrix. */
public interface CombineKernel {

  /**
   * Writes both combinations.
   *
   * @param matrix row-major
   * @param stride length of its rows, a multiple of eight
   * @param rows which rows are meant
   * @param count how many
   * @param a their factors in the first combination
   * @param b and in the second
   * @param sumA receives stride numbers
   * @param sumB receives stride numbers
   */
  void combine(
      double[] matrix,
      int stride,
      int[] rows,
      int count,
      double[] a,
      double[] b,
      double[] sumA,
      double[] sumB);
}
