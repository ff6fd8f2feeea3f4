package dev.quicklime.internal.kernel;

import jdk.incubator.vector.DoubleVector;
import jdk.incubator.vector.VectorSpecies;

/** Holds the sums of two vectors of columns in registers over all rows. */
final class VectorCombineKernel implements CombineKernel {

  private static final VectorSpecies<Double> DOUBLES = VectorWidth.DOUBLES;
  private static final int LENGTH = DOUBLES.length();

  @Override
  public void combine(
      double[] matrix,
      int stride,
      int[] rows,
      int count,
      double[] a,
      double[] b,
      double[] sumA,
      double[] sumB) {
    assert stride % LENGTH == 0 && sumA.length >= stride && sumB.length >= stride;
    int k = 0;
    for (; k + 2 * LENGTH <= stride; k += 2 * LENGTH) {
      two(matrix, stride, rows, count, a, b, sumA, sumB, k);
    }
    for (; k < stride; k += LENGTH) {
      one(matrix, stride, rows, count, a, b, sumA, sumB, k);
    }
  }

  private static void two(
      double[] matrix,
      int stride,
      int[] rows,
      int count,
      double[] a,
      double[] b,
      double[] sumA,
      double[] sumB,
      int k) {
    DoubleVector a0 = DoubleVector.zero(DOUBLES);
    DoubleVector a1 = a0;
    DoubleVector b0 = a0;
    DoubleVector b1 = a0;
    for (int i = 0; i < count; i++) {
      int at = rows[i] * stride + k;
      DoubleVector v0 = DoubleVector.fromArray(DOUBLES, matrix, at);
      DoubleVector v1 = DoubleVector.fromArray(DOUBLES, matrix, at + LENGTH);
      a0 = a0.add(v0.mul(a[i]));
      a1 = a1.add(v1.mul(a[i]));
      b0 = b0.add(v0.mul(b[i]));
      b1 = b1.add(v1.mul(b[i]));
    }
    a0.intoArray(sumA, k);
    a1.intoArray(sumA, k + LENGTH);
    b0.intoArray(sumB, k);
    b1.intoArray(sumB, k + LENGTH);
  }

  private static void one(
      double[] matrix,
      int stride,
      int[] rows,
      int count,
      double[] a,
      double[] b,
      double[] sumA,
      double[] sumB,
      int k) {
    DoubleVector a0 = DoubleVector.zero(DOUBLES);
    DoubleVector b0 = a0;
    for (int i = 0; i < count; i++) {
      DoubleVector v = DoubleVector.fromArray(DOUBLES, matrix, rows[i] * stride + k);
      a0 = a0.add(v.mul(a[i]));
      b0 = b0.add(v.mul(b[i]));
    }
    a0.intoArray(sumA, k);
    b0.intoArray(sumB, k);
  }
}
