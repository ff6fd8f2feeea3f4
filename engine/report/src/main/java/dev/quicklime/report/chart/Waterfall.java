package dev.quicklime.report.chart;

import dev.quicklime.report.drawing.Heat;
import dev.quicklime.report.drawing.Plate;
import dev.quicklime.report.drawing.Typeface;
import dev.quicklime.report.text.Numbers;
import java.awt.Color;
import java.awt.FontMetrics;
import java.util.List;
import org.jfree.chart.JFreeChart;
import org.jfree.chart.axis.AxisLocation;
import org.jfree.chart.axis.CategoryAxis;
import org.jfree.chart.axis.NumberAxis;
import org.jfree.chart.labels.ItemLabelAnchor;
import org.jfree.chart.labels.ItemLabelPosition;
import org.jfree.chart.labels.StandardCategoryItemLabelGenerator;
import org.jfree.chart.plot.CategoryPlot;
import org.jfree.chart.plot.PlotOrientation;
import org.jfree.chart.renderer.category.WaterfallBarRenderer;
import org.jfree.chart.ui.TextAnchor;
import org.jfree.data.category.DefaultCategoryDataset;

/** From one level to another by steps, each beginning where the one above it ends. */
public final class Waterfall {

  /** How many steps there are at most between the two levels. */
  public static final int MOST = 13;

  private static final int WIDTH = IntervalBars.WIDTH;
  private static final int BAR = 25;
  private static final int FRAME = 104;
  private static final int CLOSE_BAR = 14;
  private static final int CLOSE_FRAME = 60;
  private static final double MARGIN = 0.14;
  private static final double CLOSE_MARGIN = 0.36;
  private static final double LONGEST_LABEL = 0.42;
  private static final Color LEVEL = new Color(0x5f6368);

  private Waterfall() {}

  /**
   * A level, or a step.
   *
   * @param label beside it
   * @param value where the level is, or how far the step goes
   */
  public record Step(String label, double value) {}

  /**
   * Draws steps from the top to the bottom.
   *
   * @param title above them
   * @param axis what is drawn, with its unit
   * @param steps the first level, at most {@link #MOST} steps, and the level that they lead to
   */
  public static Plate draw(String title, String axis, List<Step> steps) {
    int height = FRAME + BAR * steps.size();
    JFreeChart chart = untitled(axis, steps, WIDTH);
    Charts.title(chart, Typeface.cut(title, metrics(), WIDTH * 0.8));
    return Plate.of(chart, WIDTH, height);
  }

  /**
   * The same without a title, as high as its steps need.
   *
   * @param axis what is drawn, with its unit
   * @param steps as above
   * @param width of the chart, in units in which letters are 14 high
   */
  public static Plate drawClose(String axis, List<Step> steps, int width) {
    return Plate.of(untitled(axis, steps, width), width, CLOSE_FRAME + CLOSE_BAR * steps.size());
  }

  private static JFreeChart untitled(String axis, List<Step> steps, int width) {
    CategoryAxis names = new CategoryAxis();
    Charts.letter(names);
    names.setMaximumCategoryLabelWidthRatio(0.9f);
    names.setLowerMargin(0.01);
    names.setUpperMargin(0.01);
    names.setCategoryMargin(0.3);
    NumberAxis numbers = Charts.axis(axis);
    // Room for the numbers at the ends of the bars.
    double margin = width < WIDTH ? CLOSE_MARGIN : MARGIN;
    numbers.setUpperMargin(margin);
    numbers.setLowerMargin(margin);
    CategoryPlot plot = new CategoryPlot(data(steps, width), names, numbers, bars(steps));
    plot.setOrientation(PlotOrientation.HORIZONTAL);
    plot.setRangeAxisLocation(AxisLocation.BOTTOM_OR_LEFT);
    plot.setRangeZeroBaselineVisible(true);
    plot.setRangeZeroBaselinePaint(Typeface.MUTED);
    plot.setRangeZeroBaselineStroke(Charts.LINE);
    Charts.grid(plot);
    return Charts.of(plot);
  }

  private static FontMetrics metrics() {
    return Typeface.metrics(Charts.TYPE.bold());
  }

  private static DefaultCategoryDataset data(List<Step> steps, int width) {
    DefaultCategoryDataset data = new DefaultCategoryDataset();
    for (int i = 0; i < steps.size(); i++) {
      String label = Typeface.cut(steps.get(i).label(), metrics(), LONGEST_LABEL * width);
      data.addValue(steps.get(i).value(), "value", new AxisLabel(i, label));
    }
    return data;
  }

  private static WaterfallBarRenderer bars(List<Step> steps) {
    Color up = new Color(Heat.POSITIVE);
    Color down = new Color(Heat.NEGATIVE);
    WaterfallBarRenderer bars = new WaterfallBarRenderer(LEVEL, up, down, LEVEL);
    bars.setDrawBarOutline(false);
    bars.setShadowVisible(false);
    double largest = steps.stream().mapToDouble(step -> Math.abs(step.value())).max().orElse(0);
    int decimals = Numbers.decimals(largest);
    String pattern = decimals == 0 ? "0" : "0." + "0".repeat(decimals);
    bars.setDefaultItemLabelGenerator(
        new StandardCategoryItemLabelGenerator("{2}", Charts.format(pattern)));
    bars.setDefaultItemLabelFont(Charts.TYPE.small());
    bars.setDefaultItemLabelPaint(Typeface.INK);
    bars.setDefaultItemLabelsVisible(true);
    bars.setDefaultPositiveItemLabelPosition(
        new ItemLabelPosition(ItemLabelAnchor.OUTSIDE3, TextAnchor.CENTER_LEFT));
    bars.setDefaultNegativeItemLabelPosition(
        new ItemLabelPosition(ItemLabelAnchor.OUTSIDE9, TextAnchor.CENTER_RIGHT));
    return bars;
  }
}
