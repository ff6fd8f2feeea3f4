package dev.quicklime.report.chart;

import dev.quicklime.report.text.Numbers;
import java.awt.Graphics2D;
import java.awt.geom.Rectangle2D;
import java.util.ArrayList;
import java.util.List;
import org.jfree.chart.axis.AxisState;
import org.jfree.chart.axis.LogAxis;
import org.jfree.chart.axis.NumberTick;
import org.jfree.chart.ui.RectangleEdge;
import org.jfree.chart.ui.TextAnchor;
import org.jspecify.annotations.Nullable;

/**
 * A logarithmic axis whose ticks are at given numbers, written out. JFreeChart's own has powers of
 * its base alone, of which a narrow range holds none.
 */
public final class LogTicksAxis extends LogAxis {

  private static final long serialVersionUID = 1L;

  /** Pixels between two numbers. */
  private static final int GAP = 8;

  private final double[] ticks;

  private LogTicksAxis(String label, double[] ticks, double low, double high) {
    super(label);
    this.ticks = ticks.clone();
    setRange(low, high);
  }

  /** An axis with a tick at every number of samples. */
  public static LogTicksAxis at(String label, List<Integer> numbers) {
    double[] ticks = numbers.stream().mapToDouble(n -> n).toArray();
    return new LogTicksAxis(label, ticks, ticks[0] / 1.15, ticks[ticks.length - 1] * 1.15);
  }

  /** An axis with ticks at 1, 2 and 5 times powers of ten, or at these alone if they are many. */
  public static LogTicksAxis over(String label, double low, double high) {
    double from = low / 1.2;
    double to = high * 1.2;
    boolean wide = to / from > 2000;
    List<Double> found = new ArrayList<>();
    for (int power = (int) Math.floor(Math.log10(from)); Math.pow(10, power) <= to; power++) {
      for (int digit : wide ? new int[] {1} : new int[] {1, 2, 5}) {
        double tick = Double.parseDouble(digit + "e" + power);
        if (tick >= from && tick <= to) {
          found.add(tick);
        }
      }
    }
    double[] ticks = found.stream().mapToDouble(d -> d).toArray();
    return new LogTicksAxis(label, ticks, from, to);
  }

  @Override
  public List<NumberTick> refreshTicks(
      Graphics2D g, AxisState state, Rectangle2D area, RectangleEdge edge) {
    List<NumberTick> shown = new ArrayList<>();
    boolean across = RectangleEdge.isTopOrBottom(edge);
    TextAnchor anchor = across ? TextAnchor.TOP_CENTER : TextAnchor.CENTER_RIGHT;
    g.setFont(getTickLabelFont());
    double taken = Double.NEGATIVE_INFINITY;
    for (double tick : ticks) {
      String text =
          tick >= 1
              ? Numbers.count(Math.round(tick))
              : Numbers.significant(tick, 1).replace("1×", "");
      double middle = valueToJava2D(tick, area, edge);
      double half =
          across
              ? g.getFontMetrics().stringWidth(text) / 2.0
              : g.getFontMetrics().getHeight() / 2.0;
      double place = across ? middle : -middle;
      boolean fits = place - half > taken + GAP;
      if (fits) {
        taken = place + half;
      }
      shown.add(new NumberTick(tick, fits ? text : "", anchor, TextAnchor.CENTER, 0));
    }
    return shown;
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return this == other;
  }

  @Override
  public int hashCode() {
    return System.identityHashCode(this);
  }
}
