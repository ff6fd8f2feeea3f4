package dev.quicklime.report.statistics;

import dev.quicklime.InvalidInputException;
import java.util.Arrays;

/**
 * How several values spread. Quantiles lie between two values by linear interpolation (type 7 of
 * Hyndman and Fan, as NumPy has them).
 *
 * @param count how many values, ≥ 1
 * @param mean their mean
 * @param standardDeviation of a sample, with n − 1; 0 for one value
 * @param low 5th percentile
 * @param quartile1 25th percentile
 * @param median 50th percentile
 * @param quartile3 75th percentile
 * @param high 95th percentile
 */
public record Spread(
    int count,
    double mean,
    double standardDeviation,
    double low,
    double quartile1,
    double median,
    double quartile3,
    double high) {

  /**
   * Where values lie and how far they spread.
   *
   * @throws InvalidInputException if there is none, or one that is not finite
   */
  public static Spread of(double[] values) {
    if (values.length == 0) {
      throw new InvalidInputException("values must be at least one, got none");
    }
    double[] sorted = values.clone();
    Arrays.sort(sorted);
    // NaN and the infinities are at the ends.
    if (!Double.isFinite(sorted[0]) || !Double.isFinite(sorted[sorted.length - 1])) {
      throw new InvalidInputException(
          "values must be finite, got %s to %s".formatted(sorted[0], sorted[sorted.length - 1]));
    }
    double mean = Arrays.stream(sorted).sum() / sorted.length;
    double squares = Arrays.stream(sorted).map(value -> (value - mean) * (value - mean)).sum();
    return new Spread(
        sorted.length,
        mean,
        sorted.length == 1 ? 0 : Math.sqrt(squares / (sorted.length - 1)),
        quantile(sorted, 0.05),
        quantile(sorted, 0.25),
        quantile(sorted, 0.5),
        quantile(sorted, 0.75),
        quantile(sorted, 0.95));
  }

  private static double quantile(double[] sorted, double share) {
    double place = share * (sorted.length - 1);
    int below = (int) place;
    int above = Math.min(below + 1, sorted.length - 1);
    return sorted[below] + (place - below) * (sorted[above] - sorted[below]);
  }

  /** From the first quartile to the third. */
  public double interquartileRange() {
    return quartile3 - quartile1;
  }

  /** Whether all values are the same, up to rounding of their sum. */
  public boolean isConstant() {
    return low == high && standardDeviation <= 1e-12 * Math.max(1, Math.abs(mean));
  }
}
