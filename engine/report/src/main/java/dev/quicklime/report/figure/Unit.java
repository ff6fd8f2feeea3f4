package dev.quicklime.report.figure;

import dev.quicklime.Explanation;
import dev.quicklime.model.Target;
import dev.quicklime.report.text.Numbers;

/**
 * What the explained values are called and how they are written.
 *
 * @param target what of a score is explained
 * @param single whether the model has one output, and no sigmoid is taken of it, so that it has no
 *     probability
 */
public record Unit(Target target, boolean single) {

  /** What an explanation is about. */
  public static Unit of(Explanation explanation) {
    return new Unit(
        explanation.target(), explanation.outputs() == 1 && explanation.target() != Target.SIGMOID);
  }

  /** Its name in a sentence. */
  public String noun() {
    return switch (target) {
      case PROBABILITY -> "probability";
      case LOGIT -> single ? "output" : "raw score";
      case SIGMOID -> "sigmoid of the score";
      case TOP1 -> "top-1 indicator";
    };
  }

  /** Label of an axis of weights. */
  public String axis() {
    return switch (target) {
      case PROBABILITY -> "weight (probability)";
      case LOGIT -> single ? "weight (output)" : "weight (raw score)";
      case SIGMOID -> "weight (sigmoid of the score)";
      case TOP1 -> "weight (share of samples won)";
    };
  }

  /** A value of the target. */
  public String text(double value) {
    return target == Target.PROBABILITY && value >= 0 && value <= 1
        ? Numbers.probability(value)
        : target == Target.LOGIT ? Numbers.significant(value, 4) : Numbers.fixed(value, 3);
  }

  /** Whether the explained value is none of the scores that are given anyway. */
  public boolean showsTrueValue() {
    return target == Target.SIGMOID || target == Target.TOP1;
  }
}
