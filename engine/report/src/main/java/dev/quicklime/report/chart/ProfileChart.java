package dev.quicklime.report.chart;

import dev.quicklime.report.drawing.Plate;
import java.util.Collection;
import java.util.List;
import org.jfree.chart.JFreeChart;
import org.jfree.chart.plot.XYPlot;
import org.jfree.chart.renderer.xy.XYLineAndShapeRenderer;
import org.jfree.chart.ui.RectangleEdge;
import org.jfree.data.xy.XYSeries;
import org.jfree.data.xy.XYSeriesCollection;

/** Errors against numbers of samples, both on logarithmic axes, a line for each class. */
public final class ProfileChart {

  /** Width of the chart in pixels, without the scale of a display. */
  public static final int WIDTH = 480;

  private static final int HEIGHT = 290;

  /** As high as curves of fidelity beside it that are twice as wide. */
  private static final int NARROW_HEIGHT = 220;

  /** Errors below are those of rounding, and beyond those of a fit that is of no use. */
  private static final double LEAST = 1e-8;

  private static final double MOST = 10;

  private ProfileChart() {}

  /**
   * Errors of one class.
   *
   * @param label of the class
   * @param samples rising
   * @param errors as many, above 0
   */
  public record Line(String label, List<Integer> samples, List<Double> errors) {

    /** Copies the lists. */
    public Line {
      samples = List.copyOf(samples);
      errors = List.copyOf(errors);
    }
  }

  /**
   * Draws errors over numbers of samples, both on logarithmic axes.
   *
   * @param lines at least one, with at least one point
   * @param up what the errors are
   * @param width of the chart, in units in which letters are 14 high
   */
  public static Plate draw(List<Line> lines, String up, int width) {
    XYSeriesCollection data = new XYSeriesCollection();
    XYLineAndShapeRenderer renderer = new XYLineAndShapeRenderer(true, true);
    for (int c = 0; c < lines.size(); c++) {
      Line line = lines.get(c);
      // Two classes may have one name.
      XYSeries series = new XYSeries(line.label() + " ".repeat(c));
      for (int i = 0; i < line.samples().size(); i++) {
        series.add(line.samples().get(i).doubleValue(), drawable(line.errors().get(i)));
      }
      data.addSeries(series);
      renderer.setSeriesPaint(c, Charts.colour(c));
      renderer.setSeriesStroke(c, Charts.stroke(c));
    }
    double[] errors =
        lines.stream()
            .map(Line::errors)
            .flatMap(Collection::stream)
            .mapToDouble(ProfileChart::drawable)
            .sorted()
            .toArray();
    List<Integer> samples =
        lines.stream().flatMap(line -> line.samples().stream()).distinct().sorted().toList();
    LogTicksAxis right = LogTicksAxis.at("samples", samples);
    LogTicksAxis upward = LogTicksAxis.over(up, errors[0], errors[errors.length - 1]);
    Charts.letter(right);
    Charts.letter(upward);
    XYPlot plot = new XYPlot(data, right, upward, renderer);
    Charts.grid(plot);
    JFreeChart chart = Charts.of(plot);
    Charts.legend(chart, RectangleEdge.BOTTOM);
    return Plate.of(chart, width, width < BoxChart.NARROW ? NARROW_HEIGHT : HEIGHT);
  }

  private static double drawable(double error) {
    return Math.clamp(error, LEAST, MOST);
  }
}
