package dev.quicklime.internal.kernel.matrix;

import dev.quicklime.internal.kernel.machine.VectorWidth;
import java.util.Arrays;
import jdk.incubator.vector.DoubleVector;
import jdk.incubator.vector.VectorShuffle;
import jdk.incubator.vector.VectorSpecies;

/**
 * Works on rows of R, from the eight columns on in which the diagonal is; only where results stand
 * before it, in vectors, the first columns are done one by one.
 */
public final class VectorFactorKernel implements FactorKernel {

  private static final VectorSpecies<Double> DOUBLES = VectorWidth.DOUBLES;
  private static final int LENGTH = DOUBLES.length();
  private static final VectorShuffle<Double> BY_FOUR = turned(4);
  private static final VectorShuffle<Double> BY_TWO = turned(2);
  private static final VectorShuffle<Double> BY_ONE = turned(1);

  private static VectorShuffle<Double> turned(int lanes) {
    return VectorShuffle.iota(DOUBLES, lanes % LENGTH, 1, true);
  }

  @Override
  public boolean factor(double[] matrix, int stride, int size, double[] scratch) {
    assert stride % LENGTH == 0 && size <= stride;
    for (int k = 0; k < size; k++) {
      scratch[k] = matrix[k * stride + k];
    }
    int end = roundUp(size);
    for (int k = 0; k < size; k++) {
      int row = k * stride;
      double pivot = matrix[row + k];
      if (!(pivot > SINGULAR * scratch[k])) {
        return false;
      }
      double scale = 1 / Math.sqrt(pivot);
      for (int j = roundDown(k); j < end; j += LENGTH) {
        DoubleVector.fromArray(DOUBLES, matrix, row + j).mul(scale).intoArray(matrix, row + j);
      }
      for (int i = k + 1; i < size; i++) {
        subtract(matrix, row, matrix[row + i], matrix, i * stride, roundDown(i), end);
      }
    }
    return true;
  }

  @Override
  public void forward(double[] factor, int stride, int size, double[] vector) {
    int end = roundUp(size);
    for (int k = 0; k < size; k++) {
      int row = k * stride;
      double solved = vector[k] / factor[row + k];
      vector[k] = solved;
      int aligned = roundDown(k) + LENGTH;
      for (int j = k + 1; j < Math.min(aligned, size); j++) {
        vector[j] -= solved * factor[row + j];
      }
      subtract(factor, row, solved, vector, 0, aligned, end);
    }
  }

  @Override
  public void backward(double[] factor, int stride, int size, double[] a, double[] b) {
    Arrays.fill(a, size, stride, 0);
    Arrays.fill(b, size, stride, 0);
    int end = roundUp(size);
    for (int k = size - 1; k >= 0; k--) {
      int row = k * stride;
      int aligned = roundDown(k) + LENGTH;
      DoubleVector dotA = DoubleVector.zero(DOUBLES);
      DoubleVector dotB = dotA;
      for (int j = aligned; j < end; j += LENGTH) {
        DoubleVector v = DoubleVector.fromArray(DOUBLES, factor, row + j);
        dotA = dotA.add(v.mul(DoubleVector.fromArray(DOUBLES, a, j)));
        dotB = dotB.add(v.mul(DoubleVector.fromArray(DOUBLES, b, j)));
      }
      double restA = a[k] - total(dotA);
      double restB = b[k] - total(dotB);
      for (int j = Math.min(aligned, size) - 1; j > k; j--) {
        restA -= a[j] * factor[row + j];
        restB -= b[j] * factor[row + j];
      }
      double inverse = 1 / factor[row + k];
      a[k] = restA * inverse;
      b[k] = restB * inverse;
    }
  }

  @Override
  public void restore(double[] factor, int stride, int from, int size, double[] rows) {
    int end = roundUp(size);
    for (int k = from; k < size; k++) {
      int upper = k * stride;
      int lower = upper + stride;
      double a = factor[upper + k];
      double b = factor[lower + k];
      double length = Math.sqrt(a * a + b * b);
      rotate(factor, upper, lower, a / length, b / length, roundDown(k), end);
      rotate(rows, upper, lower, a / length, b / length, 0, stride);
    }
  }

  private static int roundDown(int column) {
    return column & -LENGTH;
  }

  private static int roundUp(int column) {
    return (column + LENGTH - 1) & -LENGTH;
  }

  private static void subtract(
      double[] row, int from, double factor, double[] target, int to, int start, int end) {
    DoubleVector f = DoubleVector.broadcast(DOUBLES, factor);
    for (int j = start; j < end; j += LENGTH) {
      DoubleVector.fromArray(DOUBLES, target, to + j)
          .sub(DoubleVector.fromArray(DOUBLES, row, from + j).mul(f))
          .intoArray(target, to + j);
    }
  }

  /**
   * In an order of its own: that of {@code reduceLanes} is left open, and changes when a method
   * gets compiled.
   */
  private static double total(DoubleVector sum) {
    if (LENGTH == 2) {
      return sum.lane(0) + sum.lane(1);
    }
    DoubleVector halves = LENGTH > 4 ? sum.add(sum.rearrange(BY_FOUR)) : sum;
    DoubleVector quarters = halves.add(halves.rearrange(BY_TWO));
    return quarters.add(quarters.rearrange(BY_ONE)).lane(0);
  }

  private static void rotate(
      double[] factor, int upper, int lower, double cosine, double sine, int start, int end) {
    DoubleVector c = DoubleVector.broadcast(DOUBLES, cosine);
    DoubleVector s = DoubleVector.broadcast(DOUBLES, sine);
    for (int j = start; j < end; j += LENGTH) {
      DoubleVector u = DoubleVector.fromArray(DOUBLES, factor, upper + j);
      DoubleVector l = DoubleVector.fromArray(DOUBLES, factor, lower + j);
      u.mul(c).add(l.mul(s)).intoArray(factor, upper + j);
      l.mul(c).sub(u.mul(s)).intoArray(factor, lower + j);
    }
  }
}
