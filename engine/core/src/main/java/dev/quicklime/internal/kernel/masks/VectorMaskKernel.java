package dev.quicklime.internal.kernel.masks;

import static jdk.incubator.vector.VectorOperators.LSHL;
import static jdk.incubator.vector.VectorOperators.OR;
import static jdk.incubator.vector.VectorOperators.ROL;
import static jdk.incubator.vector.VectorOperators.XOR;

import dev.quicklime.internal.kernel.machine.VectorWidth;
import jdk.incubator.vector.LongVector;
import jdk.incubator.vector.VectorSpecies;

/**
 * A lane for each stream. Where a vector has fewer lanes than there are streams, the sequence is
 * drawn a few streams at a time, so that their state fits the registers at every width.
 *
 * <p>The generator's step is written out in both loops, since a method cannot return four vectors.
 */
public final class VectorMaskKernel implements MaskKernel {

  private static final VectorSpecies<Long> LONGS = VectorWidth.LONGS;

  @Override
  public void draw(long[] state, long threshold, long[] into, int from, int count) {
    assert count % STREAMS == 0;
    int digits = MaskKernel.digits(threshold);
    for (int stream = 0; stream < STREAMS; stream += LONGS.length()) {
      if (digits == 1) {
        drawHalf(state, stream, into, from, count);
      } else {
        drawAny(state, stream, threshold, digits, into, from, count);
      }
    }
  }

  /** Probability ½. */
  private static void drawHalf(long[] state, int stream, long[] into, int from, int count) {
    LongVector s0 = LongVector.fromArray(LONGS, state, stream);
    LongVector s1 = LongVector.fromArray(LONGS, state, STREAMS + stream);
    LongVector s2 = LongVector.fromArray(LONGS, state, 2 * STREAMS + stream);
    LongVector s3 = LongVector.fromArray(LONGS, state, 3 * STREAMS + stream);
    for (int i = stream; i < count; i += STREAMS) {
      s0.add(s3).lanewise(ROL, 23).add(s0).intoArray(into, from + i);
      LongVector t2 = s2.lanewise(XOR, s0);
      LongVector t3 = s3.lanewise(XOR, s1);
      LongVector shifted = s1.lanewise(LSHL, 17);
      s0 = s0.lanewise(XOR, t3);
      s1 = s1.lanewise(XOR, t2);
      s2 = t2.lanewise(XOR, shifted);
      s3 = t3.lanewise(ROL, 45);
    }
    s0.intoArray(state, stream);
    s1.intoArray(state, STREAMS + stream);
    s2.intoArray(state, 2 * STREAMS + stream);
    s3.intoArray(state, 3 * STREAMS + stream);
  }

  /**
   * The state goes through memory between words, and what the first draws leave open is settled by
   * the scalar loop: with draws of a lane's own, under a mask, or with the state in registers over
   * both loops, the compiler boxed vectors at some of the widths.
   */
  private static void drawAny(
      long[] state, int stream, long threshold, int digits, long[] into, int from, int count) {
    int first = Math.min(digits, FIRST_DRAWS);
    for (int i = stream; i < count; i += STREAMS) {
      LongVector s0 = LongVector.fromArray(LONGS, state, stream);
      LongVector s1 = LongVector.fromArray(LONGS, state, STREAMS + stream);
      LongVector s2 = LongVector.fromArray(LONGS, state, 2 * STREAMS + stream);
      LongVector s3 = LongVector.fromArray(LONGS, state, 3 * STREAMS + stream);
      LongVector ones = LongVector.zero(LONGS);
      LongVector open = LongVector.broadcast(LONGS, -1L);
      for (int place = first - 1; place >= 0; place--) {
        LongVector draw = s0.add(s3).lanewise(ROL, 23).add(s0);
        LongVector digit = LongVector.broadcast(LONGS, threshold << place >> 63);
        ones = ones.and(draw).or(ones.or(draw).and(digit));
        open = open.and(draw.lanewise(XOR, digit));
        LongVector t2 = s2.lanewise(XOR, s0);
        LongVector t3 = s3.lanewise(XOR, s1);
        LongVector shifted = s1.lanewise(LSHL, 17);
        s0 = s0.lanewise(XOR, t3);
        s1 = s1.lanewise(XOR, t2);
        s2 = t2.lanewise(XOR, shifted);
        s3 = t3.lanewise(ROL, 45);
      }
      s0.intoArray(state, stream);
      s1.intoArray(state, STREAMS + stream);
      s2.intoArray(state, 2 * STREAMS + stream);
      s3.intoArray(state, 3 * STREAMS + stream);
      ones.intoArray(into, from + i);
      if (digits > FIRST_DRAWS && open.reduceLanes(OR) != 0) {
        open.intoArray(state, SCRATCH + stream);
        settle(state, stream, threshold << FIRST_DRAWS, into, from + i);
      }
    }
  }

  private static void settle(long[] state, int stream, long threshold, long[] into, int at) {
    for (int lane = 0; lane < LONGS.length(); lane++) {
      long open = state[SCRATCH + stream + lane];
      into[at + lane] |= ScalarMaskKernel.settle(state, stream + lane, threshold, open);
    }
  }
}
