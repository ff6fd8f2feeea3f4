package dev.quicklime.report.chart;

import dev.quicklime.report.drawing.Plate;
import dev.quicklime.report.drawing.Typeface;
import dev.quicklime.report.statistics.Spread;
import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.FontMetrics;
import java.awt.Paint;
import java.util.List;
import org.jfree.chart.JFreeChart;
import org.jfree.chart.axis.AxisLocation;
import org.jfree.chart.axis.CategoryAxis;
import org.jfree.chart.axis.NumberAxis;
import org.jfree.chart.axis.ValueAxis;
import org.jfree.chart.plot.CategoryPlot;
import org.jfree.chart.plot.PlotOrientation;
import org.jfree.chart.renderer.category.BoxAndWhiskerRenderer;
import org.jfree.data.statistics.BoxAndWhiskerItem;
import org.jfree.data.statistics.DefaultBoxAndWhiskerCategoryDataset;

/**
 * Box plots, one beneath the other: a box from the first quartile to the third, a line at the
 * median, whiskers from the 5th percentile to the 95th.
 */
public final class BoxChart {

  /** What a reader must know of the boxes. */
  public static final String KEY =
      "Boxes reach from the first quartile to the third, the line in them is the median, whiskers"
          + " end at the 5th and 95th percentiles.";

  /** Width of the chart in pixels, without the scale of a display. */
  public static final int WIDTH = 560;

  /** Charts that are narrower are all of one height, so that panels of a figure are alike. */
  public static final int NARROW = 300;

  /** Their height, more where they have many boxes. */
  static final int NARROW_HEIGHT = 208;

  private static final int CLOSE_BOX = 26;
  private static final int BOX = 46;
  private static final int FRAME = 70;
  private static final double LONGEST_LABEL = 0.3;

  /** Ratio of the largest to the smallest from which on a logarithmic axis shows more. */
  private static final double WIDE = 50;

  /** How far beneath the largest such an axis reaches: what is below is as good as 0. */
  private static final double DEEP = 1e-7;

  private BoxChart() {}

  /**
   * Values that are shown by one box.
   *
   * @param label beside it
   * @param spread what it shows
   */
  public record Box(String label, Spread spread) {}

  /**
   * Draws boxes, the first on top.
   *
   * @param axis what is drawn, with its unit
   * @param positive whether all values are ≥ 0 by nature, and a logarithmic axis may show them
   * @param width of the chart, in units in which letters are 14 high
   */
  public static Plate draw(List<Box> boxes, String axis, boolean positive, int width) {
    CategoryAxis names = new CategoryAxis();
    Charts.letter(names);
    names.setMaximumCategoryLabelWidthRatio(0.9f);
    names.setLowerMargin(0.06);
    names.setUpperMargin(0.06);
    ValueAxis numbers = positive && isWide(boxes) ? logarithmic(boxes, axis) : linear(axis);
    CategoryPlot plot = new CategoryPlot(data(boxes, width), names, numbers, new Boxes(boxes));
    plot.setOrientation(PlotOrientation.HORIZONTAL);
    plot.setRangeAxisLocation(AxisLocation.BOTTOM_OR_LEFT);
    Charts.grid(plot);
    JFreeChart chart = Charts.of(plot);
    int height =
        width < NARROW
            ? Math.max(NARROW_HEIGHT, FRAME + CLOSE_BOX * boxes.size())
            : FRAME + BOX * Math.max(2, boxes.size());
    return Plate.of(chart, width, height);
  }

  /** Whether {@link #draw} takes a logarithmic axis for values that are positive by nature. */
  public static boolean isWide(List<Box> boxes) {
    double low = boxes.stream().mapToDouble(box -> box.spread().quartile1()).min().orElse(0);
    double high = boxes.stream().mapToDouble(box -> box.spread().high()).max().orElse(0);
    return low > DEEP * high && high / low > WIDE;
  }

  private static NumberAxis linear(String label) {
    NumberAxis axis = Charts.axis(label);
    axis.setAutoRangeIncludesZero(false);
    axis.setLowerMargin(0.04);
    axis.setUpperMargin(0.04);
    return axis;
  }

  private static ValueAxis logarithmic(List<Box> boxes, String label) {
    double high = boxes.stream().mapToDouble(box -> box.spread().high()).max().orElse(1);
    double low =
        boxes.stream()
            .mapToDouble(box -> Math.max(box.spread().low(), box.spread().quartile1() / 100))
            .min()
            .orElse(high);
    LogTicksAxis axis = LogTicksAxis.over(label, low, high);
    Charts.letter(axis);
    return axis;
  }

  private static DefaultBoxAndWhiskerCategoryDataset data(List<Box> boxes, int width) {
    FontMetrics metrics = Typeface.metrics(Charts.TYPE.small());
    DefaultBoxAndWhiskerCategoryDataset data = new DefaultBoxAndWhiskerCategoryDataset();
    for (int i = 0; i < boxes.size(); i++) {
      Spread spread = boxes.get(i).spread();
      BoxAndWhiskerItem item =
          new BoxAndWhiskerItem(
              spread.mean(),
              spread.median(),
              spread.quartile1(),
              spread.quartile3(),
              spread.low(),
              spread.high(),
              spread.low(),
              spread.high(),
              List.of());
      data.add(
          item,
          "",
          new AxisLabel(i, Typeface.cut(boxes.get(i).label(), metrics, LONGEST_LABEL * width)));
    }
    return data;
  }

  /** A box in the colour that its class has in other charts too. */
  private static final class Boxes extends BoxAndWhiskerRenderer {

    private static final long serialVersionUID = 1L;

    Boxes(List<Box> boxes) {
      boolean flat =
          boxes.stream().anyMatch(box -> !(box.spread().quartile1() < box.spread().quartile3()));
      setFillBox(true);
      setMeanVisible(false);
      setMedianVisible(true);
      setUseOutlinePaintForWhiskers(true);
      setWhiskerWidth(0.5);
      setMaximumBarWidth(0.6 / Math.max(1, boxes.size()));
      // A box without width is nothing but its median, which must be seen on white.
      setArtifactPaint(flat ? Typeface.INK : Color.WHITE);
      setDefaultOutlinePaint(Typeface.INK);
      setDefaultOutlineStroke(new BasicStroke(1.2f));
      setDefaultStroke(new BasicStroke(1.2f));
      setAutoPopulateSeriesOutlinePaint(false);
      setAutoPopulateSeriesStroke(false);
    }

    @Override
    public Paint getItemPaint(int row, int column) {
      return Charts.colour(column);
    }
  }
}
