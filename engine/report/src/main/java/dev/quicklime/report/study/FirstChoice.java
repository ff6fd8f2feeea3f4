package dev.quicklime.report.study;

import dev.quicklime.Explanation;
import dev.quicklime.model.ScoredClass;
import dev.quicklime.report.figure.Unit;
import dev.quicklime.report.text.ScoreDigits;

/** What the model makes of a picture. */
final class FirstChoice {

  private FirstChoice() {}

  static String of(Explanation explanation) {
    ScoredClass best = explanation.scores().getFirst();
    ScoreDigits digits = ScoreDigits.ofWhole(explanation.provenance().model());
    if (Unit.of(explanation).single()) {
      return "The model's output is %s.".formatted(digits.score(best.score()));
    }
    String first =
        "The model's first choice is %s, with a probability of %s and a raw score of %s"
            .formatted(Say.quoted(best.label()), digits.spoken(best), digits.score(best.score()));
    if (explanation.scores().size() < 2) {
      return first + ".";
    }
    ScoredClass second = explanation.scores().get(1);
    return "%s; the second is %s (%s, %s)."
        .formatted(
            first, Say.quoted(second.label()), digits.spoken(second), digits.score(second.score()));
  }

  /** The probability of the first choice for running text. */
  static String probability(Explanation explanation) {
    return ScoreDigits.ofWhole(explanation.provenance().model())
        .spoken(explanation.scores().getFirst());
  }
}
