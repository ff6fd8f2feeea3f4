package dev.quicklime.cli.figure;

import org.jfree.chart.JFreeChart;
import org.jfree.chart.axis.NumberAxis;
import org.jfree.chart.plot.XYPlot;
import org.jfree.chart.renderer.xy.StandardXYBarPainter;
import org.jfree.chart.renderer.xy.XYBarRenderer;
import org.jfree.data.statistics.HistogramDataset;

/** How many of several values lie where. */
public final class HistogramChart {

  static final int WIDTH = 560;
  private static final int HEIGHT = 230;

  private HistogramChart() {}

  /**
   * Draws bars of equal width.
   *
   * @param values at least one
   * @param bins how many bars
   * @param low left end of the first bar
   * @param high right end of the last
   * @param across what the values are, with their unit
   * @param up what is counted
   * @param width of the chart, in units in which letters are 14 high
   */
  public static Plate draw(
      double[] values, int bins, double low, double high, String across, String up, int width) {
    HistogramDataset data = new HistogramDataset();
    data.addSeries("", values, bins, low, high);
    XYBarRenderer bars = new XYBarRenderer(0.06);
    bars.setBarPainter(new StandardXYBarPainter());
    bars.setShadowVisible(false);
    bars.setDrawBarOutline(false);
    bars.setSeriesPaint(0, Charts.colour(0));
    NumberAxis right = Charts.axis(across);
    right.setRange(low, high);
    NumberAxis upward = Charts.axis(up);
    upward.setStandardTickUnits(NumberAxis.createIntegerTickUnits());
    XYPlot plot = new XYPlot(data, right, upward, bars);
    Charts.grid(plot);
    JFreeChart chart = Charts.of(plot);
    return Plate.of(chart, width, HEIGHT);
  }
}
