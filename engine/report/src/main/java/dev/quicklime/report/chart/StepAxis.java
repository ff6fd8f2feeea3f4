package dev.quicklime.report.chart;

import java.awt.Graphics2D;
import java.awt.geom.Rectangle2D;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import org.jfree.chart.axis.AxisState;
import org.jfree.chart.axis.NumberAxis;
import org.jfree.chart.axis.NumberTick;
import org.jfree.chart.ui.RectangleEdge;
import org.jspecify.annotations.Nullable;

/**
 * An axis whose ticks are as close as their labels have room, and no closer than these can tell
 * apart. JFreeChart's own chooses steps and digits one without the other.
 */
final class StepAxis extends NumberAxis {

  private static final long serialVersionUID = 1L;

  private final double least;
  private final boolean percent;

  private StepAxis(String label, double least, boolean percent) {
    super(label);
    this.least = least;
    this.percent = percent;
    setAutoRangeMinimumSize(Double.MIN_NORMAL);
  }

  /** An axis of numbers. */
  static StepAxis ofNumbers(String label) {
    return new StepAxis(label, 0, false);
  }

  /** An axis of counts, which has no ticks between whole numbers. */
  static StepAxis ofCounts(String label) {
    return new StepAxis(label, 1, false);
  }

  /** An axis of shares, written as percentages. */
  static StepAxis ofShares(String label) {
    return new StepAxis(label, 0, true);
  }

  @Override
  public List<NumberTick> refreshTicks(
      Graphics2D g, AxisState state, Rectangle2D area, RectangleEdge edge) {
    int factor = percent ? 100 : 1;
    TickPlaces places = new TickPlaces(this, g, area, edge);
    List<NumberTick> shown = List.of();
    for (Ticks row : Ticks.of(factor * getLowerBound(), factor * getUpperBound(), least * factor)) {
      List<Double> values = new ArrayList<>();
      for (BigDecimal value : row.values()) {
        values.add(value.doubleValue() / factor);
      }
      List<String> labels =
          percent ? row.labels().stream().map(label -> label + " %").toList() : row.labels();
      shown = places.place(values, labels);
      if (shown.stream().noneMatch(tick -> tick.getText().isEmpty())) {
        break;
      }
    }
    return shown;
  }

  // A plot keeps its axes as keys of a map while it draws: two of equal settings are not one.
  @Override
  public boolean equals(@Nullable Object other) {
    return this == other;
  }

  @Override
  public int hashCode() {
    return System.identityHashCode(this);
  }
}
