package dev.quicklime.report.profile;

import dev.quicklime.report.chart.BandRenderer;
import dev.quicklime.report.chart.Charts;
import dev.quicklime.report.chart.LogTicksAxis;
import dev.quicklime.report.drawing.Plate;
import dev.quicklime.report.drawing.Typeface;
import java.awt.BasicStroke;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.function.ToDoubleFunction;
import org.jfree.chart.JFreeChart;
import org.jfree.chart.axis.ValueAxis;
import org.jfree.chart.plot.ValueMarker;
import org.jfree.chart.plot.XYPlot;
import org.jfree.chart.ui.RectangleEdge;
import org.jfree.data.xy.YIntervalSeries;
import org.jfree.data.xy.YIntervalSeriesCollection;

/**
 * Draws a line with marks and a band for every design.
 *
 * @param title of the chart
 * @param metric drawn upwards
 * @param across drawn to the right, above 0
 * @param right axis of {@code across}
 * @param up axis of the metric
 * @param line where a thin line is drawn across, if anywhere
 */
record LineChart(
    String title,
    Metric metric,
    ToDoubleFunction<Point> across,
    ValueAxis right,
    ValueAxis up,
    OptionalDouble line) {

  private static final int WIDTH = 560;
  private static final int HEIGHT = 430;

  /** Two of these side by side on paper have small letters of 8 pt. */
  private static final int PAGE_WIDTH = 360;

  private static final int PAGE_HEIGHT = 250;

  /** Draws the chart as a file of its own, under its title. */
  Plate draw(Map<String, List<Point>> curves) {
    JFreeChart chart = chart(curves);
    Charts.title(chart, title);
    return Plate.of(chart, WIDTH, HEIGHT);
  }

  /** Draws it for a page that says the title itself. */
  Plate drawForPage(Map<String, List<Point>> curves) {
    return Plate.of(chart(curves), PAGE_WIDTH, PAGE_HEIGHT);
  }

  private JFreeChart chart(Map<String, List<Point>> curves) {
    XYPlot plot = new XYPlot(data(curves), right, up, renderer(curves));
    Charts.grid(plot);
    plot.setDomainGridlinesVisible(true);
    plot.setDomainGridlinePaint(Typeface.RULE);
    plot.setDomainGridlineStroke(new BasicStroke(1));
    Charts.letter(right);
    Charts.letter(up);
    line.ifPresent(
        value -> {
          ValueMarker marker = new ValueMarker(value, Typeface.INK, new BasicStroke(1));
          marker.setAlpha(1);
          plot.addRangeMarker(marker);
        });
    JFreeChart chart = Charts.of(plot);
    Charts.legend(chart, RectangleEdge.TOP);
    return chart;
  }

  private YIntervalSeriesCollection data(Map<String, List<Point>> curves) {
    YIntervalSeriesCollection data = new YIntervalSeriesCollection();
    curves.forEach(
        (design, points) -> {
          YIntervalSeries series = new YIntervalSeries(design, false, true);
          for (Point point : points) {
            Band band = metric.of(point);
            double x = across.applyAsDouble(point);
            if (x > 0 && Double.isFinite(band.mean()) && Double.isFinite(band.high())) {
              series.add(x, drawable(band.mean()), drawable(band.low()), drawable(band.high()));
            }
          }
          data.addSeries(series);
        });
    return data;
  }

  /** A logarithmic axis has no place for 0; what is far outside is cut off either way. */
  private double drawable(double value) {
    double length = up.getRange().getLength();
    double least =
        up instanceof LogTicksAxis ? up.getLowerBound() / 1000 : up.getLowerBound() - 10 * length;
    return Math.max(value, least);
  }

  private static BandRenderer renderer(Map<String, List<Point>> curves) {
    BandRenderer renderer = new BandRenderer();
    int place = 0;
    for (String design : curves.keySet()) {
      DesignStyle style = DesignStyle.of(design, place);
      renderer.setSeriesPaint(place, style.colour());
      renderer.setSeriesFillPaint(place, style.colour());
      renderer.setSeriesStroke(
          place, new BasicStroke(2, BasicStroke.CAP_ROUND, BasicStroke.JOIN_ROUND));
      renderer.setSeriesShape(place, style.mark());
      place++;
    }
    return renderer;
  }
}
