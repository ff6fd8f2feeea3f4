package dev.quicklime.bench.results;

import dev.quicklime.report.drawing.Typeface;
import java.awt.BasicStroke;
import java.awt.Graphics2D;
import java.awt.geom.Ellipse2D;
import java.awt.geom.Rectangle2D;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.DoubleSummaryStatistics;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import javax.imageio.ImageIO;
import javax.imageio.stream.ImageOutputStream;
import javax.imageio.stream.MemoryCacheImageOutputStream;
import org.jfree.chart.ChartFactory;
import org.jfree.chart.JFreeChart;
import org.jfree.chart.StandardChartTheme;
import org.jfree.chart.axis.CategoryAxis;
import org.jfree.chart.axis.LogAxis;
import org.jfree.chart.axis.NumberTickUnit;
import org.jfree.chart.axis.NumberTickUnitSource;
import org.jfree.chart.plot.CategoryPlot;
import org.jfree.chart.plot.PlotOrientation;
import org.jfree.chart.renderer.category.StatisticalLineAndShapeRenderer;
import org.jfree.chart.title.LegendTitle;
import org.jfree.chart.title.TextTitle;
import org.jfree.chart.ui.HorizontalAlignment;
import org.jfree.chart.ui.RectangleEdge;
import org.jfree.chart.ui.RectangleInsets;
import org.jfree.data.statistics.DefaultStatisticalCategoryDataset;

/**
 * A dot for each figure, one chart for each class of benchmarks, one row for each setting of the
 * parameters. The axis is logarithmic, so that equal ratios are equally far apart: how much farther
 * right a path is than its yardstick says how many times as long it takes.
 */
final class ResultChart {

  private static final int WIDTH = 960;
  private static final int ROW = 21;
  private static final int FRAME = 120;
  private static final double DOT = 9;

  /** Pixels for each unit of length, so that lettering stays sharp on fine screens. */
  private static final int SCALE = 2;

  /** A whisker's lower end stays right of this part of its dot, as the axis has no zero. */
  private static final double LONGEST_WHISKER = 0.95;

  /** Scores that are so many times apart have a line for each power of ten, others for less. */
  private static final double WIDE = 100;

  private static final Typeface TYPE = new Typeface(14);

  private ResultChart() {}

  /** Draws all figures, as PNG. */
  static byte[] png(List<BenchmarkFigure> figures, ChartColours palette) {
    Map<String, List<BenchmarkFigure>> groups =
        figures.stream()
            .collect(
                Collectors.groupingBy(
                    figure -> figure.group() + " · " + figure.unit(),
                    LinkedHashMap::new,
                    Collectors.toList()));
    List<Integer> heights = new ArrayList<>();
    groups.values().forEach(group -> heights.add(height(group)));
    int height = heights.stream().mapToInt(Integer::intValue).sum();
    BufferedImage image =
        new BufferedImage(WIDTH * SCALE, height * SCALE, BufferedImage.TYPE_INT_RGB);
    Graphics2D g = image.createGraphics();
    g.scale(SCALE, SCALE);
    double y = 0;
    int index = 0;
    for (Map.Entry<String, List<BenchmarkFigure>> group : groups.entrySet()) {
      Rectangle2D area = new Rectangle2D.Double(0, y, WIDTH, heights.get(index));
      chart(group.getKey(), group.getValue(), palette).draw(g, area);
      y += heights.get(index);
      index++;
    }
    g.dispose();
    return encode(image);
  }

  private static byte[] encode(BufferedImage image) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    // Not over a file in the folder for temporary ones, as streams of ImageIO's own choice go.
    try (ImageOutputStream out = new MemoryCacheImageOutputStream(bytes)) {
      if (!ImageIO.write(image, "png", out)) {
        throw new IllegalStateException("every JDK writes PNG");
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return bytes.toByteArray();
  }

  private static int height(List<BenchmarkFigure> group) {
    long rows = group.stream().map(BenchmarkFigure::setting).distinct().count();
    return FRAME + ROW * Math.toIntExact(Math.max(rows, 2));
  }

  private static JFreeChart chart(String title, List<BenchmarkFigure> group, ChartColours palette) {
    // The factories apply a theme of glossy bars and gray grounds unless told otherwise.
    ChartFactory.setChartTheme(StandardChartTheme.createLegacyTheme());
    DefaultStatisticalCategoryDataset data = new DefaultStatisticalCategoryDataset();
    for (BenchmarkFigure figure : group) {
      double whisker = Double.isNaN(figure.error()) ? 0 : figure.error();
      data.add(
          figure.score(),
          Math.min(whisker, figure.score() * LONGEST_WHISKER),
          figure.series(),
          figure.setting());
    }
    JFreeChart chart =
        ChartFactory.createLineChart(
            null, null, null, data, PlotOrientation.HORIZONTAL, true, false, false);
    chart.setAntiAlias(true);
    chart.setBackgroundPaint(palette.ground());
    chart.setPadding(new RectangleInsets(8, 8, 8, 20));
    TextTitle heading = new TextTitle(title, TYPE.bold());
    heading.setPaint(palette.ink());
    heading.setHorizontalAlignment(HorizontalAlignment.LEFT);
    heading.setPadding(new RectangleInsets(2, 4, 2, 0));
    chart.setTitle(heading);
    LegendTitle legend = chart.getLegend();
    legend.setPosition(RectangleEdge.TOP);
    legend.setHorizontalAlignment(HorizontalAlignment.LEFT);
    legend.setItemFont(TYPE.small());
    legend.setItemPaint(palette.ink());
    legend.setBackgroundPaint(palette.ground());
    legend.setFrame(org.jfree.chart.block.BlockBorder.NONE);
    plot(chart.getCategoryPlot(), data.getRowCount(), isWide(group), palette);
    return chart;
  }

  private static boolean isWide(List<BenchmarkFigure> group) {
    DoubleSummaryStatistics scores =
        group.stream().mapToDouble(BenchmarkFigure::score).summaryStatistics();
    return scores.getMax() > WIDE * scores.getMin();
  }

  private static void plot(CategoryPlot plot, int series, boolean wide, ChartColours palette) {
    plot.setBackgroundPaint(palette.ground());
    plot.setOutlineVisible(false);
    plot.setAxisOffset(RectangleInsets.ZERO_INSETS);
    plot.setRangeGridlinePaint(palette.rule());
    plot.setRangeGridlineStroke(new BasicStroke(1));
    plot.setDomainGridlinesVisible(true);
    plot.setDomainGridlinePaint(palette.rule());
    plot.setDomainGridlineStroke(new BasicStroke(1));
    CategoryAxis rows = plot.getDomainAxis();
    rows.setTickLabelFont(TYPE.small());
    rows.setTickLabelPaint(palette.ink());
    rows.setAxisLineVisible(false);
    rows.setTickMarksVisible(false);
    rows.setMaximumCategoryLabelWidthRatio(0.6f);
    LogAxis scores = new LogAxis();
    scores.setStandardTickUnits(new NumberTickUnitSource());
    if (wide) {
      scores.setTickUnit(new NumberTickUnit(1));
    }
    scores.setTickLabelFont(TYPE.small());
    scores.setTickLabelPaint(palette.muted());
    scores.setAxisLineVisible(false);
    scores.setTickMarksVisible(false);
    scores.setMinorTickMarksVisible(false);
    scores.setNumberFormatOverride(new LogNumbers());
    scores.setLowerMargin(0.06);
    scores.setUpperMargin(0.06);
    plot.setRangeAxis(scores);
    StatisticalLineAndShapeRenderer dots = new StatisticalLineAndShapeRenderer(false, true);
    dots.setErrorIndicatorStroke(new BasicStroke(1.2f));
    for (int i = 0; i < series; i++) {
      dots.setSeriesPaint(i, palette.series(i));
      dots.setSeriesShape(i, new Ellipse2D.Double(-DOT / 2, -DOT / 2, DOT, DOT));
    }
    plot.setRenderer(dots);
  }
}
