package dev.quicklime.internal.kernel.matrix;

/**
 * Cholesky factors A = RᵀR of symmetric positive definite matrices. R is upper triangular and
 * row-major; what stands under its diagonal or past its last column must be finite, means nothing
 * and may be overwritten. Rows are a multiple of eight long, and so are vectors.
 */
public interface FactorKernel {

  /** A pivot up to this share of its diagonal element is zero but for rounding. */
  double SINGULAR = 1e-12;

  /**
   * Replaces the upper triangle of A by R.
   *
   * @param scratch size numbers that may be overwritten
   * @return whether A is positive definite; otherwise the matrix is of no use any more
   */
  boolean factor(double[] matrix, int stride, int size, double[] scratch);

  /** Solves Rᵀx = b in place of b. */
  void forward(double[] factor, int stride, int size, double[] vector);

  /** Solves Rx = a and Rx = b in place of a and b; sets what stands past them to 0. */
  void backward(double[] factor, int stride, int size, double[] a, double[] b);

  /**
   * Mends a factor after the column {@code from} was taken out of it, so that it has one row more
   * than columns and an element under the diagonal in each column from there on.
   *
   * @param size columns that are left
   * @param rows another matrix with rows of the same length, which are rotated as those of R are
   */
  void restore(double[] factor, int stride, int from, int size, double[] rows);
}
