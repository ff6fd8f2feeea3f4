package dev.quicklime.report.figure;

import dev.quicklime.fidelity.ClassFidelity;
import dev.quicklime.fidelity.Fidelity;
import dev.quicklime.model.Target;
import dev.quicklime.report.chart.FidelityChart;
import dev.quicklime.report.drawing.Figure;
import dev.quicklime.report.text.Numbers;
import java.util.ArrayList;
import java.util.List;

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
    List<String> labels =
        subject.explanation().classes().stream().map(c -> c.scored().label()).toList();
    String height =
        switch (fidelity.curves()) {
          case PROBABILITY -> "probability";
          case SIGMOID -> "sigmoid of the score";
          case LOGIT -> "output";
          case TOP1 -> "top-1 indicator";
        };
    List<String> areas = new ArrayList<>();
    for (int c = 0; c < labels.size(); c++) {
      ClassFidelity found = fidelity.classes().get(c);
      areas.add(
          "%s %s and %s".formatted(labels.get(c), area(found.deletion()), area(found.insertion())));
    }
    return FidelityChart.draw(
            fidelity.classes(), labels, height, fidelity.curves() != Target.LOGIT, width)
        .figure(
            "fidelity-curves",
            "Deletion and insertion",
            "The %s of each class as superpixels are filled (left) or shown (right), from its largest"
                    .formatted(height)
                + " weight to its smallest. An early fall on the left and an early rise on the"
                + " right are good.",
            "Line charts of deletion and insertion; areas under them: "
                + String.join("; ", areas)
                + ".");
  }
}
