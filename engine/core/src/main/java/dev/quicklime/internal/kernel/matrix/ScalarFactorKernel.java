package dev.quicklime.internal.kernel.matrix;

import java.util.Arrays;

/**
 * The specification: row k of R is that of what is left of A, divided by the root of its diagonal
 * element; the rows under it lose their part of it. Solving goes from the first unknown to the last
 * for Rᵀ, from the last to the first for R. Rotations of two neighbouring rows, after Givens,
 * remove the elements under the diagonal.
 */
public final class ScalarFactorKernel implements FactorKernel {

  @Override
  public boolean factor(double[] matrix, int stride, int size, double[] scratch) {
    for (int k = 0; k < size; k++) {
      scratch[k] = matrix[k * stride + k];
    }
    for (int k = 0; k < size; k++) {
      double pivot = matrix[k * stride + k];
      if (!(pivot > SINGULAR * scratch[k])) {
        return false;
      }
      double scale = 1 / Math.sqrt(pivot);
      for (int j = k; j < size; j++) {
        matrix[k * stride + j] *= scale;
      }
      for (int i = k + 1; i < size; i++) {
        for (int j = i; j < size; j++) {
          matrix[i * stride + j] -= matrix[k * stride + i] * matrix[k * stride + j];
        }
      }
    }
    return true;
  }

  @Override
  public void forward(double[] factor, int stride, int size, double[] vector) {
    for (int k = 0; k < size; k++) {
      vector[k] /= factor[k * stride + k];
      for (int j = k + 1; j < size; j++) {
        vector[j] -= vector[k] * factor[k * stride + j];
      }
    }
  }

  @Override
  public void backward(double[] factor, int stride, int size, double[] a, double[] b) {
    backward(factor, stride, size, a);
    backward(factor, stride, size, b);
  }

  private static void backward(double[] factor, int stride, int size, double[] vector) {
    Arrays.fill(vector, size, stride, 0);
    for (int k = size - 1; k >= 0; k--) {
      double sum = vector[k];
      for (int j = k + 1; j < size; j++) {
        sum -= vector[j] * factor[k * stride + j];
      }
      vector[k] = sum / factor[k * stride + k];
    }
  }

  @Override
  public void restore(double[] factor, int stride, int from, int size, double[] rows) {
    for (int k = from; k < size; k++) {
      double a = factor[k * stride + k];
      double b = factor[(k + 1) * stride + k];
      double length = Math.sqrt(a * a + b * b);
      rotate(factor, k, k, stride, size, a / length, b / length);
      rotate(rows, k, 0, stride, stride, a / length, b / length);
    }
  }

  /** Rotates row k and the one after it. */
  private static void rotate(
      double[] matrix, int k, int start, int stride, int end, double cosine, double sine) {
    for (int j = start; j < end; j++) {
      double upper = matrix[k * stride + j];
      double lower = matrix[(k + 1) * stride + j];
      matrix[k * stride + j] = cosine * upper + sine * lower;
      matrix[(k + 1) * stride + j] = cosine * lower - sine * upper;
    }
  }
}
