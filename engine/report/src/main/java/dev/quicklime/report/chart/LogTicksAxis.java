package dev.quicklime.report.chart;

import dev.quicklime.report.text.Numbers;
import java.awt.Graphics2D;
import java.awt.geom.Rectangle2D;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.jfree.chart.axis.AxisState;
import org.jfree.chart.axis.LogAxis;
import org.jfree.chart.axis.NumberTick;
import org.jfree.chart.ui.RectangleEdge;
import org.jspecify.annotations.Nullable;

/**
 * A logarithmic axis whose ticks are at given numbers, written out. JFreeChart's own has powers of
 * its base alone, of which a narrow range holds none.
 */
public final class LogTicksAxis extends LogAxis {

  private static final long serialVersionUID = 1L;

  /** Fewer labels do not tell how an axis runs. */
  private static final int FEWEST = 3;

  /** Ranges that reach further have labels at powers of ten alone. */
  private static final double WIDE = 2000;

  private final transient List<BigDecimal> ticks;

  private LogTicksAxis(String label, List<BigDecimal> ticks, double low, double high) {
    super(label);
    this.ticks = List.copyOf(ticks);
    setRange(low, high);
  }

  /** An axis with a tick at every number of samples. */
  public static LogTicksAxis at(String label, List<Integer> numbers) {
    return new LogTicksAxis(
        label,
        numbers.stream().map(BigDecimal::valueOf).toList(),
        numbers.getFirst() / 1.15,
        numbers.getLast() * 1.15);
  }

  /**
   * An axis with ticks at 1, 2 and 5 times powers of ten; at these alone if they are many, and
   * closer where they are few.
   *
   * @param low above 0
   * @param high at least as large
   */
  public static LogTicksAxis over(String label, double low, double high) {
    double from = low / 1.2;
    double to = high * 1.2;
    List<BigDecimal> ticks = digits(from, to, to / from > WIDE ? List.of(1) : List.of(1, 2, 5));
    if (ticks.size() < FEWEST) {
      ticks = digits(from, to, List.of(1, 2, 3, 4, 5, 6, 7, 8, 9));
    }
    if (ticks.size() < FEWEST) {
      ticks =
          Ticks.of(from, to, 0).stream()
              .map(Ticks::values)
              .filter(values -> values.size() >= FEWEST)
              .reduce((_, coarser) -> coarser)
              .orElse(ticks);
    }
    return new LogTicksAxis(label, ticks, from, to);
  }

  private static List<BigDecimal> digits(double from, double to, List<Integer> digits) {
    List<BigDecimal> found = new ArrayList<>();
    for (int power = (int) Math.floor(Math.log10(from)); Math.pow(10, power) <= to; power++) {
      for (int digit : digits) {
        BigDecimal tick = BigDecimal.valueOf(digit).scaleByPowerOfTen(power);
        if (tick.doubleValue() >= from && tick.doubleValue() <= to) {
          found.add(tick);
        }
      }
    }
    return found;
  }

  @Override
  public List<NumberTick> refreshTicks(
      Graphics2D g, AxisState state, Rectangle2D area, RectangleEdge edge) {
    TickPlaces places = new TickPlaces(this, g, area, edge);
    List<Double> values = ticks.stream().map(BigDecimal::doubleValue).toList();
    List<NumberTick> shown = List.of();
    for (int every = 1; every <= (isEven() ? ticks.size() : 1); every++) {
      int each = every;
      shown =
          places.place(
              values,
              IntStream.range(0, ticks.size())
                  .mapToObj(i -> i % each == 0 ? text(ticks.get(i)) : "")
                  .toList());
      if (shown.stream().filter(tick -> !tick.getText().isEmpty()).count()
          >= (ticks.size() + every - 1) / every) {
        break;
      }
    }
    return shown;
  }

  /** Whether ticks are equally far from each other, so that every second one is as good. */
  private boolean isEven() {
    double first = ticks.size() < FEWEST ? 1 : ratio(1);
    return IntStream.range(1, ticks.size()).allMatch(i -> Math.abs(ratio(i) / first - 1) < 0.1);
  }

  private double ratio(int position) {
    return ticks.get(position).doubleValue() / ticks.get(position - 1).doubleValue();
  }

  /** "1,024", "0.05", "10⁻⁶". */
  private static String text(BigDecimal tick) {
    BigDecimal bare = tick.stripTrailingZeros();
    if (bare.scale() <= 0) {
      return Numbers.count(bare.longValueExact());
    }
    return bare.precision() - bare.scale() < -3
        ? Numbers.power(bare)
        : Numbers.plain(bare, bare.scale());
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
