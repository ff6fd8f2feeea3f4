package dev.quicklime.report.figure;

import dev.quicklime.fidelity.ClassFidelity;
import dev.quicklime.fidelity.Fidelity;
import dev.quicklime.model.Target;
import dev.quicklime.report.chart.FidelityChart;
import dev.quicklime.report.drawing.Figure;
import dev.quicklime.report.drawing.Plate;
import dev.quicklime.report.text.Numbers;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * Draws how the model's output goes as superpixels are filled or shown by their weights.
 *
 * @param subject what is explained
 * @param fidelity of it
 */
public record FidelityFigure(Subject subject, Fidelity fidelity) {

  private String area(double area) {
    return fidelity.curves() == Target.LOGIT
        ? Numbers.significant(area, 3)
        : Numbers.fixed(area, 3);
  }

  /** Both curves of every class. */
  public Figure draw() {
    return draw(subject.size().chart(FidelityChart.WIDTH));
  }

  /**
   * The same of another width.
   *
   * @param width in units in which letters are 14 high
   */
  public Figure draw(int width) {
    return figure(
        FidelityChart.draw(
            fidelity.classes(), labels(), height(), fidelity.curves() != Target.LOGIT, width),
        "Line charts of deletion and insertion; areas under them: %s."
            .formatted(
                areas(
                    found ->
                        "%s and %s".formatted(area(found.deletion()), area(found.insertion())))));
  }

  /**
   * Deletion and insertion each by itself, for pages that may be too narrow for both side by side.
   *
   * @param width of each in units in which letters are 14 high
   */
  public List<Figure> drawEach(int width) {
    return List.of(
        figure(
            one(true, width),
            "Line chart of deletion; areas under it: %s."
                .formatted(areas(found -> area(found.deletion())))),
        figure(
            one(false, width),
            "Line chart of insertion; areas under it: %s."
                .formatted(areas(found -> area(found.insertion())))));
  }

  private Plate one(boolean deletion, int width) {
    boolean fromZero = fidelity.curves() != Target.LOGIT;
    return FidelityChart.drawOne(fidelity.classes(), labels(), height(), fromZero, deletion, width);
  }

  private Figure figure(Plate plate, String alt) {
    return plate.figure(
        "fidelity-curves",
        "Deletion and insertion",
        "The %s of each class as superpixels are filled (deletion) or shown (insertion), from its"
                .formatted(height())
            + " largest weight to its smallest. An early fall of the first and an early rise of the"
            + " second are good.",
        alt);
  }

  private List<String> labels() {
    return subject.explanation().classes().stream().map(c -> c.scored().label()).toList();
  }

  private String height() {
    return switch (fidelity.curves()) {
      case PROBABILITY -> "probability";
      case SIGMOID -> "sigmoid of the score";
      case LOGIT -> "output";
      case TOP1 -> "top-1 indicator";
    };
  }

  private String areas(Function<ClassFidelity, String> words) {
    List<String> labels = labels();
    return IntStream.range(0, labels.size())
        .mapToObj(c -> labels.get(c) + " " + words.apply(fidelity.classes().get(c)))
        .collect(Collectors.joining("; "));
  }
}
