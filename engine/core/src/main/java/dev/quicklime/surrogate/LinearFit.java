package dev.quicklime.surrogate;

import dev.quicklime.InvalidInputException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * A fitted linear surrogate: score ≈ intercept + Σ coefficientⱼ·zⱼ.
 *
 * @param intercept b, in units of the score; 0 if none was fitted
 * @param coefficients d numbers in units of the score: what showing a superpixel adds
 * @param intervals how far these may be off for chance
 * @param alpha strength of the penalty that was used, as its surrogate scales it; of a ball, the
 *     multiplier; 0 where there is no penalty
 * @param r2 weighted R² on the training rows, or null if the scores do not vary
 * @param gap of a {@link BestSubset}, by which share of its residual sum of squares another subset
 *     could be better at most, 0 if it is proved to be the best; null for other surrogates
 * @param notices what a reader should know about this fit
 */
public record LinearFit(
    double intercept,
    List<Double> coefficients,
    Intervals intervals,
    double alpha,
    @Nullable Double r2,
    @Nullable Double gap,
    List<String> notices) {

  /**
   * Copies the lists.
   *
   * @throws InvalidInputException if there are not as many standard errors as coefficients
   */
  public LinearFit {
    Objects.requireNonNull(intervals, "intervals");
    Objects.requireNonNull(coefficients, "coefficients");
    Objects.requireNonNull(notices, "notices");
    coefficients = List.copyOf(coefficients);
    notices = List.copyOf(notices);
    if (intervals instanceof Intervals.Margins margins
        && margins.standardErrors().size() != coefficients.size()) {
      throw new InvalidInputException(
          "standard errors must be as many as coefficients, %d, got %d"
              .formatted(coefficients.size(), margins.standardErrors().size()));
    }
  }

  /** The fit's value where every superpixel is shown, in units of the score. */
  public double localPrediction() {
    double sum = intercept;
    for (double c : coefficients) {
      sum += c;
    }
    return sum;
  }

  /** Superpixels with a coefficient other than 0, the largest |coefficient| first. */
  public List<Integer> selected() {
    return IntStream.range(0, coefficients.size())
        .filter(j -> coefficients.get(j) != 0)
        .boxed()
        .sorted(Comparator.comparingDouble(j -> -Math.abs(coefficients.get(j))))
        .toList();
  }

  /**
   * How far a coefficient's 95 % interval reaches to either side of it, in units of the score; null
   * where there is none.
   */
  public @Nullable Double margin(int superpixel) {
    return intervals instanceof Intervals.Margins margins ? margins.halfWidth(superpixel) : null;
  }

  /** The same fit with one notice more. */
  public LinearFit noticing(String notice) {
    List<String> more = new ArrayList<>(notices);
    more.add(notice);
    return new LinearFit(intercept, coefficients, intervals, alpha, r2, gap, more);
  }

  /** The same fit without intervals, for a reason that its samples give. */
  public LinearFit withoutIntervals(String reason) {
    return new LinearFit(
        intercept, coefficients, new Intervals.None(reason), alpha, r2, gap, notices);
  }
}
