package dev.quicklime.report.chart;

import dev.quicklime.report.drawing.Heat;
import dev.quicklime.report.drawing.Plate;
import dev.quicklime.report.drawing.Typeface;
import dev.quicklime.report.text.Numbers;
import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.FontMetrics;
import java.awt.Paint;
import java.text.DecimalFormat;
import java.util.List;
import java.util.function.ToIntFunction;
import org.jfree.chart.JFreeChart;
import org.jfree.chart.axis.AxisLocation;
import org.jfree.chart.axis.CategoryAxis;
import org.jfree.chart.axis.NumberAxis;
import org.jfree.chart.labels.ItemLabelAnchor;
import org.jfree.chart.labels.ItemLabelPosition;
import org.jfree.chart.labels.StandardCategoryItemLabelGenerator;
import org.jfree.chart.plot.CategoryPlot;
import org.jfree.chart.plot.PlotOrientation;
import org.jfree.chart.renderer.category.StatisticalBarRenderer;
import org.jfree.chart.ui.TextAnchor;
import org.jfree.data.statistics.DefaultStatisticalCategoryDataset;
import org.jspecify.annotations.Nullable;

/**
 * Panels of bars, side by side, the first bar of each on top; with whiskers where there are
 * intervals, else with numbers.
 */
public final class IntervalBars {

  /** How many bars a panel shows at most. */
  public static final int MOST = 15;

  /** How wide a panel usually is, in units in which letters are 14 high. */
  public static final int WIDTH = 480;

  private static final int BAR = 25;
  private static final int FRAME = 104;

  /** Bars no farther from each other than their labels have to be. */
  private static final int CLOSE_BAR = 13;

  private static final int CLOSE_FRAME = 60;
  private static final double LONGEST_LABEL = 0.42;

  /** Beyond bars with whiskers and with numbers, as shares of their length. */
  private static final double WHISKERS = 0.08;

  private static final double NUMBERS = 0.2;

  /** Between a bar and its number, and what a chart has besides bars and their labels. */
  private static final double GAP = 6;

  private static final double BESIDE = 68;

  /** What numbers leave to the bars at least, as a share. */
  private static final double LEAST_BARS = 0.3;

  private IntervalBars() {}

  /**
   * A value with its interval.
   *
   * @param label beside it
   * @param value its length
   * @param margin how far its interval reaches to either side, or null
   */
  public record Bar(String label, double value, @Nullable Double margin) {}

  /**
   * Bars of one unit.
   *
   * @param title above them
   * @param names what the labels of the bars are, or nothing where they say it themselves
   * @param axis what is drawn, with its unit
   * @param bars at most {@link #MOST}, as many in each panel of a figure
   */
  public record Panel(String title, String names, String axis, List<Bar> bars) {

    /** Copies the bars. */
    public Panel {
      bars = List.copyOf(bars);
    }

    private boolean hasMargins() {
      return bars.stream().anyMatch(bar -> bar.margin() != null);
    }

    private double largest() {
      return bars.stream().mapToDouble(bar -> Math.abs(bar.value())).max().orElse(0);
    }
  }

  /** Draws panels from the left to the right. */
  public static Plate draw(List<Panel> panels) {
    return draw(panels, WIDTH);
  }

  /** The same with panels of another width. */
  public static Plate draw(List<Panel> panels, int width) {
    int rows = panels.stream().mapToInt(panel -> panel.bars().size()).max().orElse(0);
    int height = FRAME + BAR * rows(rows);
    Plate plate = Plate.forCharts(width * panels.size(), height);
    for (int i = 0; i < panels.size(); i++) {
      plate.add(chart(panels.get(i), width), i * width, 0, width, height);
    }
    return plate;
  }

  /**
   * Draws one panel without a title, its bars as close as they have to be.
   *
   * @param width of the chart, in units in which letters are 14 high
   * @param height of it
   */
  public static Plate draw(Panel panel, int width, int height) {
    return Plate.of(untitled(panel, width), width, height);
  }

  /**
   * The same as high as its bars need.
   *
   * @param width of the chart, in units in which letters are 14 high
   */
  public static Plate drawClose(Panel panel, int width) {
    return draw(panel, width, CLOSE_FRAME + CLOSE_BAR * rows(panel.bars().size()));
  }

  private static int rows(int bars) {
    return Math.clamp(bars, 3, MOST);
  }

  private static JFreeChart chart(Panel panel, int width) {
    JFreeChart chart = untitled(panel, width);
    Charts.title(chart, Typeface.cut(panel.title(), metrics(), width * 0.8));
    return chart;
  }

  private static JFreeChart untitled(Panel panel, int width) {
    CategoryAxis names =
        panel.names().isEmpty() ? new CategoryAxis() : new CategoryAxis(panel.names());
    Charts.letter(names);
    names.setMaximumCategoryLabelWidthRatio(0.9f);
    names.setLowerMargin(0.01);
    names.setUpperMargin(0.01);
    names.setCategoryMargin(0.35);
    CategoryPlot plot =
        new CategoryPlot(data(panel, width), names, numbers(panel, width), bars(panel));
    plot.setOrientation(PlotOrientation.HORIZONTAL);
    plot.setRangeAxisLocation(AxisLocation.BOTTOM_OR_LEFT);
    boolean some = !panel.bars().isEmpty();
    plot.setRangeGridlinesVisible(some);
    plot.setRangeZeroBaselineVisible(some);
    plot.setRangeZeroBaselinePaint(Typeface.MUTED);
    plot.setRangeZeroBaselineStroke(Charts.LINE);
    plot.setNoDataMessage("no weight is shown");
    plot.setNoDataMessageFont(Charts.TYPE.small());
    plot.setNoDataMessagePaint(Typeface.MUTED);
    Charts.grid(plot);
    return Charts.of(plot);
  }

  private static FontMetrics metrics() {
    return Typeface.metrics(Charts.TYPE.bold());
  }

  private static DefaultStatisticalCategoryDataset data(Panel panel, int width) {
    DefaultStatisticalCategoryDataset data = new DefaultStatisticalCategoryDataset();
    for (int i = 0; i < panel.bars().size(); i++) {
      Bar bar = panel.bars().get(i);
      AxisLabel key = new AxisLabel(i, Typeface.cut(bar.label(), metrics(), LONGEST_LABEL * width));
      data.add((Number) bar.value(), bar.margin(), "value", key);
    }
    return data;
  }

  private static NumberAxis numbers(Panel panel, int width) {
    NumberAxis axis = Charts.axis(panel.axis());
    double margin = panel.hasMargins() ? WHISKERS : numbered(panel, width);
    axis.setUpperMargin(margin);
    axis.setLowerMargin(margin);
    if (panel.bars().isEmpty()) {
      axis.setTickLabelsVisible(false);
      axis.setAxisLineVisible(false);
    }
    return axis;
  }

  /** Room for the numbers at the ends of bars, as a share of the bars' length. */
  private static double numbered(Panel panel, int width) {
    if (width >= WIDTH) {
      return NUMBERS;
    }
    FontMetrics metrics = Typeface.metrics(Charts.TYPE.small());
    DecimalFormat format = format(panel);
    int number = widest(panel, bar -> metrics.stringWidth(format.format(bar.value())));
    int label = widest(panel, bar -> metrics.stringWidth(bar.label()));
    long sides = panel.bars().stream().map(bar -> bar.value() < 0).distinct().count();
    double length = width - BESIDE - Math.min(label, LONGEST_LABEL * width);
    double share = (number + GAP) / length;
    return Math.clamp(share / Math.max(LEAST_BARS, 1 - sides * share), NUMBERS, 1);
  }

  private static int widest(Panel panel, ToIntFunction<Bar> width) {
    return panel.bars().stream().mapToInt(width).max().orElse(0);
  }

  private static DecimalFormat format(Panel panel) {
    int decimals = Numbers.decimals(panel.largest());
    return Charts.format(decimals == 0 ? "0" : "0." + "0".repeat(decimals));
  }

  private static Bars bars(Panel panel) {
    Bars bars = new Bars();
    bars.setDrawBarOutline(false);
    bars.setShadowVisible(false);
    bars.setErrorIndicatorPaint(Typeface.INK);
    bars.setErrorIndicatorStroke(new BasicStroke(1.2f));
    if (!panel.hasMargins()) {
      bars.setDefaultItemLabelGenerator(
          new StandardCategoryItemLabelGenerator("{2}", format(panel)));
      bars.setDefaultItemLabelFont(Charts.TYPE.small());
      bars.setDefaultItemLabelPaint(Typeface.INK);
      bars.setDefaultItemLabelsVisible(true);
      bars.setDefaultPositiveItemLabelPosition(
          new ItemLabelPosition(ItemLabelAnchor.OUTSIDE3, TextAnchor.CENTER_LEFT));
      bars.setDefaultNegativeItemLabelPosition(
          new ItemLabelPosition(ItemLabelAnchor.OUTSIDE9, TextAnchor.CENTER_RIGHT));
    }
    return bars;
  }

  /** Bars in the colour of their sign. */
  private static final class Bars extends StatisticalBarRenderer {

    private static final long serialVersionUID = 1L;

    @Override
    public Paint getItemPaint(int row, int column) {
      Number value = getPlot().getDataset().getValue(row, column);
      return new Color(value != null && value.doubleValue() < 0 ? Heat.NEGATIVE : Heat.POSITIVE);
    }
  }
}
