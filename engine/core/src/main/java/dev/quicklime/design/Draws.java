package dev.quicklime.design;

import dev.quicklime.internal.kernel.masks.MaskKernel;

/**
 * Random numbers and shuffles from a seed, by xoshiro256++ as {@link MaskKernel} seeds its first
 * stream. Made of integer operations alone and independent of the Java library's generators, whose
 * bounded numbers have changed between releases: masks must not. For one thread.
 */
final class Draws {

  private long a;
  private long b;
  private long c;
  private long d;

  Draws(long seed) {
    long[] state = new long[MaskKernel.STATE];
    MaskKernel.seed(seed, state);
    a = state[0];
    b = state[MaskKernel.STREAMS];
    c = state[2 * MaskKernel.STREAMS];
    d = state[3 * MaskKernel.STREAMS];
  }

  long next() {
    long result = Long.rotateLeft(a + d, 23) + a;
    long t = b << 17;
    c ^= a;
    d ^= b;
    b ^= c;
    a ^= d;
    c ^= t;
    d = Long.rotateLeft(d, 45);
    return result;
  }

  /** A number from 0 to {@code bound} − 1; uneven by less than bound/2^64. */
  int below(int bound) {
    return (int) Math.unsignedMultiplyHigh(next(), bound);
  }

  /** A number in [0, 1), a multiple of 2^-53. */
  double unit() {
    return (next() >>> 11) * 0x1p-53;
  }

  /** Brings a random choice of {@code count} of the values to the front, in random order. */
  void shuffle(int[] values, int count) {
    for (int i = 0; i < count; i++) {
      int other = i + below(values.length - i);
      int value = values[i];
      values[i] = values[other];
      values[other] = value;
    }
  }
}
