package dev.quicklime.cli.profile;

import dev.quicklime.cli.report.Plate;
import dev.quicklime.cli.report.Typeface;
import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.geom.Rectangle2D;
import java.text.DecimalFormat;
import java.text.DecimalFormatSymbols;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.function.ToDoubleFunction;
import org.jfree.chart.JFreeChart;
import org.jfree.chart.axis.NumberAxis;
import org.jfree.chart.axis.ValueAxis;
import org.jfree.chart.plot.ValueMarker;
import org.jfree.chart.plot.XYPlot;
import org.jfree.chart.renderer.xy.DeviationRenderer;
import org.jfree.chart.title.LegendTitle;
import org.jfree.chart.title.TextTitle;
import org.jfree.chart.ui.HorizontalAlignment;
import org.jfree.chart.ui.RectangleEdge;
import org.jfree.chart.ui.RectangleInsets;
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

  /** Pixels for each unit of length, so that lettering stays sharp on fine screens. */
  private static final int SCALE = 2;

  private static final float BAND_OPACITY = 0.15f;

  /** An axis of shares and areas. */
  static NumberAxis linear(String label, double low, double high) {
    NumberAxis axis = new NumberAxis(label);
    axis.setRange(low, high);
    DecimalFormatSymbols symbols = DecimalFormatSymbols.getInstance(Locale.ROOT);
    symbols.setMinusSign('−');
    axis.setNumberFormatOverride(new DecimalFormat(high - low > 0.45 ? "0.0" : "0.00", symbols));
    return axis;
  }

  /** Draws the chart. */
  Plate draw(Map<String, List<Point>> curves) {
    Plate plate = Plate.blank(WIDTH * SCALE, HEIGHT * SCALE);
    Graphics2D g = plate.graphics();
    g.scale(SCALE, SCALE);
    chart(curves, Typeface.forWidth(WIDTH)).draw(g, new Rectangle2D.Double(0, 0, WIDTH, HEIGHT));
    return plate;
  }

  private JFreeChart chart(Map<String, List<Point>> curves, Typeface type) {
    XYPlot plot = new XYPlot(data(curves), right, up, renderer(curves));
    plot.setBackgroundPaint(Color.WHITE);
    plot.setOutlineVisible(false);
    plot.setAxisOffset(RectangleInsets.ZERO_INSETS);
    plot.setDomainGridlinePaint(Typeface.RULE);
    plot.setRangeGridlinePaint(Typeface.RULE);
    plot.setDomainGridlineStroke(new BasicStroke(1));
    plot.setRangeGridlineStroke(new BasicStroke(1));
    letter(right, type);
    letter(up, type);
    line.ifPresent(
        value -> {
          ValueMarker marker = new ValueMarker(value, Typeface.INK, new BasicStroke(1));
          marker.setAlpha(1);
          plot.addRangeMarker(marker);
        });
    JFreeChart chart = new JFreeChart(null, type.regular(), plot, false);
    chart.setAntiAlias(true);
    chart.setBackgroundPaint(Color.WHITE);
    chart.setPadding(new RectangleInsets(6, 6, 6, 14));
    TextTitle heading = new TextTitle(title, type.bold());
    heading.setPaint(Typeface.INK);
    heading.setHorizontalAlignment(HorizontalAlignment.LEFT);
    heading.setPadding(new RectangleInsets(2, 4, 4, 0));
    chart.setTitle(heading);
    LegendTitle legend = new LegendTitle(plot);
    legend.setPosition(RectangleEdge.TOP);
    legend.setHorizontalAlignment(HorizontalAlignment.LEFT);
    legend.setItemFont(type.small());
    legend.setItemPaint(Typeface.INK);
    legend.setPadding(new RectangleInsets(0, 0, 4, 0));
    chart.addSubtitle(legend);
    return chart;
  }

  private static void letter(ValueAxis axis, Typeface type) {
    axis.setTickLabelFont(type.small());
    axis.setTickLabelPaint(Typeface.INK);
    axis.setLabelFont(type.small());
    axis.setLabelPaint(Typeface.MUTED);
    axis.setAxisLinePaint(Typeface.RULE);
    axis.setTickMarksVisible(false);
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

  private static DeviationRenderer renderer(Map<String, List<Point>> curves) {
    DeviationRenderer renderer = new DeviationRenderer(true, true);
    renderer.setAlpha(BAND_OPACITY);
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
