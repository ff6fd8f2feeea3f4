package dev.quicklime.cli.report;

import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.geom.Rectangle2D;
import java.util.List;
import org.jfree.chart.ChartFactory;
import org.jfree.chart.JFreeChart;
import org.jfree.chart.StandardChartTheme;
import org.jfree.chart.axis.NumberAxis;
import org.jfree.chart.block.BlockBorder;
import org.jfree.chart.plot.XYPlot;
import org.jfree.chart.renderer.xy.XYLineAndShapeRenderer;
import org.jfree.chart.title.LegendTitle;
import org.jfree.chart.ui.RectangleEdge;
import org.jfree.chart.ui.RectangleInsets;
import org.jfree.data.xy.XYSeries;
import org.jfree.data.xy.XYSeriesCollection;

/** Probabilities against time, a line for each class. */
final class TimeChart {

  private static final int WIDTH = 860;
  private static final int HEIGHT = 340;

  /** Pixels for each unit of length, so that lettering stays sharp on fine screens. */
  private static final int SCALE = 2;

  private static final Typeface TYPE = new Typeface(14);
  private static final float[] DASHES = {7, 5};

  private TimeChart() {}

  /**
   * Draws the chart.
   *
   * @param probabilities for each class one for each frame
   * @param labels names of the classes
   * @param rate frames per second, or 0 to count frames
   */
  static Plate draw(List<List<Double>> probabilities, List<String> labels, double rate) {
    Plate plate = Plate.blank(WIDTH * SCALE, HEIGHT * SCALE);
    Graphics2D g = plate.graphics();
    g.scale(SCALE, SCALE);
    chart(probabilities, labels, rate).draw(g, new Rectangle2D.Double(0, 0, WIDTH, HEIGHT));
    return plate;
  }

  private static JFreeChart chart(
      List<List<Double>> probabilities, List<String> labels, double rate) {
    ChartFactory.setChartTheme(StandardChartTheme.createLegacyTheme());
    XYSeriesCollection data = new XYSeriesCollection();
    XYLineAndShapeRenderer renderer = new XYLineAndShapeRenderer(true, false);
    for (int c = 0; c < probabilities.size(); c++) {
      // Two classes may have one name.
      XYSeries series = new XYSeries(labels.get(c) + " ".repeat(c));
      for (int frame = 0; frame < probabilities.get(c).size(); frame++) {
        series.add(rate > 0 ? frame / rate : frame + 1, probabilities.get(c).get(frame));
      }
      data.addSeries(series);
      renderer.setSeriesPaint(c, FidelityChart.colour(c));
      renderer.setSeriesStroke(
          c,
          c < FidelityChart.colours()
              ? new BasicStroke(2.2f)
              : new BasicStroke(
                  2.2f, BasicStroke.CAP_BUTT, BasicStroke.JOIN_ROUND, 10, DASHES.clone(), 0));
    }
    NumberAxis up = FidelityChart.axis("probability");
    up.setRange(0, 1);
    NumberAxis right = FidelityChart.axis(rate > 0 ? "time, s" : "frame");
    right.setAutoRangeIncludesZero(rate > 0);
    XYPlot plot = new XYPlot(data, right, up, renderer);
    plot.setBackgroundPaint(Color.WHITE);
    plot.setOutlineVisible(false);
    plot.setRangeGridlinePaint(Typeface.RULE);
    plot.setDomainGridlinesVisible(false);
    JFreeChart chart = new JFreeChart(null, TYPE.regular(), plot, false);
    chart.setAntiAlias(true);
    chart.setBackgroundPaint(Color.WHITE);
    chart.setPadding(new RectangleInsets(10, 8, 8, 20));
    LegendTitle legend = new LegendTitle(plot);
    legend.setPosition(RectangleEdge.BOTTOM);
    legend.setFrame(BlockBorder.NONE);
    legend.setItemFont(TYPE.regular());
    legend.setItemPaint(Typeface.INK);
    chart.addSubtitle(legend);
    return chart;
  }
}
