package dev.quicklime.report.text;

import dev.quicklime.model.ClassifierInfo;
import dev.quicklime.model.ScoredClass;
import java.util.Objects;

/**
 * How many digits of a score mean something: a number format of few bits rounds it, and digits
 * beyond are those of the rounding.
 *
 * @param precision the format of the forward pass, as a classifier's facts name it
 */
public record ScoreDigits(String precision) {

  /** Significant digits of scores in formats that have more. */
  private static final int MOST = 4;

  /** Decimals of probabilities in formats that have more. */
  private static final int PROBABILITY = 3;

  /** Refuses what is missing. */
  public ScoreDigits {
    Objects.requireNonNull(precision, "precision");
  }

  /** Digits of scores in the format of a model's samples, as of rows of a table. */
  public static ScoreDigits of(ClassifierInfo model) {
    return new ScoreDigits(model.precision());
  }

  /** Digits of the scores that an explanation of a picture shows of it. */
  public static ScoreDigits ofWhole(ClassifierInfo model) {
    return new ScoreDigits(model.originalPrecision());
  }

  /** Significant digits of a score. */
  private int significant() {
    return isBrief() ? 3 : MOST;
  }

  private boolean isBrief() {
    return precision.equals("bf16");
  }

  /** A score with the digits that mean something. */
  public String score(double score) {
    return Numbers.significant(score, significant());
  }

  /**
   * Decimals of a score in a column of numbers.
   *
   * @param most decimals where the format has more digits
   */
  public int decimals(double score, int most) {
    return isBrief() ? Math.min(most, Numbers.decimals(Math.abs(score))) : most;
  }

  /** A class's probability with the decimals that mean something. */
  public String probability(ScoredClass scored) {
    return Numbers.probability(scored.probability(), probabilityDecimals(scored, PROBABILITY));
  }

  /** The same for running text: "under 0.001". */
  public String spoken(ScoredClass scored) {
    return probability(scored).replace("< ", "under ").replace("> ", "over ");
  }

  /**
   * Decimals of a class's probability: those that stay when its score and a rival's as large are
   * rounded the other way, to first order.
   *
   * @param most decimals where the format has more digits
   */
  public int probabilityDecimals(ScoredClass scored, int most) {
    if (!isBrief()) {
      return most;
    }
    double p = scored.probability();
    // Bfloat16 has eight bits, the first of them always 1.
    double error = p * (1 - p) * 2 * Math.abs(scored.score()) * 0x1p-9;
    return error > 0 ? Math.clamp((long) Math.floor(-Math.log10(error)), 1, most) : most;
  }
}
