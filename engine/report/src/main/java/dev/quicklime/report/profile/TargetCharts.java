package dev.quicklime.report.profile;

import dev.quicklime.report.chart.Charts;
import dev.quicklime.report.chart.LogTicksAxis;
import dev.quicklime.report.drawing.Figure;
import dev.quicklime.report.drawing.Plate;
import dev.quicklime.report.text.Numbers;
import dev.quicklime.report.text.Words;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.function.ToDoubleFunction;
import java.util.stream.Collectors;
import java.util.stream.DoubleStream;
import org.jfree.chart.axis.ValueAxis;

/** The charts of one target, with captions. */
final class TargetCharts {

  /** Errors beyond say no more than that a fit is of no use, and would flatten all others. */
  private static final double LARGEST_ERROR = 10;

  /** Below, errors are those of rounding. */
  private static final double SMALLEST_ERROR = 1e-8;

  private static final double LOWEST_R2 = -0.5;
  private static final double NOMINAL_COVERAGE = 0.95;

  private final ProfileSummary summary;
  private final String target;
  private final Map<String, List<Point>> curves;

  TargetCharts(ProfileSummary summary, String target) {
    this.summary = summary;
    this.target = target;
    this.curves = summary.points().getOrDefault(target, Map.of());
  }

  /**
   * A chart.
   *
   * @param file as a file of its own
   * @param shown the same for a page
   */
  record Both(Figure file, Figure shown) {}

  /** All charts that there are figures for. */
  List<Both> draw() {
    List<Both> figures = new ArrayList<>();
    for (Metric metric : Metric.values()) {
      if (metric.isIn(curves.values())) {
        figures.add(againstSamples(metric));
        if (metric == Metric.ERROR) {
          figures.add(againstSeconds());
        }
      }
    }
    return figures;
  }

  private Both againstSamples(Metric metric) {
    ValueAxis right = LogTicksAxis.at("samples", summary.counts());
    return figure(metric, Point::samples, right, metric.word(), metric.title(), false);
  }

  private Both againstSeconds() {
    double[] seconds =
        points().stream().mapToDouble(Point::seconds).filter(s -> s > 0).sorted().toArray();
    double low = seconds.length == 0 ? 1 : seconds[0];
    double high = seconds.length == 0 ? 1 : seconds[seconds.length - 1];
    return figure(
        Metric.ERROR,
        Point::seconds,
        LogTicksAxis.over("seconds", low, high),
        "error-seconds",
        "Error against time",
        true);
  }

  private Both figure(
      Metric metric,
      ToDoubleFunction<Point> across,
      ValueAxis right,
      String word,
      String title,
      boolean inTime) {
    OptionalDouble line =
        switch (metric) {
          case ERROR -> summary.wanted(target);
          case COVERAGE -> OptionalDouble.of(NOMINAL_COVERAGE);
          default -> OptionalDouble.empty();
        };
    LineChart chart = new LineChart(title + ", " + target, metric, across, right, up(metric), line);
    return new Both(
        named(chart.draw(curves), metric, word, title, line, inTime),
        named(chart.drawForPage(curves), metric, word, title, line, inTime));
  }

  private Figure named(
      Plate plate, Metric metric, String word, String title, OptionalDouble line, boolean inTime) {
    return plate.figure(
        target + "-" + word,
        title + ", " + target,
        caption(metric, line, inTime),
        title + " on " + ProfileFindings.plural(target) + ". " + numbers(metric, inTime));
  }

  private List<Point> points() {
    return curves.values().stream().flatMap(List::stream).toList();
  }

  private double[] drawn(Metric metric) {
    return points().stream()
        .map(metric::of)
        .flatMapToDouble(band -> DoubleStream.of(band.mean(), band.low(), band.high()))
        .filter(Double::isFinite)
        .sorted()
        .toArray();
  }

  private ValueAxis up(Metric metric) {
    double[] values = drawn(metric);
    double low = values.length == 0 ? 0 : values[0];
    double high = values.length == 0 ? 1 : values[values.length - 1];
    return switch (metric) {
      case ERROR -> {
        double wanted = summary.wanted(target).orElse(high);
        yield LogTicksAxis.over(
            metric.axis(),
            Math.clamp(Math.min(low, wanted), SMALLEST_ERROR, LARGEST_ERROR / 10),
            Math.clamp(Math.max(high, wanted), 10 * SMALLEST_ERROR, LARGEST_ERROR / 1.2));
      }
      case HELD_OUT_R2 -> Charts.axis(metric.axis(), Math.clamp(tenth(low), LOWEST_R2, 0.9), 1);
      case COVERAGE -> Charts.axis(metric.axis(), Math.clamp(tenth(low), 0, 0.8), 1);
      case LIKENESS -> Charts.axis(metric.axis(), Math.clamp(tenth(low), 0, 0.9), 1);
      case DELETION, INSERTION ->
          Charts.axis(
              metric.axis(), Math.clamp(tenth(low), 0, 0.9), Math.clamp(-tenth(-high), 0.1, 1));
    };
  }

  private static double tenth(double value) {
    return Math.floor(10 * value) / 10;
  }

  private String caption(Metric metric, OptionalDouble line, boolean inTime) {
    StringBuilder text = new StringBuilder(explanation(metric));
    text.append(" Means of ").append(ProfileWords.basis(summary)).append('.');
    if (metric == Metric.DELETION || metric == Metric.INSERTION) {
      text.append(
          summary.curvedSeeds() == 1
              ? " Scored for one seed only."
              : " Scored for %s seeds only.".formatted(summary.curvedSeeds()));
    }
    if (metric != Metric.LIKENESS && seeds(metric) > 1) {
      text.append(" Bands hold the seeds from the 16th to the 84th percentile.");
    }
    if (metric == Metric.ERROR && line.isPresent()) {
      text.append(
          " Thin line: the error of the sentence above, %s."
              .formatted(Numbers.significant(line.getAsDouble(), 3)));
    }
    if (metric == Metric.COVERAGE) {
      text.append(" Thin line: 0.95, what intervals of 95 % should reach.");
    }
    text.append(cut(metric));
    text.append(
        inTime
            ? " Seconds are those of scoring and fitting so many samples."
            : " " + withMost(metric));
    return text.toString();
  }

  private int seeds(Metric metric) {
    return metric == Metric.DELETION || metric == Metric.INSERTION
        ? summary.curvedSeeds()
        : summary.seeds();
  }

  private static String explanation(Metric metric) {
    return switch (metric) {
      case ERROR ->
          "Σ(β − β*)² / Σ(β* − mean β*)² of the coefficients β, with β* converged; lower is"
              + " better.";
      case HELD_OUT_R2 ->
          "Weighted R² of the fits on rows of 50:50 masks that none of them saw; higher is better.";
      case LIKENESS ->
          "How many of the strongest superpixels two seeds have in common, as a share of those that"
              + " either has; 1 is the same.";
      case COVERAGE -> "Share of the coefficients whose 95 % interval holds the converged one.";
      case DELETION ->
          "Mean probability of the class as superpixels are filled, the largest coefficient first;"
              + " lower is better.";
      case INSERTION ->
          "Mean probability of the class as superpixels are shown, the largest coefficient first;"
              + " higher is better.";
    };
  }

  private String cut(Metric metric) {
    double[] values = drawn(metric);
    boolean infinite =
        points().stream().anyMatch(point -> Double.isInfinite(metric.of(point).mean()));
    if (metric == Metric.ERROR) {
      if (infinite || (values.length > 0 && values[values.length - 1] > LARGEST_ERROR)) {
        return " Errors above 10 are cut off.";
      }
      return values.length > 0 && values[0] < SMALLEST_ERROR
          ? " Errors below 10⁻⁸ are those of rounding, and cut off."
          : "";
    }
    return metric == Metric.HELD_OUT_R2 && values.length > 0 && values[0] < LOWEST_R2
        ? " What is below −0.5 is cut off."
        : "";
  }

  /** The figures with the most samples: "With 512 samples: bernoulli 0.061, hadamard 0.018." */
  private String withMost(Metric metric) {
    int most = summary.counts().getLast();
    String figures =
        curves.entrySet().stream()
            .filter(entry -> !entry.getValue().isEmpty())
            .filter(entry -> !metric.of(entry.getValue().getLast()).isEmpty())
            .map(
                entry ->
                    entry.getKey()
                        + " "
                        + ProfileWords.figure(metric, metric.of(entry.getValue().getLast()).mean()))
            .collect(Collectors.joining(", "));
    return "With %s samples: %s.".formatted(Numbers.count(most), figures);
  }

  private String numbers(Metric metric, boolean inTime) {
    return curves.entrySet().stream()
        .map(
            entry ->
                entry.getKey()
                    + ": "
                    + entry.getValue().stream()
                        .filter(point -> !metric.of(point).isEmpty())
                        .map(
                            point ->
                                ProfileWords.figure(metric, metric.of(point).mean())
                                    + (inTime
                                        ? " after " + Words.duration(1000 * point.seconds())
                                        : " with " + point.samples()))
                        .collect(Collectors.joining(", ")))
        .collect(Collectors.joining("; "));
  }
}
