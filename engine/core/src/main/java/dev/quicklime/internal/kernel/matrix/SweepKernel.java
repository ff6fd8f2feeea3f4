package dev.quicklime.internal.kernel.matrix;

/** One pass of coordinate descent over a quadratic form with an ℓ1 penalty. */
public interface SweepKernel {

  /**
   * Minimises over one coordinate after the other and keeps the gradient up to date.
   *
   * @param matrix symmetric, row-major, rows filled up with zeros
   * @param stride length of its rows, a multiple of eight
   * @param size how many coordinates there are, ≤ stride
   * @param flat coordinates with a curvature up to this are set to 0
   * @param alpha weight of the penalty, ≥ 0
   * @param beta coordinates, changed in place
   * @param gradient what the matrix times the coordinates lacks of the linear term, stride numbers,
   *     changed in place
   * @return the largest change of a coordinate
   */
  double sweep(
      double[] matrix,
      int stride,
      int size,
      double flat,
      double alpha,
      double[] beta,
      double[] gradient);
}
