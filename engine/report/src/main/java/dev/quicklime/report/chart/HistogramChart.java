package dev.quicklime.report.chart;

import dev.quicklime.report.drawing.Plate;
import java.util.Arrays;
import org.jfree.chart.JFreeChart;
import org.jfree.chart.axis.NumberAxis;
import org.jfree.chart.plot.XYPlot;
import org.jfree.chart.renderer.xy.StandardXYBarPainter;
import org.jfree.chart.renderer.xy.XYBarRenderer;
import org.jfree.data.xy.XYIntervalSeries;
import org.jfree.data.xy.XYIntervalSeriesCollection;

/**
 * How many of several values lie where. What is counted takes few different values, between which
 * bars of equal width would find now one and now two; so a bar stands for one of them, or for as
 * many of them as every other bar.
 */
public final class HistogramChart {

  /** Width of the chart in pixels, without the scale of a display. */
  public static final int WIDTH = 560;

  private static final int HEIGHT = 230;
  private static final int MOST_BARS = 40;

  /** Values that differ by less are one. */
  private static final double SAME = 1e-9;

  private HistogramChart() {}

  /**
   * Draws how often each value occurs, or each few of them where they are many.
   *
   * @param values at least one, between low and high
   * @param low left end of the axis
   * @param high right end of the axis
   * @param across what the values are, with their unit
   * @param up what is counted
   * @param width of the chart, in units in which letters are 14 high
   */
  public static Plate draw(
      double[] values, double low, double high, String across, String up, int width) {
    XYIntervalSeriesCollection data = new XYIntervalSeriesCollection();
    data.addSeries(bars(values, low, high));
    XYBarRenderer bars = new XYBarRenderer(0.06);
    bars.setBarPainter(new StandardXYBarPainter());
    bars.setShadowVisible(false);
    bars.setDrawBarOutline(false);
    bars.setSeriesPaint(0, Charts.colour(0));
    NumberAxis right = Charts.axis(across);
    right.setRange(low, high);
    XYPlot plot = new XYPlot(data, right, Charts.counts(up), bars);
    Charts.grid(plot);
    JFreeChart chart = Charts.of(plot);
    return Plate.of(chart, width, width < BoxChart.NARROW ? BoxChart.NARROW_HEIGHT : HEIGHT);
  }

  private static XYIntervalSeries bars(double[] values, double low, double high) {
    double[] sorted = values.clone();
    Arrays.sort(sorted);
    double[] levels = levels(sorted);
    int each = (levels.length + MOST_BARS - 1) / MOST_BARS;
    XYIntervalSeries bars = new XYIntervalSeries("");
    int at = 0;
    for (int first = 0; first < levels.length; first += each) {
      int last = Math.min(first + each, levels.length) - 1;
      int begin = at;
      while (at < sorted.length && sorted[at] <= levels[last] + SAME) {
        at++;
      }
      double from = Math.max(low, edge(levels, first));
      double to = Math.min(high, edge(levels, last + 1));
      bars.add((from + to) / 2, from, to, at - begin, 0, at - begin);
    }
    return bars;
  }

  private static double[] levels(double[] sorted) {
    double[] levels = new double[sorted.length];
    int count = 0;
    for (double value : sorted) {
      if (count == 0 || value > levels[count - 1] + SAME) {
        levels[count++] = value;
      }
    }
    return Arrays.copyOf(levels, count);
  }

  /**
   * Half way between a level and the one before it; before the first and after the last, as far.
   */
  private static double edge(double[] levels, int position) {
    int last = levels.length - 1;
    if (last == 0) {
      return levels[0] + (position == 0 ? -0.01 : 0.01);
    }
    if (position == 0) {
      return levels[0] - (levels[1] - levels[0]) / 2;
    }
    if (position > last) {
      return levels[last] + (levels[last] - levels[last - 1]) / 2;
    }
    return (levels[position - 1] + levels[position]) / 2;
  }
}
