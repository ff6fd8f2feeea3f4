package dev.quicklime.cli.report;

import dev.quicklime.fidelity.ClassFidelity;
import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.Font;
import java.awt.FontMetrics;
import java.awt.Graphics2D;
import java.awt.geom.Line2D;
import java.awt.geom.Rectangle2D;
import java.text.DecimalFormat;
import java.text.DecimalFormatSymbols;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;
import org.jfree.chart.ChartFactory;
import org.jfree.chart.JFreeChart;
import org.jfree.chart.LegendItem;
import org.jfree.chart.LegendItemCollection;
import org.jfree.chart.StandardChartTheme;
import org.jfree.chart.axis.NumberAxis;
import org.jfree.chart.block.BlockBorder;
import org.jfree.chart.plot.CombinedRangeXYPlot;
import org.jfree.chart.plot.XYPlot;
import org.jfree.chart.renderer.xy.XYLineAndShapeRenderer;
import org.jfree.chart.title.LegendTitle;
import org.jfree.chart.ui.RectangleEdge;
import org.jfree.chart.ui.RectangleInsets;
import org.jfree.data.xy.XYSeries;
import org.jfree.data.xy.XYSeriesCollection;

/** Deletion curves beside insertion curves, a line for each class, over one axis of height. */
final class FidelityChart {

  private static final int WIDTH = 860;
  private static final int HEIGHT = 380;

  /** Pixels for each unit of length, so that lettering stays sharp on fine screens. */
  private static final int SCALE = 2;

  private static final Typeface TYPE = new Typeface(14);
  private static final double LONGEST_LABEL = WIDTH * 0.3;

  /** Okabe and Ito's colours, told apart by all kinds of eyes. */
  private static final List<Color> COLOURS =
      List.of(
          new Color(0x0072B2),
          new Color(0xD55E00),
          new Color(0x009E73),
          new Color(0xCC79A7),
          new Color(0xE69F00),
          new Color(0x333333));

  private static final float[] DASHES = {7, 5};

  private FidelityChart() {}

  /**
   * Draws the chart.
   *
   * @param classes curves
   * @param labels names of the classes, as many
   * @param height what the curves show
   * @param fromZero whether the height begins at 0
   */
  static Plate draw(
      List<ClassFidelity> classes, List<String> labels, String height, boolean fromZero) {
    Plate plate = Plate.blank(WIDTH * SCALE, HEIGHT * SCALE);
    Graphics2D g = plate.graphics();
    g.scale(SCALE, SCALE);
    FontMetrics metrics = g.getFontMetrics(TYPE.regular());
    List<String> names =
        labels.stream().map(label -> Typeface.cut(label, metrics, LONGEST_LABEL)).toList();
    chart(classes, names, height, fromZero).draw(g, new Rectangle2D.Double(0, 0, WIDTH, HEIGHT));
    return plate;
  }

  private static JFreeChart chart(
      List<ClassFidelity> classes, List<String> names, String height, boolean fromZero) {
    ChartFactory.setChartTheme(StandardChartTheme.createLegacyTheme());
    NumberAxis upward = axis(height);
    upward.setAutoRangeIncludesZero(fromZero);
    upward.setAutoRangeMinimumSize(1e-9);
    CombinedRangeXYPlot both = new CombinedRangeXYPlot(upward);
    both.setGap(52);
    both.setOutlineVisible(false);
    both.add(plot(classes, ClassFidelity::deletionCurve, "deletion: superpixels filled"));
    both.add(plot(classes, ClassFidelity::insertionCurve, "insertion: superpixels shown"));
    both.setFixedLegendItems(legend(names));
    JFreeChart chart = new JFreeChart(null, TYPE.regular(), both, false);
    chart.setAntiAlias(true);
    chart.setBackgroundPaint(Color.WHITE);
    chart.setPadding(new RectangleInsets(10, 8, 8, 20));
    LegendTitle legend = new LegendTitle(both);
    legend.setPosition(RectangleEdge.BOTTOM);
    legend.setFrame(BlockBorder.NONE);
    legend.setItemFont(TYPE.regular());
    legend.setItemPaint(Typeface.INK);
    chart.addSubtitle(legend);
    return chart;
  }

  private static XYPlot plot(
      List<ClassFidelity> classes, Function<ClassFidelity, List<Double>> curve, String name) {
    XYSeriesCollection data = new XYSeriesCollection();
    XYLineAndShapeRenderer renderer = new XYLineAndShapeRenderer(true, false);
    renderer.setDrawSeriesLineAsPath(true);
    for (int c = 0; c < classes.size(); c++) {
      List<Double> values = curve.apply(classes.get(c));
      XYSeries series = new XYSeries(c);
      for (int step = 0; step < values.size(); step++) {
        series.add((double) step / (values.size() - 1), values.get(step).doubleValue());
      }
      data.addSeries(series);
      renderer.setSeriesPaint(c, colour(c));
      renderer.setSeriesStroke(c, stroke(c));
    }
    NumberAxis across = axis(name);
    across.setRange(0, 1);
    across.setNumberFormatOverride(format("0 %"));
    XYPlot plot = new XYPlot(data, across, null, renderer);
    plot.setBackgroundPaint(Color.WHITE);
    plot.setOutlineVisible(false);
    plot.setAxisOffset(RectangleInsets.ZERO_INSETS);
    plot.setDomainGridlinesVisible(false);
    plot.setRangeGridlinePaint(Typeface.RULE);
    plot.setRangeGridlineStroke(new BasicStroke(1));
    return plot;
  }

  private static LegendItemCollection legend(List<String> names) {
    LegendItemCollection items = new LegendItemCollection();
    for (int c = 0; c < names.size(); c++) {
      items.add(
          new LegendItem(
              names.get(c),
              null,
              null,
              null,
              new Line2D.Double(-14, 0, 14, 0),
              stroke(c),
              colour(c)));
    }
    return items;
  }

  /** How many colours there are before dashes are needed. */
  static int colours() {
    return COLOURS.size();
  }

  static Color colour(int position) {
    return COLOURS.get(position % COLOURS.size());
  }

  /** Dashed where all colours are taken. */
  private static BasicStroke stroke(int position) {
    return position < COLOURS.size()
        ? new BasicStroke(2.2f, BasicStroke.CAP_ROUND, BasicStroke.JOIN_ROUND)
        : new BasicStroke(
            2.2f, BasicStroke.CAP_BUTT, BasicStroke.JOIN_ROUND, 10, DASHES.clone(), 0);
  }

  static NumberAxis axis(String label) {
    NumberAxis axis = new NumberAxis(label);
    Font small = TYPE.small();
    axis.setTickLabelFont(small);
    axis.setTickLabelPaint(Typeface.INK);
    axis.setLabelFont(TYPE.regular());
    axis.setLabelPaint(Typeface.INK);
    axis.setAxisLinePaint(Typeface.MUTED);
    axis.setTickMarkPaint(Typeface.MUTED);
    axis.setNumberFormatOverride(format("0.#####"));
    return axis;
  }

  private static DecimalFormat format(String pattern) {
    DecimalFormatSymbols symbols = DecimalFormatSymbols.getInstance(Locale.ROOT);
    symbols.setMinusSign('−');
    return new DecimalFormat(pattern, symbols);
  }
}
