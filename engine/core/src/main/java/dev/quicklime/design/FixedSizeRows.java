package dev.quicklime.design;

import java.util.Arrays;
import java.util.stream.IntStream;

/** Draws the masks of a {@link FixedSize}: a size by its law, then a set of that size. */
final class FixedSizeRows implements RowStream {

  private final int superpixels;
  private final int perRow;
  private final double[] cumulated;
  private final int[] parts;
  private final Draws draws;

  FixedSizeRows(int superpixels, long seed) {
    this.superpixels = superpixels;
    perRow = MaskMatrix.wordsPerRow(superpixels);
    cumulated = cumulated(superpixels);
    parts = IntStream.range(0, superpixels).toArray();
    draws = new Draws(seed);
  }

  @Override
  public int unit() {
    return 2;
  }

  @Override
  public void next(long[] words, int at, int count) {
    int end = at + count * perRow;
    for (int first = at; first < end; first += 2 * perRow) {
      int size = size(cumulated, draws.unit());
      // The smaller of the set and its complement is chosen; which of them comes first is a coin.
      int chosen = Math.min(size, superpixels - size);
      draws.shuffle(parts, chosen);
      Arrays.fill(words, first, first + perRow, 0);
      for (int i = 0; i < chosen; i++) {
        words[first + (parts[i] >>> 6)] |= 1L << parts[i];
      }
      if (chosen != size) {
        PairedRows.turn(words, first, superpixels);
      }
      PairedRows.complete(words, first, end, superpixels);
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
}
