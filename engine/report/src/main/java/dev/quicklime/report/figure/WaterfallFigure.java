package dev.quicklime.report.figure;

import dev.quicklime.ClassExplanation;
import dev.quicklime.report.chart.Waterfall;
import dev.quicklime.report.drawing.Figure;
import dev.quicklime.report.drawing.Plate;
import dev.quicklime.report.text.Numbers;
import dev.quicklime.surrogate.LinearFit;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;

/**
 * How the score goes from the empty picture's to the whole picture's, superpixel by superpixel, for
 * Shapley values, which add up to the difference.
 */
public final class WaterfallFigure {

  private final Subject subject;
  private final ClassExplanation explained;

  /** The figure of one class; nothing is drawn yet. */
  public WaterfallFigure(Subject subject, ClassExplanation explained) {
    this.subject = subject;
    this.explained = explained;
  }

  /** The strongest superpixels one by one, the others together. */
  public Figure draw() {
    return figure(
        Waterfall.draw(explained.scored().label(), subject.unit().noun(), steps()), steps());
  }

  /**
   * The same without a title and with bars that lie closer.
   *
   * @param width of the chart, in units in which letters are 14 high
   */
  public Figure drawClose(int width) {
    return figure(Waterfall.drawClose(subject.unit().noun(), steps(), width), steps());
  }

  /** The first level, steps, and the last level. */
  private List<Waterfall.Step> steps() {
    LinearFit fit = explained.fit();
    List<Integer> order =
        IntStream.range(0, fit.coefficients().size())
            .boxed()
            .sorted(Comparator.comparingDouble(j -> -Math.abs(fit.coefficients().get(j))))
            .toList();
    int shown = shown();
    List<Waterfall.Step> steps = new ArrayList<>();
    steps.add(new Waterfall.Step("nothing shown", fit.intercept()));
    for (int j : order.subList(0, shown)) {
      steps.add(new Waterfall.Step("superpixel " + j, fit.coefficients().get(j)));
    }
    if (shown < order.size()) {
      double rest =
          order.subList(shown, order.size()).stream().mapToDouble(fit.coefficients()::get).sum();
      steps.add(new Waterfall.Step((order.size() - shown) + " others", rest));
    }
    steps.add(new Waterfall.Step("everything shown", fit.localPrediction()));
    return steps;
  }

  /** How many superpixels have a step of their own; one is left for all others. */
  private int shown() {
    int count = explained.fit().coefficients().size();
    return count <= Waterfall.MOST ? count : Waterfall.MOST - 1;
  }

  private Figure figure(Plate plate, List<Waterfall.Step> steps) {
    String label = explained.scored().label();
    String from = subject.unit().text(steps.getFirst().value());
    String to = subject.unit().text(steps.getLast().value());
    return plate.figure(
        "class-" + explained.scored().index() + "-waterfall",
        "From nothing to everything shown, “" + label + "”",
        "Shapley values of the %s, each from where the one above it ends: from %s with nothing"
                .formatted(Numbers.counted(shown(), "strongest superpixel"), from)
            + " shown to %s with everything shown.".formatted(to),
        "Waterfall chart for %s, in units of %s, from %s to %s: %s."
            .formatted(
                label,
                subject.unit().noun(),
                from,
                to,
                String.join(
                    ", ",
                    steps.subList(1, steps.size() - 1).stream()
                        .map(step -> step.label() + " " + subject.unit().text(step.value()))
                        .toList())));
  }
}
