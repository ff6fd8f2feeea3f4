package dev.quicklime.internal.kernel.matrix;

import dev.quicklime.internal.kernel.machine.VectorWidth;
import jdk.incubator.vector.DoubleVector;
import jdk.incubator.vector.VectorSpecies;

/** Passes over coordinates that stay 0 at once; rounds as the scalar loop does. */
public final class VectorSweepKernel implements SweepKernel {

  private static final VectorSpecies<Double> DOUBLES = VectorWidth.DOUBLES;

  @Override
  public double sweep(
      double[] matrix,
      int stride,
      int size,
      double flat,
      double alpha,
      double[] beta,
      double[] gradient) {
    assert stride % DOUBLES.length() == 0 && gradient.length >= stride;
    double largest = 0;
    for (int j = 0; j < size; j++) {
      double old = beta[j];
      double partial = gradient[j];
      if (old == 0 && Math.abs(partial) <= alpha) {
        continue;
      }
      double curvature = matrix[j * stride + j];
      double next = 0;
      if (curvature > flat) {
        partial += curvature * old;
        double magnitude = Math.abs(partial) - alpha;
        next = magnitude > 0 ? Math.copySign(magnitude, partial) / curvature : 0;
      }
      double step = next - old;
      if (step != 0) {
        beta[j] = next;
        subtract(matrix, j * stride, stride, step, gradient);
        largest = Math.max(largest, Math.abs(step));
      }
    }
    return largest;
  }

  private static void subtract(double[] row, int from, int length, double step, double[] to) {
    DoubleVector factor = DoubleVector.broadcast(DOUBLES, step);
    for (int k = 0; k < length; k += DOUBLES.length()) {
      DoubleVector.fromArray(DOUBLES, to, k)
          .sub(DoubleVector.fromArray(DOUBLES, row, from + k).mul(factor))
          .intoArray(to, k);
    }
  }
}
