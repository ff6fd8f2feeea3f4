package dev.quicklime.report.figure;

import dev.quicklime.report.chart.BoxChart;
import dev.quicklime.report.chart.HistogramChart;
import dev.quicklime.report.drawing.Figure;
import dev.quicklime.report.statistics.SampleNumbers;
import dev.quicklime.report.statistics.Spread;
import dev.quicklime.report.text.Numbers;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.function.IntFunction;
import java.util.stream.Collectors;

/** Figures of how the numbers of all samples are distributed. */
public final class SampleFigures {

  private final Subject subject;
  private final SampleNumbers numbers;
  private final List<String> labels;
  private final Function<Integer, Integer> width;

  /** Figures of an explanation with at least one perturbed sample. */
  public SampleFigures(Subject subject) {
    this(subject, subject.size()::chart);
  }

  /**
   * The same with charts of one width.
   *
   * @param width in units in which letters are 14 high
   */
  public SampleFigures(Subject subject, int width) {
    this(subject, _ -> width);
  }

  private SampleFigures(Subject subject, Function<Integer, Integer> width) {
    this.subject = subject;
    this.width = width;
    this.numbers = new SampleNumbers(subject.explanation());
    this.labels =
        subject.explanation().classes().stream().map(each -> each.scored().label()).toList();
  }

  /** What the model made of the samples, a box for each class. */
  public Figure scores() {
    List<BoxChart.Box> boxes = boxes(numbers::scores);
    return BoxChart.draw(boxes, subject.unit().noun(), false, width())
        .figure(
            "scores",
            "Scores of the perturbed samples",
            "The %s of each class over %s; the original is left out. %s"
                .formatted(subject.unit().noun(), samples(), BoxChart.KEY),
            "Box plots of the %s. %s.".formatted(subject.unit().noun(), read(boxes)));
  }

  /** By how much the fits miss the samples, a box for each class. */
  public Figure losses() {
    List<BoxChart.Box> boxes = boxes(numbers::losses);
    String noun = subject.unit().noun();
    String unit =
        width() < BoxChart.NARROW
            ? "loss (%s²)".formatted(noun)
            : "squared residual (%s squared)".formatted(noun);
    return BoxChart.draw(boxes, unit, true, width())
        .figure(
            "losses",
            "Losses of the fits",
            ("The squared difference between what the model and what the weights make of each of"
                    + " %s, counted alike%s. %s")
                .formatted(
                    samples(),
                    BoxChart.isWide(boxes) ? ", on a logarithmic axis" : "",
                    BoxChart.KEY),
            "Box plots of the squared residuals. " + read(boxes) + ".");
  }

  /** How much like the original the samples are. */
  public Figure similarities() {
    double[] values = numbers.similarities();
    Spread spread = Spread.of(values);
    return HistogramChart.draw(
            values,
            0,
            1,
            width() < BoxChart.NARROW
                ? "similarity (1 is equal)"
                : "similarity to the original (1 is equal)",
            "samples",
            width())
        .figure(
            "similarities",
            "Similarity of the samples",
            ("How much %s resemble the original, by the share of superpixels that they show; a"
                    + " sample's weight in the fit. A bar stands for as many numbers of shown"
                    + " superpixels as any other.")
                .formatted(samples()),
            "Histogram of similarities: half of the samples lie between %s and %s, median %s."
                .formatted(
                    Numbers.significant(spread.quartile1(), 3),
                    Numbers.significant(spread.quartile3(), 3),
                    Numbers.significant(spread.median(), 3)));
  }

  private int width() {
    return width.apply(BoxChart.WIDTH);
  }

  private String samples() {
    return Numbers.counted(subject.explanation().samples().rows() - 1, "perturbed sample");
  }

  private List<BoxChart.Box> boxes(IntFunction<double[]> values) {
    List<BoxChart.Box> boxes = new ArrayList<>();
    for (int c = 0; c < labels.size(); c++) {
      boxes.add(new BoxChart.Box(labels.get(c), Spread.of(values.apply(c))));
    }
    return boxes;
  }

  private static String read(List<BoxChart.Box> boxes) {
    return boxes.stream()
        .map(
            box ->
                "%s: median %s, quartiles %s and %s"
                    .formatted(
                        box.label(),
                        Numbers.significant(box.spread().median(), 3),
                        Numbers.significant(box.spread().quartile1(), 3),
                        Numbers.significant(box.spread().quartile3(), 3)))
        .collect(Collectors.joining("; "));
  }
}
