package dev.quicklime.torch;

import java.util.Arrays;
import java.util.Comparator;
import java.util.Locale;

/**
 * Whether bfloat16 scores may stand for those in single precision.
 *
 * <p>They may if no score is off by more than 1/32 of the range of all scores, and if among the
 * four best classes of each picture no two neighbours that are further apart than that have changed
 * places. The range is that of the whole check, so that the rule is the same for logits of any
 * scale; a model whose scores hardly differ at all fails it.
 *
 * @param largest largest difference of a score
 * @param bound what it may be
 * @param swapped how many neighbours changed places that should not have
 */
record PrecisionCheck(double largest, double bound, int swapped) {

  /** bfloat16 keeps 8 bits; some fifty layers lose three of them. */
  private static final double SHARE_OF_RANGE = 1.0 / 32;

  private static final int BEST = 4;

  /**
   * Compares scores.
   *
   * @param single rows · classes scores in single precision
   * @param bfloat16 the same in bfloat16
   */
  static PrecisionCheck of(double[] single, double[] bfloat16, int rows) {
    double lowest = Arrays.stream(single).min().orElse(0);
    double highest = Arrays.stream(single).max().orElse(0);
    double bound = SHARE_OF_RANGE * (highest - lowest);
    double largest = 0;
    for (int i = 0; i < single.length; i++) {
      double difference = Math.abs(single[i] - bfloat16[i]);
      // Not by Math.max, which a NaN would pass through but the comparison below would not see.
      largest = difference <= largest ? largest : difference;
    }
    int classes = single.length / rows;
    int swapped = 0;
    for (int row = 0; row < rows; row++) {
      swapped += swapped(single, bfloat16, row * classes, classes, bound);
    }
    return new PrecisionCheck(largest, bound, swapped);
  }

  private static int swapped(
      double[] single, double[] bfloat16, int from, int classes, double bound) {
    Integer[] best = new Integer[classes];
    Arrays.setAll(best, c -> from + c);
    Arrays.sort(best, Comparator.comparingDouble(i -> -single[i]));
    int swapped = 0;
    for (int k = 0; k + 1 < Math.min(BEST, classes); k++) {
      int better = best[k];
      int worse = best[k + 1];
      if (single[better] - single[worse] > bound && !(bfloat16[better] > bfloat16[worse])) {
        swapped++;
      }
    }
    return swapped;
  }

  /** Whether bfloat16 may be used. */
  boolean passed() {
    return largest <= bound && swapped == 0;
  }

  @Override
  public String toString() {
    return String.format(
        Locale.ROOT,
        "its scores differ by up to %.3g from those in fp32 where %.3g is allowed%s",
        largest,
        bound,
        swapped == 0 ? "" : ", and " + swapped + " of the best classes change places");
  }
}
