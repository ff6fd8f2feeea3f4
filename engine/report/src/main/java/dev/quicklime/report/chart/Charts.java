package dev.quicklime.report.chart;

import dev.quicklime.report.drawing.Typeface;
import java.awt.BasicStroke;
import java.awt.Color;
import java.text.DecimalFormat;
import java.text.DecimalFormatSymbols;
import java.util.List;
import java.util.Locale;
import org.jfree.chart.JFreeChart;
import org.jfree.chart.axis.CategoryAxis;
import org.jfree.chart.axis.NumberAxis;
import org.jfree.chart.axis.ValueAxis;
import org.jfree.chart.block.BlockBorder;
import org.jfree.chart.plot.CategoryPlot;
import org.jfree.chart.plot.Plot;
import org.jfree.chart.plot.XYPlot;
import org.jfree.chart.title.LegendTitle;
import org.jfree.chart.title.TextTitle;
import org.jfree.chart.ui.HorizontalAlignment;
import org.jfree.chart.ui.RectangleEdge;
import org.jfree.chart.ui.RectangleInsets;

/** How all charts look. */
public final class Charts {

  /** The lettering of all charts, 14 of their own units high. */
  public static final Typeface TYPE = new Typeface(14);

  /**
   * Okabe and Ito's colours, told apart by all kinds of eyes; their orange is darker, to be seen on
   * white, and so the vermilion beside it.
   */
  private static final List<Color> COLOURS =
      List.of(
          new Color(0x0072B2),
          new Color(0xC04F00),
          new Color(0x009E73),
          new Color(0xCC79A7),
          new Color(0xBF8700),
          new Color(0x333333));

  /** Thinner ones are drawn paler than their colour. */
  static final BasicStroke LINE = new BasicStroke(1);

  private static final float[] DASHES = {7, 5};
  private static final RectangleInsets MARGIN = new RectangleInsets(6, 6, 6, 14);

  private Charts() {}

  /** A chart of a plot, without a title or a legend. */
  public static JFreeChart of(Plot plot) {
    JFreeChart chart = new JFreeChart(null, TYPE.regular(), plot, false);
    chart.setAntiAlias(true);
    chart.setBackgroundPaint(Color.WHITE);
    chart.setPadding(MARGIN);
    plot.setBackgroundPaint(Color.WHITE);
    plot.setOutlineVisible(false);
    return chart;
  }

  /** Puts a title above a chart. */
  public static void title(JFreeChart chart, String text) {
    TextTitle heading = new TextTitle(text, TYPE.bold());
    heading.setPaint(Typeface.INK);
    heading.setHorizontalAlignment(HorizontalAlignment.LEFT);
    heading.setPadding(new RectangleInsets(2, 4, 6, 0));
    chart.setTitle(heading);
  }

  /** Puts a legend of the plot's series above or beneath it. */
  public static void legend(JFreeChart chart, RectangleEdge where) {
    LegendTitle legend = new LegendTitle(chart.getPlot());
    legend.setPosition(where);
    legend.setFrame(BlockBorder.NONE);
    legend.setItemFont(TYPE.small());
    legend.setItemPaint(Typeface.INK);
    legend.setPadding(new RectangleInsets(0, 0, 4, 0));
    chart.addSubtitle(legend);
  }

  /** Faint lines across, none along, and axes that touch the plot. */
  public static void grid(XYPlot plot) {
    plot.setBackgroundPaint(Color.WHITE);
    plot.setOutlineVisible(false);
    plot.setAxisOffset(RectangleInsets.ZERO_INSETS);
    plot.setDomainGridlinesVisible(false);
    plot.setRangeGridlinePaint(Typeface.RULE);
    plot.setRangeGridlineStroke(LINE);
  }

  /** The same where one axis has names. */
  static void grid(CategoryPlot plot) {
    plot.setAxisOffset(RectangleInsets.ZERO_INSETS);
    plot.setRangeGridlinePaint(Typeface.RULE);
    plot.setRangeGridlineStroke(LINE);
  }

  /** An axis of numbers. */
  public static NumberAxis axis(String label) {
    return lettered(StepAxis.ofNumbers(label));
  }

  /** An axis of shares and areas between two numbers. */
  public static NumberAxis axis(String label, double low, double high) {
    NumberAxis axis = axis(label);
    axis.setRange(low, high);
    return axis;
  }

  /** An axis of whole numbers. */
  static NumberAxis counts(String label) {
    return lettered(StepAxis.ofCounts(label));
  }

  /** An axis of shares of a whole, from 0 to 100 %. */
  static NumberAxis shares(String label) {
    NumberAxis axis = lettered(StepAxis.ofShares(label));
    axis.setRange(0, 1);
    return axis;
  }

  private static NumberAxis lettered(NumberAxis axis) {
    letter(axis);
    return axis;
  }

  /** Numbers by a pattern, with a true minus. */
  static DecimalFormat format(String pattern) {
    DecimalFormatSymbols symbols = DecimalFormatSymbols.getInstance(Locale.ROOT);
    symbols.setMinusSign('−');
    return new DecimalFormat(pattern, symbols);
  }

  /** Letters and rules an axis. */
  public static void letter(ValueAxis axis) {
    axis.setTickLabelFont(TYPE.small());
    axis.setTickLabelPaint(Typeface.INK);
    axis.setLabelFont(TYPE.small());
    axis.setLabelPaint(Typeface.MUTED);
    axis.setAxisLinePaint(Typeface.AXIS);
    axis.setAxisLineStroke(LINE);
    axis.setTickMarksVisible(false);
  }

  /** Letters an axis of names. */
  static void letter(CategoryAxis axis) {
    axis.setTickLabelFont(TYPE.small());
    axis.setTickLabelPaint(Typeface.INK);
    axis.setLabelFont(TYPE.small());
    axis.setLabelPaint(Typeface.MUTED);
    axis.setMaximumCategoryLabelLines(1);
    axis.setAxisLineVisible(false);
    axis.setTickMarksVisible(false);
  }

  /** Colour of a series by its position. */
  static Color colour(int position) {
    return COLOURS.get(position % COLOURS.size());
  }

  /** Line of a series, dashed where all colours are taken. */
  static BasicStroke stroke(int position) {
    return position < COLOURS.size()
        ? new BasicStroke(2.2f, BasicStroke.CAP_ROUND, BasicStroke.JOIN_ROUND)
        : new BasicStroke(
            2.2f, BasicStroke.CAP_BUTT, BasicStroke.JOIN_ROUND, 10, DASHES.clone(), 0);
  }
}
