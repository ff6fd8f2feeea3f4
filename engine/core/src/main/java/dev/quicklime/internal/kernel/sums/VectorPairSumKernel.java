package dev.quicklime.internal.kernel.sums;

import static jdk.incubator.vector.VectorOperators.NE;

import dev.quicklime.internal.kernel.machine.VectorWidth;
import jdk.incubator.vector.DoubleVector;
import jdk.incubator.vector.LongVector;
import jdk.incubator.vector.VectorSpecies;

/**
 * Forms the sums of all 16 subsets of every four rows once; each column then takes one of them for
 * each four of its bits, instead of adding two rows of four on average. This way of multiplying
 * bits is known as the method of the four Russians.
 */
public final class VectorPairSumKernel implements PairSumKernel {

  private static final VectorSpecies<Long> LONGS = VectorWidth.LONGS;
  private static final VectorSpecies<Double> DOUBLES = VectorWidth.DOUBLES;
  private static final int TABLE = 16 * LANES;

  /** Bit i in lane i. */
  private static final LongVector LANE_BITS = laneBits();

  private static LongVector laneBits() {
    long[] bits = new long[LONGS.length()];
    for (int i = 0; i < bits.length; i++) {
      bits[i] = 1L << i;
    }
    return LongVector.fromArray(LONGS, bits, 0);
  }

  @Override
  public void add(
      long[] bits,
      int from,
      int step,
      int groups,
      long[] rows,
      int row,
      int shift,
      double[] weights,
      int weight,
      double[] sums,
      double[] scratch) {
    assert sums.length >= groups * 8 * LANES;
    for (int lane = 0; lane < LANES; lane += DOUBLES.length()) {
      for (int i = 0; i < ROWS; i += 4) {
        tabulate(rows, row + i, shift + lane, weights, weight + i, scratch, i / 4 * TABLE + lane);
      }
      for (int group = 0; group < groups; group++) {
        int word = from + group * step;
        int at = group * 8 * LANES + lane;
        for (int column = 0; column < 8; column++) {
          look(bits[word + column], scratch, lane, sums, at + column * LANES);
        }
      }
    }
  }

  private static void tabulate(
      long[] rows, int row, int shift, double[] weights, int weight, double[] table, int to) {
    DoubleVector a = spread(rows[row] >>> shift, weights[weight]);
    DoubleVector b = spread(rows[row + 1] >>> shift, weights[weight + 1]);
    DoubleVector c = spread(rows[row + 2] >>> shift, weights[weight + 2]);
    DoubleVector d = spread(rows[row + 3] >>> shift, weights[weight + 3]);
    DoubleVector ab = a.add(b);
    DoubleVector cd = c.add(d);
    DoubleVector.zero(DOUBLES).intoArray(table, to);
    a.intoArray(table, to + LANES);
    b.intoArray(table, to + 2 * LANES);
    ab.intoArray(table, to + 3 * LANES);
    c.intoArray(table, to + 4 * LANES);
    a.add(c).intoArray(table, to + 5 * LANES);
    b.add(c).intoArray(table, to + 6 * LANES);
    ab.add(c).intoArray(table, to + 7 * LANES);
    d.intoArray(table, to + 8 * LANES);
    a.add(d).intoArray(table, to + 9 * LANES);
    b.add(d).intoArray(table, to + 10 * LANES);
    ab.add(d).intoArray(table, to + 11 * LANES);
    cd.intoArray(table, to + 12 * LANES);
    a.add(cd).intoArray(table, to + 13 * LANES);
    b.add(cd).intoArray(table, to + 14 * LANES);
    ab.add(cd).intoArray(table, to + 15 * LANES);
  }

  /** The weight in the lanes whose bit is set, 0 in the others. */
  private static DoubleVector spread(long word, double weight) {
    return DoubleVector.zero(DOUBLES)
        .blend(weight, LANE_BITS.and(word).compare(NE, 0).cast(DOUBLES));
  }

  private static void look(long word, double[] table, int lane, double[] sums, int at) {
    DoubleVector a = DoubleVector.fromArray(DOUBLES, sums, at);
    DoubleVector b = entry(table, lane, (int) (word << 3));
    a = a.add(entry(table, lane + TABLE, (int) (word >>> 1)));
    b = b.add(entry(table, lane + 2 * TABLE, (int) (word >>> 5)));
    a = a.add(entry(table, lane + 3 * TABLE, (int) (word >>> 9)));
    b = b.add(entry(table, lane + 4 * TABLE, (int) (word >>> 13)));
    a = a.add(entry(table, lane + 5 * TABLE, (int) (word >>> 17)));
    b = b.add(entry(table, lane + 6 * TABLE, (int) (word >>> 21)));
    a = a.add(entry(table, lane + 7 * TABLE, (int) (word >>> 25)));
    b = b.add(entry(table, lane + 8 * TABLE, (int) (word >>> 29)));
    a = a.add(entry(table, lane + 9 * TABLE, (int) (word >>> 33)));
    b = b.add(entry(table, lane + 10 * TABLE, (int) (word >>> 37)));
    a = a.add(entry(table, lane + 11 * TABLE, (int) (word >>> 41)));
    b = b.add(entry(table, lane + 12 * TABLE, (int) (word >>> 45)));
    a = a.add(entry(table, lane + 13 * TABLE, (int) (word >>> 49)));
    b = b.add(entry(table, lane + 14 * TABLE, (int) (word >>> 53)));
    a = a.add(entry(table, lane + 15 * TABLE, (int) (word >>> 57)));
    a.add(b).intoArray(sums, at);
  }

  private static DoubleVector entry(double[] table, int from, int pattern) {
    return DoubleVector.fromArray(DOUBLES, table, from + (pattern & (15 * LANES)));
  }
}
