package dev.quicklime.report.chart;

import java.awt.FontMetrics;
import java.awt.Graphics2D;
import java.awt.geom.Rectangle2D;
import java.util.ArrayList;
import java.util.List;
import org.jfree.chart.axis.NumberTick;
import org.jfree.chart.axis.ValueAxis;
import org.jfree.chart.ui.RectangleEdge;
import org.jfree.chart.ui.TextAnchor;

/**
 * Where labels have room beside an axis.
 *
 * @param axis that they belong to, with its font
 * @param g that they are drawn by
 * @param area of the data
 * @param edge of the area that the axis is at
 */
record TickPlaces(ValueAxis axis, Graphics2D g, Rectangle2D area, RectangleEdge edge) {

  /** Between two labels side by side, and one above the other, in heights of a letter. */
  private static final double BESIDE = 0.7;

  private static final double ABOVE = 0.5;

  /**
   * Ticks, without a label where the one before leaves no room for it.
   *
   * @param values where they are, rising
   * @param labels what is written, as many; nothing where a line is enough
   */
  List<NumberTick> place(List<Double> values, List<String> labels) {
    boolean across = RectangleEdge.isTopOrBottom(edge);
    TextAnchor anchor = across ? TextAnchor.TOP_CENTER : TextAnchor.CENTER_RIGHT;
    FontMetrics metrics = g.getFontMetrics(axis.getTickLabelFont());
    double gap = metrics.getAscent() * (across ? BESIDE : ABOVE);
    List<NumberTick> shown = new ArrayList<>();
    double taken = Double.NEGATIVE_INFINITY;
    for (int i = 0; i < values.size(); i++) {
      String label = labels.get(i);
      if (label.isEmpty()) {
        shown.add(new NumberTick(values.get(i), "", anchor, TextAnchor.CENTER, 0));
        continue;
      }
      double middle = axis.valueToJava2D(values.get(i), area, edge);
      double half = (across ? metrics.stringWidth(label) : metrics.getAscent()) / 2.0;
      double place = across ? middle : -middle;
      boolean fits = place - half > taken + gap;
      if (fits) {
        taken = place + half;
      }
      shown.add(new NumberTick(values.get(i), fits ? label : "", anchor, TextAnchor.CENTER, 0));
    }
    return shown;
  }
}
