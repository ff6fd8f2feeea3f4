package dev.quicklime.cli.report;

import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.FontMetrics;
import java.awt.Graphics2D;
import java.awt.geom.Rectangle2D;
import java.text.NumberFormat;
import java.util.List;
import org.jfree.chart.ChartFactory;
import org.jfree.chart.JFreeChart;
import org.jfree.chart.StandardChartTheme;
import org.jfree.chart.axis.AxisLocation;
import org.jfree.chart.axis.CategoryAxis;
import org.jfree.chart.axis.NumberAxis;
import org.jfree.chart.plot.CategoryPlot;
import org.jfree.chart.plot.PlotOrientation;
import org.jfree.chart.title.TextTitle;
import org.jfree.chart.ui.HorizontalAlignment;
import org.jfree.chart.ui.RectangleInsets;
import org.jfree.data.statistics.DefaultStatisticalCategoryDataset;
import org.jspecify.annotations.Nullable;

/** Panels of bars with intervals, side by side, the first bar of each on top. */
public final class IntervalBars {

  /** How many bars a panel shows at most. */
  public static final int MOST = 15;

  private static final int WIDTH = 480;
  private static final int BAR = 26;
  private static final int FRAME = 104;
  private static final double LONGEST_LABEL = WIDTH * 0.42;

  /** Pixels for each unit of length, so that lettering stays sharp on fine screens. */
  private static final int SCALE = 2;

  private static final Typeface TYPE = new Typeface(14);

  private IntervalBars() {}

  /**
   * One bar.
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
   * @param axis what is drawn, with its unit
   * @param bars at most {@link #MOST}, as many in each panel of a figure
   */
  public record Panel(String title, String axis, List<Bar> bars) {

    /** Copies the bars. */
    public Panel {
      bars = List.copyOf(bars);
    }
  }

  /** Draws panels from the left to the right. */
  public static Plate draw(List<Panel> panels) {
    int rows = panels.stream().mapToInt(panel -> panel.bars().size()).max().orElse(0);
    int height = FRAME + BAR * Math.clamp(rows, 3, MOST);
    Plate plate = Plate.blank(WIDTH * panels.size() * SCALE, height * SCALE);
    Graphics2D g = plate.graphics();
    g.scale(SCALE, SCALE);
    FontMetrics metrics = g.getFontMetrics(TYPE.small());
    // The factories apply a theme of glossy bars and gray grounds unless told otherwise.
    ChartFactory.setChartTheme(StandardChartTheme.createLegacyTheme());
    for (int i = 0; i < panels.size(); i++) {
      chart(panels.get(i), metrics)
          .draw(g, new Rectangle2D.Double((double) i * WIDTH, 0, WIDTH, height));
    }
    return plate;
  }

  private static JFreeChart chart(Panel panel, FontMetrics metrics) {
    JFreeChart chart =
        ChartFactory.createBarChart(
            null,
            null,
            panel.axis(),
            data(panel, metrics),
            PlotOrientation.HORIZONTAL,
            false,
            false,
            false);
    chart.setAntiAlias(true);
    chart.setBackgroundPaint(Color.WHITE);
    chart.setPadding(new RectangleInsets(6, 6, 6, 14));
    TextTitle heading = new TextTitle(panel.title(), TYPE.bold());
    heading.setPaint(Typeface.INK);
    heading.setHorizontalAlignment(HorizontalAlignment.LEFT);
    heading.setPadding(new RectangleInsets(2, 4, 6, 0));
    chart.setTitle(heading);
    CategoryPlot plot = chart.getCategoryPlot();
    plot.setBackgroundPaint(Color.WHITE);
    plot.setOutlineVisible(false);
    plot.setRangeAxisLocation(AxisLocation.BOTTOM_OR_LEFT);
    plot.setAxisOffset(RectangleInsets.ZERO_INSETS);
    plot.setRangeGridlinePaint(Typeface.RULE);
    plot.setRangeGridlineStroke(new BasicStroke(1));
    plot.setRangeZeroBaselineVisible(true);
    plot.setRangeZeroBaselinePaint(Typeface.MUTED);
    names(plot.getDomainAxis());
    numbers((NumberAxis) plot.getRangeAxis());
    WeightBars bars = new WeightBars();
    bars.setDrawBarOutline(false);
    bars.setShadowVisible(false);
    bars.setErrorIndicatorPaint(Typeface.INK);
    bars.setErrorIndicatorStroke(new BasicStroke(1.2f));
    plot.setRenderer(bars);
    return chart;
  }

  /** A bar's name, which others may have too. */
  private record Key(int place, String label) implements Comparable<Key> {
    @Override
    public int compareTo(Key other) {
      return Integer.compare(place, other.place);
    }

    @Override
    public String toString() {
      return label;
    }
  }

  private static DefaultStatisticalCategoryDataset data(Panel panel, FontMetrics metrics) {
    DefaultStatisticalCategoryDataset data = new DefaultStatisticalCategoryDataset();
    for (int i = 0; i < panel.bars().size(); i++) {
      Bar bar = panel.bars().get(i);
      data.add(
          (Number) bar.value(),
          bar.margin(),
          "value",
          new Key(i, Typeface.cut(bar.label(), metrics, LONGEST_LABEL)));
    }
    return data;
  }

  private static void names(CategoryAxis axis) {
    axis.setTickLabelFont(TYPE.small());
    axis.setTickLabelPaint(Typeface.INK);
    axis.setMaximumCategoryLabelLines(1);
    axis.setMaximumCategoryLabelWidthRatio(0.9f);
    axis.setAxisLineVisible(false);
    axis.setTickMarksVisible(false);
    axis.setLowerMargin(0.01);
    axis.setUpperMargin(0.01);
    axis.setCategoryMargin(0.35);
  }

  private static void numbers(NumberAxis axis) {
    axis.setTickLabelFont(TYPE.small());
    axis.setTickLabelPaint(Typeface.INK);
    axis.setLabelFont(TYPE.small());
    axis.setLabelPaint(Typeface.MUTED);
    axis.setAxisLinePaint(Typeface.RULE);
    axis.setTickMarksVisible(false);
    axis.setNumberFormatOverride(new Digits());
    axis.setUpperMargin(0.08);
    axis.setLowerMargin(0.08);
    axis.setAutoRangeMinimumSize(Double.MIN_NORMAL);
  }

  /** Numbers of an axis as the rest of a page writes them. */
  private static final class Digits extends NumberFormat {

    private static final long serialVersionUID = 1L;

    @Override
    public StringBuffer format(double value, StringBuffer into, java.text.FieldPosition position) {
      return into.append(
          Numbers.significant(value, 3)
              .replaceFirst("(\\.\\d*?)0+$", "$1")
              .replaceFirst("\\.$", ""));
    }

    @Override
    public StringBuffer format(long value, StringBuffer into, java.text.FieldPosition position) {
      return format((double) value, into, position);
    }

    @Override
    public Number parse(String text, java.text.ParsePosition position) {
      throw new UnsupportedOperationException("numbers of an axis are not read");
    }
  }
}
