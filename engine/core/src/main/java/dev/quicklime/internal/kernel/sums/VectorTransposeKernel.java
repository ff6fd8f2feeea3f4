package dev.quicklime.internal.kernel.sums;

import static jdk.incubator.vector.VectorOperators.LSHL;
import static jdk.incubator.vector.VectorOperators.LSHR;
import static jdk.incubator.vector.VectorOperators.XOR;

import dev.quicklime.internal.kernel.machine.VectorWidth;
import jdk.incubator.vector.LongVector;
import jdk.incubator.vector.VectorSpecies;

/**
 * Six rounds, each of which exchanges the off-diagonal quarters of squares half as large as before.
 * Where words are eight apart or more, vectors are exchanged with each other. That is so in three
 * of the rounds; when the words have changed places as in an 8 × 8 matrix, it is in the others.
 */
public final class VectorTransposeKernel implements TransposeKernel {

  private static final VectorSpecies<Long> LONGS = VectorWidth.LONGS;

  @Override
  public void transpose(long[] rows, long[] columns, int to, int step, long[] scratch) {
    for (int lane = 0; lane < 8; lane += LONGS.length()) {
      exchange(rows, lane, scratch, lane, 8, 1);
    }
    for (int a = 0; a < 8; a++) {
      for (int b = 0; b < a; b++) {
        long word = scratch[a * 8 + b];
        scratch[a * 8 + b] = scratch[b * 8 + a];
        scratch[b * 8 + a] = word;
      }
    }
    for (int lane = 0; lane < 8; lane += LONGS.length()) {
      exchange(scratch, lane, columns, to + lane, step, 8);
    }
  }

  /**
   * Three rounds on eight vectors, whose quarters are four, two and one {@code unit} wide. Written
   * out, since C2 stops inlining helpers in a method of this size, and then allocates each vector.
   */
  private static void exchange(long[] source, int from, long[] target, int to, int step, int unit) {
    LongVector v0 = LongVector.fromArray(LONGS, source, from);
    LongVector v1 = LongVector.fromArray(LONGS, source, from + 8);
    LongVector v2 = LongVector.fromArray(LONGS, source, from + 16);
    LongVector v3 = LongVector.fromArray(LONGS, source, from + 24);
    LongVector v4 = LongVector.fromArray(LONGS, source, from + 32);
    LongVector v5 = LongVector.fromArray(LONGS, source, from + 40);
    LongVector v6 = LongVector.fromArray(LONGS, source, from + 48);
    LongVector v7 = LongVector.fromArray(LONGS, source, from + 56);
    int shift = 4 * unit;
    long mask = unit == 1 ? 0x0F0F_0F0F_0F0F_0F0FL : 0x0000_0000_FFFF_FFFFL;
    LongVector m = v0.lanewise(LSHR, shift).lanewise(XOR, v4).and(mask);
    v0 = v0.lanewise(XOR, m.lanewise(LSHL, shift));
    v4 = v4.lanewise(XOR, m);
    m = v1.lanewise(LSHR, shift).lanewise(XOR, v5).and(mask);
    v1 = v1.lanewise(XOR, m.lanewise(LSHL, shift));
    v5 = v5.lanewise(XOR, m);
    m = v2.lanewise(LSHR, shift).lanewise(XOR, v6).and(mask);
    v2 = v2.lanewise(XOR, m.lanewise(LSHL, shift));
    v6 = v6.lanewise(XOR, m);
    m = v3.lanewise(LSHR, shift).lanewise(XOR, v7).and(mask);
    v3 = v3.lanewise(XOR, m.lanewise(LSHL, shift));
    v7 = v7.lanewise(XOR, m);
    shift = 2 * unit;
    mask = unit == 1 ? 0x3333_3333_3333_3333L : 0x0000_FFFF_0000_FFFFL;
    m = v0.lanewise(LSHR, shift).lanewise(XOR, v2).and(mask);
    v0 = v0.lanewise(XOR, m.lanewise(LSHL, shift));
    v2 = v2.lanewise(XOR, m);
    m = v1.lanewise(LSHR, shift).lanewise(XOR, v3).and(mask);
    v1 = v1.lanewise(XOR, m.lanewise(LSHL, shift));
    v3 = v3.lanewise(XOR, m);
    m = v4.lanewise(LSHR, shift).lanewise(XOR, v6).and(mask);
    v4 = v4.lanewise(XOR, m.lanewise(LSHL, shift));
    v6 = v6.lanewise(XOR, m);
    m = v5.lanewise(LSHR, shift).lanewise(XOR, v7).and(mask);
    v5 = v5.lanewise(XOR, m.lanewise(LSHL, shift));
    v7 = v7.lanewise(XOR, m);
    mask = unit == 1 ? 0x5555_5555_5555_5555L : 0x00FF_00FF_00FF_00FFL;
    m = v0.lanewise(LSHR, unit).lanewise(XOR, v1).and(mask);
    v0 = v0.lanewise(XOR, m.lanewise(LSHL, unit));
    v1 = v1.lanewise(XOR, m);
    m = v2.lanewise(LSHR, unit).lanewise(XOR, v3).and(mask);
    v2 = v2.lanewise(XOR, m.lanewise(LSHL, unit));
    v3 = v3.lanewise(XOR, m);
    m = v4.lanewise(LSHR, unit).lanewise(XOR, v5).and(mask);
    v4 = v4.lanewise(XOR, m.lanewise(LSHL, unit));
    v5 = v5.lanewise(XOR, m);
    m = v6.lanewise(LSHR, unit).lanewise(XOR, v7).and(mask);
    v6 = v6.lanewise(XOR, m.lanewise(LSHL, unit));
    v7 = v7.lanewise(XOR, m);
    v0.intoArray(target, to);
    v1.intoArray(target, to + step);
    v2.intoArray(target, to + 2 * step);
    v3.intoArray(target, to + 3 * step);
    v4.intoArray(target, to + 4 * step);
    v5.intoArray(target, to + 5 * step);
    v6.intoArray(target, to + 6 * step);
    v7.intoArray(target, to + 7 * step);
  }
}
