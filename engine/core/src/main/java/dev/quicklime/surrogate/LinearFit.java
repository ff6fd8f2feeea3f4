package dev.quicklime.surrogate;

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
 * @param standardErrors d numbers, or null where theory gives none, as after a selection; see
 *     {@link SandwichErrors}
 * @param freedom for each standard error the degrees of freedom of Student's distribution that
 *     gives its interval, positive, infinite for a normal one; null where there are no standard
 *     errors, or all intervals are normal
 * @param withoutErrors why there are none, in a few words, or null where there are
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
    @Nullable List<Double> standardErrors,
    @Nullable List<Double> freedom,
    @Nullable String withoutErrors,
    double alpha,
    @Nullable Double r2,
    @Nullable Double gap,
    List<String> notices) {

  /** Half the width of an interval that covers 95 % of a normal distribution, in its deviations. */
  public static final double NORMAL_95 = 1.959963984540054;

  /** Copies the lists. */
  public LinearFit {
    Objects.requireNonNull(coefficients, "coefficients");
    Objects.requireNonNull(notices, "notices");
    coefficients = List.copyOf(coefficients);
    standardErrors = standardErrors == null ? null : List.copyOf(standardErrors);
    freedom = freedom == null ? null : List.copyOf(freedom);
    notices = List.copyOf(notices);
  }

  /** A fit whose intervals, if it has standard errors, are normal. */
  public LinearFit(
      double intercept,
      List<Double> coefficients,
      @Nullable List<Double> standardErrors,
      @Nullable String withoutErrors,
      double alpha,
      @Nullable Double r2,
      @Nullable Double gap,
      List<String> notices) {
    this(intercept, coefficients, standardErrors, null, withoutErrors, alpha, r2, gap, notices);
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
   * where there are no standard errors.
   */
  public @Nullable Double margin(int superpixel) {
    if (standardErrors == null) {
      return null;
    }
    double quantile = freedom == null ? NORMAL_95 : StudentT.quantile95(freedom.get(superpixel));
    return quantile * standardErrors.get(superpixel);
  }

  /** The same fit without standard errors, for a reason that its samples give. */
  public LinearFit withoutErrors(String reason) {
    return new LinearFit(intercept, coefficients, null, null, reason, alpha, r2, gap, notices);
  }
}
