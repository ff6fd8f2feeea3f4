package dev.quicklime.internal.kernel.matrix;

import dev.quicklime.internal.kernel.machine.VectorWidth;
import jdk.incubator.vector.DoubleVector;
import jdk.incubator.vector.VectorSpecies;

/**
 * Holds four vectors of the result in registers over all rows: their subtractions need not wait for
 * each other.
 */
public final class VectorCombineKernel implements CombineKernel {

  private static final VectorSpecies<Double> DOUBLES = VectorWidth.DOUBLES;
  private static final int LENGTH = DOUBLES.length();

  @Override
  public void subtract(
      double[] base,
      int from,
      double[] matrix,
      int stride,
      int[] rows,
      int count,
      double[] factors,
      double[] out,
      int to) {
    assert stride % LENGTH == 0 && out.length >= to + stride;
    int k = 0;
    for (; k + 4 * LENGTH <= stride; k += 4 * LENGTH) {
      four(base, from + k, matrix, k, stride, rows, count, factors, out, to + k);
    }
    for (; k < stride; k += LENGTH) {
      one(base, from + k, matrix, k, stride, rows, count, factors, out, to + k);
    }
  }

  private static void four(
      double[] base,
      int from,
      double[] matrix,
      int column,
      int stride,
      int[] rows,
      int count,
      double[] factors,
      double[] out,
      int to) {
    DoubleVector left0 = DoubleVector.fromArray(DOUBLES, base, from);
    DoubleVector left1 = DoubleVector.fromArray(DOUBLES, base, from + LENGTH);
    DoubleVector left2 = DoubleVector.fromArray(DOUBLES, base, from + 2 * LENGTH);
    DoubleVector left3 = DoubleVector.fromArray(DOUBLES, base, from + 3 * LENGTH);
    for (int i = 0; i < count; i++) {
      int at = rows[i] * stride + column;
      DoubleVector factor = DoubleVector.broadcast(DOUBLES, factors[i]);
      left0 = left0.sub(DoubleVector.fromArray(DOUBLES, matrix, at).mul(factor));
      left1 = left1.sub(DoubleVector.fromArray(DOUBLES, matrix, at + LENGTH).mul(factor));
      left2 = left2.sub(DoubleVector.fromArray(DOUBLES, matrix, at + 2 * LENGTH).mul(factor));
      left3 = left3.sub(DoubleVector.fromArray(DOUBLES, matrix, at + 3 * LENGTH).mul(factor));
    }
    left0.intoArray(out, to);
    left1.intoArray(out, to + LENGTH);
    left2.intoArray(out, to + 2 * LENGTH);
    left3.intoArray(out, to + 3 * LENGTH);
  }

  private static void one(
      double[] base,
      int from,
      double[] matrix,
      int column,
      int stride,
      int[] rows,
      int count,
      double[] factors,
      double[] out,
      int to) {
    DoubleVector left = DoubleVector.fromArray(DOUBLES, base, from);
    for (int i = 0; i < count; i++) {
      left =
          left.sub(
              DoubleVector.fromArray(DOUBLES, matrix, rows[i] * stride + column).mul(factors[i]));
    }
    left.intoArray(out, to);
  }
}
