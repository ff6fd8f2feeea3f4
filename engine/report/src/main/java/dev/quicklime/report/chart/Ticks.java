package dev.quicklime.report.chart;

import dev.quicklime.report.text.Numbers;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.List;

/**
 * Numbers at equal distances, 1, 2 or 5 times a power of ten, each written with all the digits that
 * it has: whoever reads a label back gets the number that its line is drawn at.
 *
 * @param values the numbers, rising
 * @param labels one for each
 */
record Ticks(List<BigDecimal> values, List<String> labels) {

  private static final int[] STEPS = {1, 2, 5};

  /** More than fit beside any axis. */
  private static final int MOST = 200;

  /** How far outside of a range a number may be that counts as on its end, in steps. */
  private static final double EDGE = 1e-6;

  /** Numbers whose steps are finer, and larger ones, are written with a power of ten. */
  private static final int FINEST = -4;

  private static final int LARGEST = 6;

  Ticks {
    values = List.copyOf(values);
    labels = List.copyOf(labels);
  }

  /**
   * All rows of numbers in a range, the closest first, down to a row of two.
   *
   * @param low the range's lower end
   * @param high its upper end
   * @param least the smallest step, or 0
   */
  static List<Ticks> of(double low, double high, double least) {
    List<Ticks> rows = new ArrayList<>();
    if (!(high > low) || !Double.isFinite(high - low)) {
      return rows;
    }
    int power = (int) Math.floor(Math.log10((high - low) / MOST));
    for (int number = 0; ; number++) {
      BigDecimal step =
          BigDecimal.valueOf(STEPS[number % STEPS.length])
              .scaleByPowerOfTen(power + number / STEPS.length);
      if (step.doubleValue() < least) {
        continue;
      }
      List<BigDecimal> values = multiples(step, low, high);
      if (values.size() < 2) {
        return rows;
      }
      if (values.size() <= MOST) {
        rows.add(of(values, step));
      }
    }
  }

  private static List<BigDecimal> multiples(BigDecimal step, double low, double high) {
    List<BigDecimal> values = new ArrayList<>();
    double edge = EDGE * step.doubleValue();
    BigDecimal value =
        new BigDecimal(low - edge).divide(step, 0, RoundingMode.CEILING).multiply(step);
    while (value.doubleValue() <= high + edge) {
      values.add(value);
      value = value.add(step);
    }
    return values;
  }

  private static Ticks of(List<BigDecimal> values, BigDecimal step) {
    BigDecimal largest = values.getFirst().abs().max(values.getLast().abs());
    int finest = exponent(step);
    boolean powers =
        (finest < FINEST && exponent(largest) < FINEST + 2)
            || (exponent(largest) > LARGEST && finest > 2);
    int decimals = Math.max(0, -finest);
    return new Ticks(
        values,
        values.stream()
            .map(
                value ->
                    value.signum() == 0
                        ? "0"
                        : powers ? Numbers.power(value) : Numbers.plain(value, decimals))
            .toList());
  }

  private static int exponent(BigDecimal value) {
    return value.precision() - value.scale() - 1;
  }
}
