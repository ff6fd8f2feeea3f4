package dev.quicklime.internal.kernel.masks;

/**
 * Draws random bits, each of them 1 with the same probability, packed into 64-bit words.
 *
 * <p>The words are a function of the seed and the probability alone, whichever form of the kernel
 * and whichever vector width draws them and however many are drawn after them:
 *
 * <ul>
 *   <li>There are {@value #STREAMS} generators, the streams; word w of the sequence comes from
 *       stream w mod {@value #STREAMS}. Each is xoshiro256++ (Blackman and Vigna, "Scrambled linear
 *       pseudorandom number generators", ACM Transactions on Mathematical Software 47, 2021): it
 *       multiplies nothing, so that it runs in lanes of every width, and has the period 2^256 − 1.
 *   <li>Each of a word's 64 bits has a uniform number of its own, whose binary digits are the
 *       complements of that bit in successive draws of the stream. The bit is 1 where the number is
 *       below the probability; at ½ a word is hence one draw as it is.
 *   <li>A word takes a draw for each of the probability's digits up to its last 1, but no more than
 *       {@link #FIRST_DRAWS} at first, the lowest of these digits before the highest. Where then
 *       some number still has the probability's digits and there are more of them, draws for the
 *       next digits follow one by one until none has.
 * </ul>
 */
public interface MaskKernel {

  /** Generators, and words that are drawn together. */
  int STREAMS = 8;

  /** Where in the state the working memory begins, {@link #STREAMS} numbers that mean nothing. */
  int SCRATCH = 4 * STREAMS;

  /**
   * Length of the state: number k of the four that generator i has is at {@code k · STREAMS + i},
   * and {@link #SCRATCH} follows.
   */
  int STATE = SCRATCH + STREAMS;

  /**
   * Draws of a word before it is asked whether all its bits are settled. Of {@link #STREAMS} words
   * one in 32 is not; with fewer draws the questions cost more than the draws that they save.
   */
  int FIRST_DRAWS = 14;

  /**
   * Draws words and moves the generators on.
   *
   * @param state {@link #STATE} numbers, from {@link #seed} or a call before
   * @param threshold the probability, from {@link #threshold}
   * @param into receives the words
   * @param from index of the first word
   * @param count how many words, a multiple of {@link #STREAMS}
   */
  void draw(long[] state, long threshold, long[] into, int from, int count);

  /**
   * Starts the generators with successive values of SplitMix64, four for each, as the authors of
   * xoshiro256++ advise.
   *
   * @param state receives {@link #STATE} numbers
   */
  static void seed(long seed, long[] state) {
    long x = seed;
    for (int stream = 0; stream < STREAMS; stream++) {
      for (int k = 0; k < 4; k++) {
        x += 0x9E3779B97F4A7C15L;
        long z = (x ^ x >>> 30) * 0xBF58476D1CE4E5B9L;
        z = (z ^ z >>> 27) * 0x94D049BB133111EBL;
        state[k * STREAMS + stream] = z ^ z >>> 31;
      }
    }
  }

  /**
   * The first binary digits of a probability, the first of them in the highest bit: exact from
   * 2^-11 on, and below that rounded down to a multiple of 2^-63.
   *
   * @param probability strictly between 0 and 1
   */
  static long threshold(double probability) {
    assert probability > 0 && probability < 1;
    return (long) Math.scalb(probability, 63) << 1;
  }

  /** How many digits a threshold has up to its last 1. */
  static int digits(long threshold) {
    return Long.SIZE - Long.numberOfTrailingZeros(threshold);
  }
}
