package dev.quicklime.report.chart;

import java.awt.AlphaComposite;
import java.awt.BasicStroke;
import java.awt.Composite;
import java.awt.Graphics2D;
import java.awt.geom.Path2D;
import java.awt.geom.Rectangle2D;
import org.jfree.chart.axis.ValueAxis;
import org.jfree.chart.plot.CrosshairState;
import org.jfree.chart.plot.PlotRenderingInfo;
import org.jfree.chart.plot.XYPlot;
import org.jfree.chart.renderer.xy.DeviationRenderer;
import org.jfree.chart.renderer.xy.XYItemRendererState;
import org.jfree.data.xy.IntervalXYDataset;
import org.jfree.data.xy.XYDataset;

/**
 * Lines with marks and a tinted band around each, with a thin edge: a tint that lets others be seen
 * through it is too faint to be seen by everybody.
 */
public final class BandRenderer extends DeviationRenderer {

  private static final long serialVersionUID = 1L;

  private static final float TINT = 0.1f;
  private static final BasicStroke EDGE =
      new BasicStroke(0.7f, BasicStroke.CAP_ROUND, BasicStroke.JOIN_ROUND);

  /** Lines with marks and bands. */
  public BandRenderer() {
    super(true, true);
  }

  @Override
  public void drawItem(
      Graphics2D g,
      XYItemRendererState state,
      Rectangle2D area,
      PlotRenderingInfo info,
      XYPlot plot,
      ValueAxis right,
      ValueAxis up,
      XYDataset data,
      int series,
      int item,
      CrosshairState crosshair,
      int pass) {
    if (pass > 0) {
      super.drawItem(g, state, area, info, plot, right, up, data, series, item, crosshair, pass);
    } else if (item == data.getItemCount(series) - 1) {
      drawBand(g, area, plot, right, up, (IntervalXYDataset) data, series);
    }
  }

  private void drawBand(
      Graphics2D g,
      Rectangle2D area,
      XYPlot plot,
      ValueAxis right,
      ValueAxis up,
      IntervalXYDataset data,
      int series) {
    int items = data.getItemCount(series);
    Path2D upper = new Path2D.Double();
    Path2D lower = new Path2D.Double();
    boolean wide = false;
    for (int item = 0; item < items; item++) {
      double low = data.getStartYValue(series, item);
      double high = data.getEndYValue(series, item);
      wide |= low < high;
      double x = right.valueToJava2D(data.getXValue(series, item), area, plot.getDomainAxisEdge());
      extend(upper, x, up.valueToJava2D(high, area, plot.getRangeAxisEdge()));
      // From the end back, so that both go around the band.
      int back = items - 1 - item;
      extend(
          lower,
          right.valueToJava2D(data.getXValue(series, back), area, plot.getDomainAxisEdge()),
          up.valueToJava2D(data.getStartYValue(series, back), area, plot.getRangeAxisEdge()));
    }
    if (!wide) {
      return;
    }
    Path2D band = new Path2D.Double(upper);
    band.append(lower, true);
    band.closePath();
    g.setPaint(getItemFillPaint(series, items - 1));
    Composite opaque = g.getComposite();
    g.setComposite(AlphaComposite.getInstance(AlphaComposite.SRC_OVER, TINT));
    g.fill(band);
    g.setComposite(opaque);
    g.setStroke(EDGE);
    Path2D edges = new Path2D.Double(upper);
    edges.append(lower, false);
    g.draw(edges);
  }

  private static void extend(Path2D line, double x, double y) {
    if (line.getCurrentPoint() == null) {
      line.moveTo(x, y);
    } else {
      line.lineTo(x, y);
    }
  }
}
