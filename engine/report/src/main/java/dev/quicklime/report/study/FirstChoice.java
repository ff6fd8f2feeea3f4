package dev.quicklime.report.study;

import dev.quicklime.Explanation;
import dev.quicklime.model.ScoredClass;
import dev.quicklime.report.figure.Unit;
import dev.quicklime.report.text.Numbers;

/** What the model makes of a picture. */
final class FirstChoice {

  private FirstChoice() {}

  static String of(Explanation explanation) {
    ScoredClass best = explanation.scores().getFirst();
    if (Unit.of(explanation).single()) {
      return "The model's output is %s.".formatted(Numbers.significant(best.score(), 4));
    }
    String first =
        "The model's first choice is %s, with a probability of %s and a raw score of %s"
            .formatted(
                Say.quoted(best.label()),
                spoken(best.probability()),
                Numbers.significant(best.score(), 4));
    if (explanation.scores().size() < 2) {
      return first + ".";
    }
    ScoredClass second = explanation.scores().get(1);
    return "%s; the second is %s (%s, %s)."
        .formatted(
            first,
            Say.quoted(second.label()),
            spoken(second.probability()),
            Numbers.significant(second.score(), 4));
  }

  /** A probability for running text. */
  static String spoken(double probability) {
    return Numbers.probability(probability).replace("< ", "under ").replace("> ", "over ");
  }
}
