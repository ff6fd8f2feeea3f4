package dev.quicklime.internal.kernel.sums;

import dev.quicklime.internal.kernel.machine.VectorWidth;
import jdk.incubator.vector.DoubleVector;
import jdk.incubator.vector.LongVector;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorSpecies;

/**
 * Forms the sums of all subsets of a few rows, as many as a vector holds, and lets the columns pick
 * theirs by a permutation: the bits of a column in these rows are the index.
 */
public final class VectorColumnSumKernel implements ColumnSumKernel {

  private static final VectorSpecies<Long> LONGS = VectorWidth.LONGS;
  private static final VectorSpecies<Double> DOUBLES = VectorWidth.DOUBLES;
  private static final int LENGTH = LONGS.length();

  /** Rows whose subsets one vector holds. */
  private static final int ROWS_AT_ONCE = Integer.numberOfTrailingZeros(LENGTH);

  private static final int TABLES = (ROWS + ROWS_AT_ONCE - 1) / ROWS_AT_ONCE;

  /** 1 where bit 0, 1 or 2 of the lane's number is set. */
  private static final DoubleVector BIT0 = bit(0);

  private static final DoubleVector BIT1 = bit(1);
  private static final DoubleVector BIT2 = bit(2);

  private static DoubleVector bit(int bit) {
    double[] lanes = new double[LENGTH];
    for (int i = 0; i < LENGTH; i++) {
      lanes[i] = (i >> bit) & 1;
    }
    return DoubleVector.fromArray(DOUBLES, lanes, 0);
  }

  @Override
  public void add(
      long[] bits,
      int from,
      int step,
      int groups,
      double[] values,
      double[] sums,
      double[] scratch) {
    assert values.length >= SERIES * ROWS && sums.length >= SERIES * groups * 8;
    for (int table = 0; table < TABLES; table++) {
      for (int s = 0; s < SERIES; s++) {
        subsets(values, s * ROWS, table * ROWS_AT_ONCE)
            .intoArray(scratch, (table * SERIES + s) * LENGTH);
      }
    }
    int series = groups * 8;
    for (int group = 0; group < groups; group++) {
      for (int lane = 0; lane < 8; lane += LENGTH) {
        pick(
            LongVector.fromArray(LONGS, bits, from + group * step + lane),
            scratch,
            sums,
            group * 8 + lane,
            series);
      }
    }
  }

  private static DoubleVector subsets(double[] values, int from, int row) {
    DoubleVector sum = BIT0.mul(values[from + row]);
    if (ROWS_AT_ONCE > 1 && row + 1 < ROWS) {
      sum = sum.add(BIT1.mul(values[from + row + 1]));
    }
    if (ROWS_AT_ONCE > 2 && row + 2 < ROWS) {
      sum = sum.add(BIT2.mul(values[from + row + 2]));
    }
    return sum;
  }

  private static void pick(LongVector words, double[] tables, double[] sums, int at, int series) {
    DoubleVector a = DoubleVector.fromArray(DOUBLES, sums, at);
    DoubleVector b = DoubleVector.fromArray(DOUBLES, sums, at + series);
    DoubleVector c = DoubleVector.fromArray(DOUBLES, sums, at + 2 * series);
    for (int table = 0; table < TABLES; table++) {
      LongVector index = words.and(LENGTH - 1);
      int t = table * SERIES * LENGTH;
      a = a.add(entry(index, tables, t));
      b = b.add(entry(index, tables, t + LENGTH));
      c = c.add(entry(index, tables, t + 2 * LENGTH));
      words = words.lanewise(VectorOperators.LSHR, ROWS_AT_ONCE);
    }
    a.intoArray(sums, at);
    b.intoArray(sums, at + series);
    c.intoArray(sums, at + 2 * series);
  }

  private static DoubleVector entry(LongVector index, double[] tables, int at) {
    if (LENGTH == 2) {
      // The JVM does not compile this permutation for two lanes, and needs none.
      long one = Double.doubleToRawLongBits(tables[at + 1]);
      return index.neg().and(one).viewAsFloatingLanes();
    }
    return index
        .selectFrom(DoubleVector.fromArray(DOUBLES, tables, at).viewAsIntegralLanes())
        .viewAsFloatingLanes();
  }
}
