package dev.quicklime.report.chart;

import dev.quicklime.report.drawing.Plate;
import java.util.List;
import org.jfree.chart.JFreeChart;
import org.jfree.chart.axis.NumberAxis;
import org.jfree.chart.plot.XYPlot;
import org.jfree.chart.renderer.xy.XYLineAndShapeRenderer;
import org.jfree.chart.ui.RectangleEdge;
import org.jfree.data.xy.XYSeries;
import org.jfree.data.xy.XYSeriesCollection;

/** Probabilities against time, a line for each class. */
public final class TimeChart {

  private static final int WIDTH = 860;
  private static final int HEIGHT = 340;

  /** Two of these side by side on paper have small letters of 8 pt. */
  private static final int PAGE_WIDTH = 370;

  private static final int PAGE_HEIGHT = 260;

  private TimeChart() {}

  /**
   * Draws probabilities of classes over the frames of a video.
   *
   * @param probabilities for each class one for each frame
   * @param labels names of the classes
   * @param times when each frame is shown, in seconds; none to count frames
   */
  public static Plate draw(
      List<List<Double>> probabilities, List<String> labels, List<Double> times) {
    return Plate.of(chart(probabilities, labels, times), WIDTH, HEIGHT);
  }

  /** The same for a page that has half its width for it; like {@link #draw}. */
  public static Plate drawForPage(
      List<List<Double>> probabilities, List<String> labels, List<Double> times) {
    return Plate.of(chart(probabilities, labels, times), PAGE_WIDTH, PAGE_HEIGHT);
  }

  private static JFreeChart chart(
      List<List<Double>> probabilities, List<String> labels, List<Double> times) {
    XYSeriesCollection data = new XYSeriesCollection();
    XYLineAndShapeRenderer renderer = new XYLineAndShapeRenderer(true, false);
    for (int c = 0; c < probabilities.size(); c++) {
      // Two classes may have one name.
      XYSeries series = new XYSeries(labels.get(c) + " ".repeat(c));
      for (int frame = 0; frame < probabilities.get(c).size(); frame++) {
        series.add(times.isEmpty() ? frame + 1 : times.get(frame), probabilities.get(c).get(frame));
      }
      data.addSeries(series);
      renderer.setSeriesPaint(c, Charts.colour(c));
      renderer.setSeriesStroke(c, Charts.stroke(c));
    }
    NumberAxis right = times.isEmpty() ? Charts.counts("frame") : Charts.axis("time, s");
    right.setAutoRangeIncludesZero(!times.isEmpty());
    XYPlot plot = new XYPlot(data, right, Charts.axis("probability", 0, 1), renderer);
    Charts.grid(plot);
    JFreeChart chart = Charts.of(plot);
    Charts.legend(chart, RectangleEdge.BOTTOM);
    return chart;
  }
}
