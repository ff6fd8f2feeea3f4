package dev.quicklime.design;

import dev.quicklime.internal.kernel.Kernels;
import dev.quicklime.internal.kernel.masks.MaskKernel;
import java.util.Arrays;
import java.util.stream.IntStream;

/** Draws the masks of designs whose rows come as a mask and its complement. */
final class PairedRows {

  private PairedRows() {}

  /** Fair coins for the first row of each pair, the rows of a {@link Bernoulli} of as many. */
  static void antithetic(int samples, int superpixels, long seed, long[] words) {
    int perRow = MaskMatrix.wordsPerRow(superpixels);
    int pairs = (samples + 1) / 2;
    long[] drawn = MaskMatrix.allocate(pairs + 1, superpixels);
    long[] generators = new long[MaskKernel.STATE];
    MaskKernel.seed(seed, generators);
    MaskSampler.bernoulli(Kernels.chosen().masks(), 0.5, generators, superpixels, drawn);
    for (int pair = 0; pair < pairs; pair++) {
      int at = (1 + 2 * pair) * perRow;
      System.arraycopy(drawn, (1 + pair) * perRow, words, at, perRow);
      complete(words, at, superpixels);
    }
  }

  /** Sizes by the law of {@link FixedSize}, then a set of that size for the first row. */
  static void fixedSize(int samples, int superpixels, long seed, long[] words) {
    int perRow = MaskMatrix.wordsPerRow(superpixels);
    double[] cumulated = cumulated(superpixels);
    int[] parts = IntStream.range(0, superpixels).toArray();
    Draws draws = new Draws(seed);
    for (int row = 1; row <= samples; row += 2) {
      int at = row * perRow;
      int size = size(cumulated, draws.unit());
      // The smaller of the set and its complement is chosen; which of them comes first is a coin.
      int chosen = Math.min(size, superpixels - size);
      draws.shuffle(parts, chosen);
      for (int i = 0; i < chosen; i++) {
        words[at + (parts[i] >>> 6)] |= 1L << parts[i];
      }
      if (chosen != size) {
        turn(words, at, superpixels);
      }
      complete(words, at, superpixels);
    }
  }

  /**
   * The probabilities of at most s superpixels, s = 0 to d. The law is symmetric, so that a single
   * superpixel, which has no size between 0 and d, is shown at first with probability ½.
   */
  static double[] cumulated(int superpixels) {
    double[] sums = new double[superpixels + 1];
    if (superpixels == 1) {
      return new double[] {0.5, 1};
    }
    for (int s = 1; s < superpixels; s++) {
      sums[s] = sums[s - 1] + 1.0 / ((double) s * (superpixels - s));
    }
    double total = sums[superpixels - 1];
    for (int s = 1; s < superpixels; s++) {
      sums[s] /= total;
    }
    sums[superpixels] = 1;
    return sums;
  }

  /** The smallest size whose cumulated probability is above a number in [0, 1). */
  private static int size(double[] cumulated, double unit) {
    int found = Arrays.binarySearch(cumulated, unit);
    int size = found >= 0 ? found + 1 : -found - 1;
    return Math.min(size, cumulated.length - 1);
  }

  /** Turns all bits of a row over. */
  static void turn(long[] words, int at, int superpixels) {
    int perRow = MaskMatrix.wordsPerRow(superpixels);
    for (int word = at; word < at + perRow; word++) {
      words[word] = ~words[word];
    }
    words[at + perRow - 1] &= -1L >>> (63 - (superpixels - 1) % 64);
  }

  /** Writes the complement behind a row, if there is room for one. */
  static void complete(long[] words, int at, int superpixels) {
    int perRow = MaskMatrix.wordsPerRow(superpixels);
    if (at + perRow < words.length) {
      System.arraycopy(words, at, words, at + perRow, perRow);
      turn(words, at + perRow, superpixels);
    }
  }
}
