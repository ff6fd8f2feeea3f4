package dev.quicklime.cli.report;

import java.awt.Color;
import java.awt.Font;
import java.awt.FontMetrics;
import java.awt.Graphics2D;
import java.awt.geom.Rectangle2D;
import java.text.DecimalFormat;
import java.text.DecimalFormatSymbols;
import java.util.Locale;
import org.jfree.chart.ChartFactory;
import org.jfree.chart.JFreeChart;
import org.jfree.chart.StandardChartTheme;
import org.jfree.chart.axis.AxisLocation;
import org.jfree.chart.axis.CategoryAxis;
import org.jfree.chart.axis.NumberAxis;
import org.jfree.chart.labels.ItemLabelAnchor;
import org.jfree.chart.labels.ItemLabelPosition;
import org.jfree.chart.labels.StandardCategoryItemLabelGenerator;
import org.jfree.chart.plot.CategoryPlot;
import org.jfree.chart.plot.PlotOrientation;
import org.jfree.chart.title.TextTitle;
import org.jfree.chart.ui.HorizontalAlignment;
import org.jfree.chart.ui.RectangleInsets;
import org.jfree.chart.ui.TextAnchor;
import org.jfree.data.statistics.DefaultStatisticalCategoryDataset;
import org.jspecify.annotations.Nullable;

/** Bars for the strongest weights, the strongest on top. */
final class WeightChart {

  /** How many superpixels are shown at most. */
  static final int MOST = 15;

  private static final int WIDTH = 480;
  private static final int BAR = 24;
  private static final int FRAME = 104;

  /** Pixels for each unit of length, so that lettering stays sharp on fine screens. */
  private static final int SCALE = 2;

  private WeightChart() {}

  /** Draws the chart. */
  static Plate draw(ShownWeights weights, Unit unit, String label) {
    int height = FRAME + BAR * Math.clamp(weights.count(), 3, MOST);
    Plate plate = Plate.blank(WIDTH * SCALE, height * SCALE);
    Graphics2D g = plate.graphics();
    g.scale(SCALE, SCALE);
    Typeface type = Typeface.forWidth(WIDTH);
    FontMetrics metrics = g.getFontMetrics(type.bold());
    String title = Typeface.cut(label, metrics, WIDTH * 0.9);
    chart(weights, unit, title, type).draw(g, new Rectangle2D.Double(0, 0, WIDTH, height));
    return plate;
  }

  private static JFreeChart chart(ShownWeights weights, Unit unit, String title, Typeface type) {
    // The factories apply a theme of glossy bars and gray grounds unless told otherwise.
    ChartFactory.setChartTheme(StandardChartTheme.createLegacyTheme());
    JFreeChart chart =
        ChartFactory.createBarChart(
            null,
            "superpixel",
            unit.axis(),
            data(weights),
            PlotOrientation.HORIZONTAL,
            false,
            false,
            false);
    chart.setAntiAlias(true);
    chart.setBackgroundPaint(Color.WHITE);
    chart.setPadding(new RectangleInsets(6, 6, 6, 12));
    TextTitle heading = new TextTitle(title, type.bold());
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
    plot.setRangeGridlineStroke(new java.awt.BasicStroke(1));
    plot.setRangeGridlinesVisible(weights.count() > 0);
    plot.setRangeZeroBaselineVisible(weights.count() > 0);
    plot.setRangeZeroBaselinePaint(Typeface.MUTED);
    plot.setNoDataMessage("no weight is shown");
    plot.setNoDataMessageFont(type.small());
    plot.setNoDataMessagePaint(Typeface.MUTED);
    names(plot.getDomainAxis(), type);
    numbers((NumberAxis) plot.getRangeAxis(), weights, type.small());
    plot.setRenderer(bars(weights, type.small()));
    return chart;
  }

  private static DefaultStatisticalCategoryDataset data(ShownWeights weights) {
    DefaultStatisticalCategoryDataset data = new DefaultStatisticalCategoryDataset();
    for (int superpixel : weights.strongest(MOST)) {
      Number weight = weights.weight(superpixel);
      @Nullable Number margin = weights.margin(superpixel);
      data.add(weight, margin, "weight", superpixel);
    }
    return data;
  }

  private static void names(CategoryAxis axis, Typeface type) {
    axis.setTickLabelFont(type.small());
    axis.setTickLabelPaint(Typeface.INK);
    axis.setLabelFont(type.small());
    axis.setLabelPaint(Typeface.MUTED);
    axis.setAxisLineVisible(false);
    axis.setTickMarksVisible(false);
    axis.setLowerMargin(0.01);
    axis.setUpperMargin(0.01);
    axis.setCategoryMargin(0.35);
  }

  private static void numbers(NumberAxis axis, ShownWeights weights, Font font) {
    axis.setTickLabelFont(font);
    axis.setTickLabelPaint(Typeface.INK);
    axis.setLabelFont(font);
    axis.setLabelPaint(Typeface.MUTED);
    axis.setAxisLinePaint(Typeface.RULE);
    axis.setTickMarksVisible(false);
    axis.setNumberFormatOverride(format(weights.decimals()));
    // Room for the numbers at the ends of the bars.
    axis.setUpperMargin(0.2);
    axis.setLowerMargin(0.2);
    axis.setAutoRangeMinimumSize(Double.MIN_NORMAL);
    if (weights.count() == 0) {
      axis.setTickLabelsVisible(false);
      axis.setAxisLineVisible(false);
    }
  }

  private static WeightBars bars(ShownWeights weights, Font font) {
    WeightBars bars = new WeightBars();
    bars.setDrawBarOutline(false);
    bars.setShadowVisible(false);
    bars.setErrorIndicatorPaint(Typeface.INK);
    bars.setErrorIndicatorStroke(new java.awt.BasicStroke(1.2f));
    if (!weights.hasMargins()) {
      bars.setDefaultItemLabelGenerator(
          new StandardCategoryItemLabelGenerator("{2}", format(weights.decimals())));
      bars.setDefaultItemLabelFont(font);
      bars.setDefaultItemLabelPaint(Typeface.INK);
      bars.setDefaultItemLabelsVisible(true);
      bars.setDefaultPositiveItemLabelPosition(
          new ItemLabelPosition(ItemLabelAnchor.OUTSIDE3, TextAnchor.CENTER_LEFT));
      bars.setDefaultNegativeItemLabelPosition(
          new ItemLabelPosition(ItemLabelAnchor.OUTSIDE9, TextAnchor.CENTER_RIGHT));
    }
    return bars;
  }

  private static DecimalFormat format(int decimals) {
    String digits = decimals == 0 ? "0" : "0." + "0".repeat(decimals);
    DecimalFormatSymbols symbols = DecimalFormatSymbols.getInstance(Locale.ROOT);
    symbols.setMinusSign('−');
    return new DecimalFormat(digits, symbols);
  }
}
