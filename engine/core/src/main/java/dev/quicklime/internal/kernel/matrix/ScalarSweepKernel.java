package dev.quicklime.internal.kernel.matrix;

/**
 * The specification: for j = 0, 1, …, with p = g_j + C_jj·β_j, β_j becomes sign(p)·max(|p| − α, 0)
 * / C_jj, and g loses the change times row j of C.
 */
public final class ScalarSweepKernel implements SweepKernel {

  @Override
  public double sweep(
      double[] matrix,
      int stride,
      int size,
      double flat,
      double alpha,
      double[] beta,
      double[] gradient) {
    double largest = 0;
    for (int j = 0; j < size; j++) {
      double curvature = matrix[j * stride + j];
      double next = 0;
      if (curvature > flat) {
        double partial = gradient[j] + curvature * beta[j];
        double magnitude = Math.abs(partial) - alpha;
        next = magnitude > 0 ? Math.copySign(magnitude, partial) / curvature : 0;
      }
      double step = next - beta[j];
      if (step != 0) {
        beta[j] = next;
        for (int k = 0; k < stride; k++) {
          gradient[k] -= step * matrix[j * stride + k];
        }
        largest = Math.max(largest, Math.abs(step));
      }
    }
    return largest;
  }
}
