package dev.quicklime.model;

import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** What of a class's raw score is explained. */
public enum Target {
  /** Softmax over all classes, 0 to 1. */
  PROBABILITY,
  /** The raw score. */
  LOGIT,
  /**
   * 1/(1 + e^−score) of the class's own score, 0 to 1; for models whose classes do not exclude each
   * other.
   */
  SIGMOID,
  /** 1 where the class has the highest score of all, else 0; the first of equals wins. */
  TOP1;

  private static final double ROUNDING = 1e-9;

  /**
   * Value for one class of one sample.
   *
   * @param scores raw scores of one or more samples
   * @param offset index of the sample's first score
   * @param classes number of scores of a sample
   * @param index the class, 0 to classes − 1
   */
  public double of(double[] scores, int offset, int classes, int index) {
    double score = scores[offset + index];
    return switch (this) {
      case LOGIT -> score;
      case SIGMOID -> 1 / (1 + Math.exp(-score));
      case TOP1 -> best(scores, offset, classes) == index ? 1 : 0;
      case PROBABILITY -> {
        // Scores relative to the one meant: no overflow but to a sum of infinity, whose inverse is
        // right.
        double sum = 0;
        for (int c = 0; c < classes; c++) {
          sum += Math.exp(scores[offset + c] - score);
        }
        yield 1 / sum;
      }
    };
  }

  /** Whether a value can be one of this target's, a hair of rounding aside. */
  public boolean admits(double value) {
    return this == LOGIT || (value >= -ROUNDING && value <= 1 + ROUNDING);
  }

  /**
   * What to say of a linear model's value for what is explained where it cannot be one of this
   * target's; null where it can.
   */
  public @Nullable String doubt(double prediction) {
    return admits(prediction)
        ? null
        : String.format(
            Locale.ROOT,
            "the local prediction, %.4g, lies outside of 0 to 1, where every value of the target"
                + " lies: the weights do not hold together at what is explained, but on the samples"
                + " around it",
            prediction);
  }

  private static int best(double[] scores, int offset, int classes) {
    int best = 0;
    for (int c = 1; c < classes; c++) {
      if (scores[offset + c] > scores[offset + best]) {
        best = c;
      }
    }
    return best;
  }
}
