package dev.quicklime.internal.kernel.masks;

/**
 * The specification, one stream after the other. Uniform numbers and a probability are compared
 * digit by digit, for the 64 bits of a word at once.
 */
public final class ScalarMaskKernel implements MaskKernel {

  @Override
  public void draw(long[] state, long threshold, long[] into, int from, int count) {
    assert count % STREAMS == 0;
    for (int stream = 0; stream < STREAMS; stream++) {
      for (int i = stream; i < count; i += STREAMS) {
        into[from + i] = word(state, stream, threshold);
      }
    }
  }

  private static long word(long[] state, int stream, long threshold) {
    int first = Math.min(MaskKernel.digits(threshold), FIRST_DRAWS);
    long ones = 0;
    long open = -1;
    for (int place = first - 1; place >= 0; place--) {
      long draw = next(state, stream);
      long digit = threshold << place >> 63;
      // From the lowest digit up, the majority of the three says which number is less so far.
      ones = (ones & draw) | ((ones | draw) & digit);
      open &= draw ^ digit;
    }
    return ones | settle(state, stream, threshold << first, open);
  }

  /**
   * Draws on for the bits whose numbers have had the probability's digits so far.
   *
   * @param threshold the digits that remain
   * @return those of the open bits that are 1
   */
  static long settle(long[] state, int stream, long threshold, long open) {
    long ones = 0;
    long left = open;
    for (long digits = threshold; digits != 0 && left != 0; digits <<= 1) {
      long draw = next(state, stream);
      if (digits < 0) {
        ones |= left & draw;
        left &= ~draw;
      } else {
        left &= draw;
      }
    }
    return ones;
  }

  /** One step of xoshiro256++. */
  private static long next(long[] state, int stream) {
    long s0 = state[stream];
    long s1 = state[STREAMS + stream];
    long s2 = state[2 * STREAMS + stream] ^ s0;
    long s3 = state[3 * STREAMS + stream] ^ s1;
    long result = Long.rotateLeft(s0 + (s3 ^ s1), 23) + s0;
    state[stream] = s0 ^ s3;
    state[STREAMS + stream] = s1 ^ s2;
    state[2 * STREAMS + stream] = s2 ^ s1 << 17;
    state[3 * STREAMS + stream] = Long.rotateLeft(s3, 45);
    return result;
  }
}
