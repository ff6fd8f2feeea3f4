package dev.quicklime.report.study;

import dev.quicklime.ClassExplanation;
import dev.quicklime.Explanation;
import dev.quicklime.report.figure.Unit;
import dev.quicklime.report.statistics.SampleNumbers;
import dev.quicklime.report.statistics.Spread;
import dev.quicklime.surrogate.LinearFit;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * How closely the weights follow the samples.
 *
 * @param noun what is explained
 * @param classes those with an R², the closest fit first
 */
public record Closeness(String noun, List<Fitted> classes) {

  /** R² that differ by less count as equal. */
  private static final double EQUAL = 0.02;

  private static final double HALF = 0.5;

  /**
   * The fit of a class.
   *
   * @param label its name
   * @param r2 weighted R²
   * @param loss median squared residual
   * @param error of the local prediction
   * @param deviation standard deviation of the scores over the samples
   */
  record Fitted(String label, double r2, double loss, double error, double deviation) {}

  static Closeness of(Explanation explanation) {
    SampleNumbers numbers = new SampleNumbers(explanation);
    List<Fitted> fitted = new ArrayList<>();
    for (int c = 0; c < explanation.classes().size(); c++) {
      ClassExplanation explained = explanation.classes().get(c);
      LinearFit fit = explained.fit();
      Double r2 = fit.r2();
      Spread scores = Spread.of(numbers.scores(c));
      if (r2 != null && !scores.isConstant()) {
        fitted.add(
            new Fitted(
                explained.scored().label(),
                r2,
                Spread.of(numbers.losses(c)).median(),
                Math.abs(fit.localPrediction() - explanation.localTarget(c)),
                scores.standardDeviation()));
      }
    }
    fitted.sort(Comparator.comparingDouble(Fitted::r2).reversed());
    return new Closeness(Unit.of(explanation).noun(), fitted);
  }

  String say() {
    if (classes.isEmpty()) {
      return "";
    }
    List<String> sentences = new ArrayList<>();
    Fitted closest = classes.getFirst();
    Fitted loosest = classes.getLast();
    if (classes.size() == 1) {
      sentences.add(
          "The weights of %s reach an R² of %s."
              .formatted(Say.quoted(closest.label()), Say.fixed(closest.r2(), 3)));
    } else if (closest.r2() - loosest.r2() < EQUAL) {
      sentences.add(
          "All fits are about equally close, with an R² from %s to %s."
              .formatted(Say.fixed(loosest.r2(), 3), Say.fixed(closest.r2(), 3)));
    } else {
      sentences.add(
          "The loosest fit is that of %s, with an R² of %s and a median loss of %s; the closest is"
                  .formatted(
                      Say.quoted(loosest.label()),
                      Say.fixed(loosest.r2(), 3),
                      Say.three(loosest.loss()))
              + " that of %s, with %s and %s."
                  .formatted(
                      Say.quoted(closest.label()),
                      Say.fixed(closest.r2(), 3),
                      Say.three(closest.loss())));
    }
    List<String> low =
        classes.stream()
            // As it is written, or a text would call 0.500 less than half.
            .filter(each -> Math.round(each.r2() * 1000) < 1000 * HALF)
            .map(each -> Say.quoted(each.label()))
            .toList();
    if (!low.isEmpty()) {
      sentences.add(
          low.size() == classes.size() && low.size() > 1
              ? "No fit follows half of the variation; the weights are a hint at best."
              : "The weights of %s follow less than half of the variation and are a hint at best."
                  .formatted(Say.list(low)));
    }
    Fitted farthest =
        classes.stream()
            .max(Comparator.comparingDouble(each -> each.error() / each.deviation()))
            .orElse(closest);
    sentences.add(
        "At the picture itself %s off by %s of the %s, %s standard deviations of the samples."
            .formatted(
                classes.size() == 1
                    ? "the fit is"
                    : "the fit of " + Say.quoted(farthest.label()) + " is farthest off,",
                Say.three(farthest.error()),
                noun,
                Say.fixed(farthest.error() / farthest.deviation(), 1))
            .replace("farthest off, off by", "farthest off, by"));
    return String.join(" ", sentences);
  }
}
