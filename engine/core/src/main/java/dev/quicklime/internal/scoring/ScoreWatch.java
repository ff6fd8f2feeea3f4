package dev.quicklime.internal.scoring;

import dev.quicklime.model.Target;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/**
 * Looks at all scores of a run for what makes numbers wrong without anybody's knowing: scores that
 * are probabilities already, and a sample that scores otherwise the second time. For one run and
 * one thread.
 */
public final class ScoreWatch {

  /** Far above the rounding of single precision, far below what dropout does. */
  private static final double SINGLE = 1e-3;

  /** What formats with 8 to 11 bits of mantissa may be off by. */
  private static final double SHORT = 1.0 / 32;

  private final String sample;
  private final double tolerance;
  private double[] firstScores = new double[0];
  private int classes;
  private boolean allSumToOne = true;
  private boolean allSumToHundred = true;
  private boolean allFractions = true;
  private boolean someFraction;
  private String other = "";

  /**
   * Nothing was seen yet.
   *
   * @param sample what messages call a sample, as {@code picture} or {@code row}
   * @param precision number format of the forward pass, as a classifier's facts name it
   */
  public ScoreWatch(String sample, String precision) {
    this.sample = sample;
    this.tolerance = precision.equals("fp32") || precision.equals("fp64") ? SINGLE : SHORT;
  }

  /**
   * Looks at the raw scores of some samples, number 0 first of all.
   *
   * @param scoresEach number of scores of a sample, ≥ 1
   */
  public void see(double[] scores, int first, int count, int scoresEach) {
    classes = scoresEach;
    if (first == 0) {
      firstScores = Arrays.copyOf(scores, classes);
    }
    for (int row = 0; row < count && (allSumToOne || allSumToHundred || allFractions); row++) {
      double sum = 0;
      boolean negative = false;
      for (int c = row * classes; c < (row + 1) * classes; c++) {
        sum += scores[c];
        negative |= scores[c] < 0;
        allFractions &= scores[c] >= 0 && scores[c] <= 1 + tolerance;
        someFraction |= scores[c] > 0 && scores[c] < 1;
      }
      allSumToOne &= Math.abs(sum - 1) <= tolerance;
      allSumToHundred &= !negative && Math.abs(sum / 100 - 1) <= tolerance;
    }
  }

  /**
   * Looks at the scores of sample 0 when it is scored again, beside other samples than at first.
   *
   * @param scores its raw scores
   * @param offset index of the first of them
   */
  public void again(double[] scores, int offset) {
    double largest = 0;
    int worst = 0;
    double scale = 0;
    for (int c = 0; c < classes; c++) {
      double difference = Math.abs(scores[offset + c] - firstScores[c]);
      if (difference > largest) {
        largest = difference;
        worst = c;
      }
      scale = Math.max(scale, Math.abs(firstScores[c]));
    }
    if (largest > tolerance * scale) {
      other =
          String.format(
              Locale.ROOT,
              "the model scores the same %s otherwise beside other %ss or the second time, %.4g"
                  + " and %.4g: weights follow its chance as well as the %s; dropout or batch"
                  + " normalisation in training mode does this, so export the model in evaluation"
                  + " mode",
              sample,
              sample,
              firstScores[worst],
              scores[offset + worst],
              sample);
    }
  }

  /**
   * What a reader should know.
   *
   * @param target what of the scores is explained
   */
  public List<String> notices(Target target) {
    List<String> notices = new ArrayList<>(repeated());
    notices.addAll(kinds().notices(sample, target));
    return notices;
  }

  /** What a reader should know of the sample that was scored again; nothing if nothing. */
  public List<String> repeated() {
    return other.isEmpty() ? List.of() : List.of(other);
  }

  /** What all scores were so far, which adds up with what others saw. */
  public ScoreKinds kinds() {
    return new ScoreKinds(classes, allSumToOne, allSumToHundred, allFractions, someFraction);
  }
}
