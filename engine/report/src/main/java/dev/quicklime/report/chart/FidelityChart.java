package dev.quicklime.report.chart;

import dev.quicklime.fidelity.ClassFidelity;
import dev.quicklime.report.drawing.Plate;
import dev.quicklime.report.drawing.Typeface;
import java.awt.FontMetrics;
import java.awt.geom.Line2D;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jfree.chart.JFreeChart;
import org.jfree.chart.LegendItem;
import org.jfree.chart.LegendItemCollection;
import org.jfree.chart.axis.NumberAxis;
import org.jfree.chart.plot.CombinedRangeXYPlot;
import org.jfree.chart.plot.XYPlot;
import org.jfree.chart.renderer.xy.XYLineAndShapeRenderer;
import org.jfree.chart.ui.RectangleEdge;
import org.jfree.data.xy.XYSeries;
import org.jfree.data.xy.XYSeriesCollection;

/** Deletion curves beside insertion curves, a line for each class, over one axis of height. */
public final class FidelityChart {

  /** Width of the chart in pixels, without the scale of a display. */
  public static final int WIDTH = 860;

  private static final int HEIGHT = 380;

  /** Narrower ones have no room to name the curves besides. */
  private static final int NARROW = 600;

  private static final double LONGEST_LABEL = 0.3;

  /** Height of one kind of curve alone. */
  private static final int ONE_HEIGHT = 215;

  /** Above the highest curve and below the lowest, as a share of what is between. */
  private static final double ROOM = 0.05;

  private FidelityChart() {}

  /**
   * Draws deletion and insertion curves of classes side by side.
   *
   * @param classes curves
   * @param labels names of the classes, as many
   * @param height what the curves show
   * @param fromZero whether the height begins at 0
   * @param width of the chart, in units in which letters are 14 high
   */
  public static Plate draw(
      List<ClassFidelity> classes,
      List<String> labels,
      String height,
      boolean fromZero,
      int width) {
    FontMetrics metrics = Typeface.metrics(Charts.TYPE.regular());
    List<String> names =
        labels.stream().map(label -> Typeface.cut(label, metrics, LONGEST_LABEL * width)).toList();
    NumberAxis upward = Charts.axis(height);
    upward.setAutoRangeIncludesZero(fromZero);
    upward.setAutoRangeMinimumSize(1e-9);
    CombinedRangeXYPlot both = new CombinedRangeXYPlot(upward);
    both.setGap(52);
    boolean named = width >= NARROW;
    both.add(
        plot(
            classes,
            ClassFidelity::deletionCurve,
            (named ? "deletion: " : "") + "superpixels filled"));
    both.add(
        plot(
            classes,
            ClassFidelity::insertionCurve,
            (named ? "insertion: " : "") + "superpixels shown"));
    both.setFixedLegendItems(legend(names));
    JFreeChart chart = Charts.of(both);
    Charts.legend(chart, RectangleEdge.BOTTOM);
    return Plate.of(chart, width, width * HEIGHT / WIDTH);
  }

  /**
   * Draws one kind of curve, with the height that both kinds need.
   *
   * @param classes curves
   * @param labels names of the classes, as many
   * @param height what the curves show
   * @param fromZero whether the height begins at 0
   * @param deletion whether it is deletion, else insertion
   * @param width of the chart, in units in which letters are 14 high
   */
  public static Plate drawOne(
      List<ClassFidelity> classes,
      List<String> labels,
      String height,
      boolean fromZero,
      boolean deletion,
      int width) {
    double[] values =
        classes.stream()
            .flatMap(each -> Stream.of(each.deletionCurve(), each.insertionCurve()))
            .flatMap(List::stream)
            .mapToDouble(Double::doubleValue)
            .sorted()
            .toArray();
    double low = fromZero ? Math.min(0, values[0]) : values[0];
    double high = values[values.length - 1];
    double room = Math.max(ROOM * (high - low), 1e-9);
    XYPlot plot =
        deletion
            ? plot(classes, ClassFidelity::deletionCurve, "deletion: superpixels filled")
            : plot(classes, ClassFidelity::insertionCurve, "insertion: superpixels shown");
    plot.setRangeAxis(Charts.axis(height, low == 0 ? 0 : low - room, high + room));
    FontMetrics metrics = Typeface.metrics(Charts.TYPE.small());
    plot.setFixedLegendItems(
        legend(
            labels.stream()
                .map(label -> Typeface.cut(label, metrics, LONGEST_LABEL * width))
                .toList()));
    JFreeChart chart = Charts.of(plot);
    Charts.legend(chart, RectangleEdge.BOTTOM);
    return Plate.of(chart, width, ONE_HEIGHT);
  }

  private static XYPlot plot(
      List<ClassFidelity> classes, Function<ClassFidelity, List<Double>> curve, String name) {
    XYSeriesCollection data = new XYSeriesCollection();
    XYLineAndShapeRenderer renderer = new XYLineAndShapeRenderer(true, false);
    renderer.setDrawSeriesLineAsPath(true);
    for (int c = 0; c < classes.size(); c++) {
      List<Double> values = curve.apply(classes.get(c));
      XYSeries series = new XYSeries(c);
      for (int step = 0; step < values.size(); step++) {
        series.add((double) step / (values.size() - 1), values.get(step).doubleValue());
      }
      data.addSeries(series);
      renderer.setSeriesPaint(c, Charts.colour(c));
      renderer.setSeriesStroke(c, Charts.stroke(c));
    }
    XYPlot plot = new XYPlot(data, Charts.shares(name), null, renderer);
    Charts.grid(plot);
    return plot;
  }

  private static LegendItemCollection legend(List<String> names) {
    LegendItemCollection items = new LegendItemCollection();
    for (int c = 0; c < names.size(); c++) {
      items.add(
          new LegendItem(
              names.get(c),
              null,
              null,
              null,
              new Line2D.Double(-14, 0, 14, 0),
              Charts.stroke(c),
              Charts.colour(c)));
    }
    return items;
  }
}
