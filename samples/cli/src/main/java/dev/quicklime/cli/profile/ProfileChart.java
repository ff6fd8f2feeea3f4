package dev.quicklime.cli.profile;

import dev.quicklime.cli.profile.ProfileSummary.Point;
import dev.quicklime.cli.report.Typeface;
import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.Shape;
import java.awt.geom.Ellipse2D;
import java.awt.geom.Rectangle2D;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.text.DecimalFormat;
import java.text.DecimalFormatSymbols;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalDouble;
import javax.imageio.ImageIO;
import org.jfree.chart.ChartFactory;
import org.jfree.chart.JFreeChart;
import org.jfree.chart.StandardChartTheme;
import org.jfree.chart.axis.LogAxis;
import org.jfree.chart.axis.NumberAxis;
import org.jfree.chart.axis.NumberTickUnit;
import org.jfree.chart.axis.ValueAxis;
import org.jfree.chart.block.BlockBorder;
import org.jfree.chart.plot.ValueMarker;
import org.jfree.chart.plot.XYPlot;
import org.jfree.chart.renderer.xy.DeviationRenderer;
import org.jfree.chart.title.LegendTitle;
import org.jfree.chart.title.TextTitle;
import org.jfree.chart.ui.HorizontalAlignment;
import org.jfree.chart.ui.RectangleEdge;
import org.jfree.chart.ui.RectangleInsets;
import org.jfree.data.xy.YIntervalSeries;
import org.jfree.data.xy.YIntervalSeriesCollection;

/** A line for each design, over the number of samples or over seconds. */
final class ProfileChart {

  /** Errors above this are those of fits that are hardly determined, and would hide the others. */
  static final double LARGEST_ERROR = 10;

  private static final int WIDTH = 720;
  private static final int HEIGHT = 430;

  /** Pixels for each unit of length, so that lettering stays sharp on fine screens. */
  private static final int SCALE = 2;

  private static final Typeface TYPE = new Typeface(14);

  /** Okabe and Ito's colours, told apart by all kinds of eyes. */
  private static final List<Color> COLOURS =
      List.of(
          new Color(0x333333),
          new Color(0x0072B2),
          new Color(0xD55E00),
          new Color(0x009E73),
          new Color(0xCC79A7),
          new Color(0xE69F00));

  /**
   * A figure of a point, with its band.
   *
   * @param x where it stands
   * @param y how high, NaN for nowhere
   * @param low lower end of its band
   * @param high upper end
   */
  record Mark(double x, double y, double low, double high) {

    static Mark of(double x, double y) {
      return new Mark(x, y, y, y);
    }
  }

  private final String title;
  private final String horizontal;
  private final String vertical;
  private final Map<String, List<Mark>> lines;
  private boolean logarithmic;
  private OptionalDouble level = OptionalDouble.empty();

  /**
   * A chart of linear height over a logarithmic width.
   *
   * @param lines by design
   */
  ProfileChart(String title, String horizontal, String vertical, Map<String, List<Mark>> lines) {
    this.title = title;
    this.horizontal = horizontal;
    this.vertical = vertical;
    this.lines = lines;
  }

  /** The same with a logarithmic height. */
  ProfileChart logarithmic() {
    logarithmic = true;
    return this;
  }

  /** The same with a thin line across at some height. */
  ProfileChart level(OptionalDouble height) {
    level = height;
    return this;
  }

  /** Whether there is anything to see. */
  boolean empty() {
    return lines.values().stream().flatMap(List::stream).noneMatch(this::shown);
  }

  private boolean shown(Mark mark) {
    return Double.isFinite(mark.y())
        && mark.x() > 0
        && (!logarithmic || (mark.y() > 0 && mark.y() <= LARGEST_ERROR));
  }

  /** Error over samples, with its band. */
  static List<Mark> errors(List<Point> points) {
    return points.stream().map(p -> new Mark(p.samples(), p.error(), p.low(), p.high())).toList();
  }

  /** Draws it, as PNG. */
  byte[] png() {
    BufferedImage image =
        new BufferedImage(WIDTH * SCALE, HEIGHT * SCALE, BufferedImage.TYPE_INT_RGB);
    Graphics2D g = image.createGraphics();
    g.setRenderingHint(RenderingHints.KEY_ANTIALIASING, RenderingHints.VALUE_ANTIALIAS_ON);
    g.scale(SCALE, SCALE);
    chart().draw(g, new Rectangle2D.Double(0, 0, WIDTH, HEIGHT));
    g.dispose();
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try {
      if (!ImageIO.write(image, "png", out)) {
        throw new IllegalStateException("every JDK writes PNG");
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return out.toByteArray();
  }

  int width() {
    return WIDTH;
  }

  int height() {
    return HEIGHT;
  }

  private JFreeChart chart() {
    // The factories apply a theme of glossy bars and gray grounds unless told otherwise.
    ChartFactory.setChartTheme(StandardChartTheme.createLegacyTheme());
    XYPlot plot = new XYPlot(data(), across(), upward(), renderer());
    plot.setBackgroundPaint(Color.WHITE);
    plot.setOutlineVisible(false);
    plot.setAxisOffset(RectangleInsets.ZERO_INSETS);
    plot.setDomainGridlinePaint(Typeface.RULE);
    plot.setRangeGridlinePaint(Typeface.RULE);
    plot.setDomainGridlineStroke(new BasicStroke(1));
    plot.setRangeGridlineStroke(new BasicStroke(1));
    level.ifPresent(
        height ->
            plot.addRangeMarker(new ValueMarker(height, Typeface.MUTED, new BasicStroke(1.2f))));
    JFreeChart chart = new JFreeChart(null, TYPE.regular(), plot, false);
    chart.setBackgroundPaint(Color.WHITE);
    chart.setPadding(new RectangleInsets(8, 8, 8, 16));
    TextTitle heading = new TextTitle(title, TYPE.bold());
    heading.setPaint(Typeface.INK);
    heading.setHorizontalAlignment(HorizontalAlignment.LEFT);
    heading.setPadding(new RectangleInsets(2, 4, 8, 0));
    chart.setTitle(heading);
    LegendTitle legend = new LegendTitle(plot);
    legend.setPosition(RectangleEdge.BOTTOM);
    legend.setFrame(BlockBorder.NONE);
    legend.setItemFont(TYPE.regular());
    legend.setItemPaint(Typeface.INK);
    chart.addSubtitle(legend);
    return chart;
  }

  private YIntervalSeriesCollection data() {
    YIntervalSeriesCollection data = new YIntervalSeriesCollection();
    lines.forEach(
        (design, marks) -> {
          YIntervalSeries series = new YIntervalSeries(design);
          marks.stream()
              .filter(this::shown)
              .forEach(
                  mark ->
                      series.add(
                          mark.x(),
                          mark.y(),
                          Math.min(mark.low(), mark.y()),
                          Math.clamp(
                              mark.high(),
                              mark.y(),
                              logarithmic ? LARGEST_ERROR : Double.MAX_VALUE)));
          data.addSeries(series);
        });
    return data;
  }

  private DeviationRenderer renderer() {
    DeviationRenderer renderer = new DeviationRenderer(true, true);
    Shape dot = new Ellipse2D.Double(-3.5, -3.5, 7, 7);
    for (int i = 0; i < lines.size(); i++) {
      Color colour = COLOURS.get(i % COLOURS.size());
      renderer.setSeriesPaint(i, colour);
      renderer.setSeriesFillPaint(i, colour);
      renderer.setSeriesStroke(
          i, new BasicStroke(2.2f, BasicStroke.CAP_ROUND, BasicStroke.JOIN_ROUND));
      renderer.setSeriesShape(i, dot);
      renderer.setSeriesShapesFilled(i, Boolean.TRUE);
    }
    renderer.setAlpha(0.15f);
    renderer.setDrawSeriesLineAsPath(true);
    return renderer;
  }

  private ValueAxis across() {
    LogAxis axis = new LogAxis(horizontal);
    axis.setBase(horizontal.contains("samples") ? 2 : 10);
    style(axis);
    axis.setNumberFormatOverride(format(horizontal.contains("samples") ? "0" : "0.####"));
    axis.setTickUnit(new NumberTickUnit(1));
    return axis;
  }

  private ValueAxis upward() {
    if (logarithmic) {
      LogAxis axis = new LogAxis(vertical);
      style(axis);
      axis.setNumberFormatOverride(format("0.######"));
      axis.setTickUnit(new NumberTickUnit(1));
      return axis;
    }
    NumberAxis axis = new NumberAxis(vertical);
    style(axis);
    axis.setAutoRangeIncludesZero(false);
    axis.setNumberFormatOverride(format("0.###"));
    return axis;
  }

  private static void style(ValueAxis axis) {
    axis.setTickLabelFont(TYPE.small());
    axis.setTickLabelPaint(Typeface.INK);
    axis.setLabelFont(TYPE.regular());
    axis.setLabelPaint(Typeface.INK);
    axis.setAxisLinePaint(Typeface.MUTED);
    axis.setTickMarkPaint(Typeface.MUTED);
  }

  private static DecimalFormat format(String pattern) {
    DecimalFormatSymbols symbols = DecimalFormatSymbols.getInstance(Locale.ROOT);
    symbols.setMinusSign('−');
    return new DecimalFormat(pattern, symbols);
  }
}
