package dev.quicklime.report.tabular;

import dev.quicklime.model.ScoredClass;
import dev.quicklime.report.text.Numbers;
import dev.quicklime.report.text.ScoreDigits;
import dev.quicklime.tabular.Effect;
import dev.quicklime.tabular.Feature;
import dev.quicklime.tabular.TabularDesign;
import dev.quicklime.tabular.TabularExplanation;
import org.jspecify.annotations.Nullable;

/** Says in words what an explanation says in numbers. */
final class TabularWords {

  private static final int DIGITS = 6;

  private TabularWords() {}

  /** What the explained values are called. */
  static String noun(TabularExplanation explanation) {
    return switch (explanation.target()) {
      case PROBABILITY -> "probability";
      case LOGIT -> explanation.regression() ? "output" : "raw score";
      case SIGMOID -> "sigmoid of the score";
      case TOP1 -> "top-1 indicator";
    };
  }

  /** A value of the target for a class, with digits that mean something for its score. */
  static String value(TabularExplanation explanation, ScoredClass scored, double value) {
    return switch (explanation.target()) {
      case PROBABILITY -> probability(explanation, scored, value);
      case LOGIT -> ScoreDigits.of(explanation.model()).score(value);
      case SIGMOID, TOP1 -> Numbers.significant(value, 4);
    };
  }

  /** A probability of a class, or what stands for one, with as many decimals as the class's own. */
  static String probability(TabularExplanation explanation, ScoredClass scored, double value) {
    return Numbers.fixed(value, ScoreDigits.of(explanation.model()).probabilityDecimals(scored, 3));
  }

  static String design(TabularDesign design) {
    return switch (design) {
      case GAUSSIAN -> "independent normal noise";
      case ANTITHETIC -> "normal noise, each row with its mirror image";
      case SOBOL -> "a shifted Sobol sequence, each row with its mirror image";
    };
  }

  /** A feature with the row's value: {@code age = 37}. */
  static String equation(Feature feature) {
    return feature.name() + " = " + value(feature);
  }

  /** The row's value, to six digits where it is a number of more. */
  static String value(Feature feature) {
    String text = Numbers.significant(feature.number(), DIGITS);
    return feature.categorical() || feature.value().length() <= DIGITS + 2
        ? feature.value()
        : text.matches("[^.×]*\\.[0-9]*0") ? text.replaceFirst("\\.?0+$", "") : text;
  }

  /** A number with a sign. */
  static String signed(double value, int digits) {
    return (value > 0 ? "+" : "") + Numbers.significant(value, digits);
  }

  /** Half of an interval's width, or a dash. */
  static String margin(@Nullable Double margin) {
    return margin == null ? "–" : "± " + Numbers.significant(margin, 2);
  }

  /** A coefficient with its interval, in original units. */
  static String original(Effect effect) {
    Double margin = effect.margin();
    return signed(effect.coefficient(), 3)
        + (margin == null ? "" : " ± " + Numbers.significant(margin, 2));
  }

  /** A share of variation, or that it is not defined. */
  static String r2(@Nullable Double r2) {
    return r2 == null ? "undefined" : Numbers.fixed(r2, 3);
  }
}
