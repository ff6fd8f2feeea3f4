package dev.quicklime.internal.kernel.sums;

import dev.quicklime.internal.kernel.machine.VectorWidth;
import jdk.incubator.vector.DoubleVector;
import jdk.incubator.vector.LongVector;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorSpecies;

/**
 * Holds the sums of four columns against a vector of others in registers over all rows. It rounds
 * where the scalar loop does, hence gives the same bits.
 */
public final class VectorPairCountKernel implements PairCountKernel {

  private static final VectorSpecies<Long> LONGS = VectorWidth.LONGS;
  private static final VectorSpecies<Double> DOUBLES = VectorWidth.DOUBLES;

  /**
   * 2⁵² as a double has this bit pattern, and 2⁵² + c has it plus c: a conversion from long that
   * every machine has, which AVX2's instructions lack.
   */
  private static final long TWO_52_BITS = 0x4330_0000_0000_0000L;

  private static final double TWO_52 = 0x1p52;

  @Override
  public void add(
      long[] bits,
      int words,
      int groups,
      int[] ends,
      double[] weights,
      int classes,
      double[] products) {
    int columns = groups * LANES;
    assert bits.length >= columns * words && products.length >= columns * columns;
    for (int first = 0; first < groups; first++) {
      for (int half = 0; half < LANES; half += 4) {
        int j = first * words * LANES + half;
        int row = (first * LANES + half) * columns;
        for (int second = first; second < groups; second++) {
          for (int lane = 0; lane < LANES; lane += LONGS.length()) {
            add(
                bits,
                j,
                second * words * LANES + lane,
                ends,
                weights,
                classes,
                products,
                row + second * LANES + lane,
                columns);
          }
        }
      }
    }
  }

  /** Four columns from bits[j] on, with a vector of columns from bits[k] on. */
  private static void add(
      long[] bits,
      int j,
      int k,
      int[] ends,
      double[] weights,
      int classes,
      double[] products,
      int at,
      int columns) {
    DoubleVector sum0 = DoubleVector.fromArray(DOUBLES, products, at);
    DoubleVector sum1 = DoubleVector.fromArray(DOUBLES, products, at + columns);
    DoubleVector sum2 = DoubleVector.fromArray(DOUBLES, products, at + 2 * columns);
    DoubleVector sum3 = DoubleVector.fromArray(DOUBLES, products, at + 3 * columns);
    int word = 0;
    for (int c = 0; c < classes; c++) {
      LongVector count0 = LongVector.broadcast(LONGS, TWO_52_BITS);
      LongVector count1 = count0;
      LongVector count2 = count0;
      LongVector count3 = count0;
      int end = ends[c] * LANES;
      for (; word < end; word += LANES) {
        LongVector v = LongVector.fromArray(LONGS, bits, k + word);
        count0 = count0.add(v.and(bits[j + word]).lanewise(VectorOperators.BIT_COUNT));
        count1 = count1.add(v.and(bits[j + word + 1]).lanewise(VectorOperators.BIT_COUNT));
        count2 = count2.add(v.and(bits[j + word + 2]).lanewise(VectorOperators.BIT_COUNT));
        count3 = count3.add(v.and(bits[j + word + 3]).lanewise(VectorOperators.BIT_COUNT));
      }
      double weight = weights[c];
      sum0 =
          sum0.add(
              count0
                  .viewAsFloatingLanes()
                  .lanewise(VectorOperators.SUB, TWO_52)
                  .lanewise(VectorOperators.MUL, weight));
      sum1 =
          sum1.add(
              count1
                  .viewAsFloatingLanes()
                  .lanewise(VectorOperators.SUB, TWO_52)
                  .lanewise(VectorOperators.MUL, weight));
      sum2 =
          sum2.add(
              count2
                  .viewAsFloatingLanes()
                  .lanewise(VectorOperators.SUB, TWO_52)
                  .lanewise(VectorOperators.MUL, weight));
      sum3 =
          sum3.add(
              count3
                  .viewAsFloatingLanes()
                  .lanewise(VectorOperators.SUB, TWO_52)
                  .lanewise(VectorOperators.MUL, weight));
    }
    sum0.intoArray(products, at);
    sum1.intoArray(products, at + columns);
    sum2.intoArray(products, at + 2 * columns);
    sum3.intoArray(products, at + 3 * columns);
  }
}
