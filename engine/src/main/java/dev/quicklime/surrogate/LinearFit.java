package dev.quicklime.surrogate;

import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * A fitted linear surrogate: score ≈ intercept + Σ coefficientⱼ·zⱼ.
 *
 * @param intercept b, in units of the score; 0 if none was fitted
 * @param coefficients d numbers in units of the score: what showing a superpixel adds
 * @param standardErrors d numbers, or null where theory gives none, as after a selection
 * @param alpha strength of the penalty that was used
 * @param r2 weighted R² on the training rows, or null if the scores do not vary
 * @param notices what a reader should know about this fit
 */
public record LinearFit(
    double intercept,
    List<Double> coefficients,
    @Nullable List<Double> standardErrors,
    double alpha,
    @Nullable Double r2,
    List<String> notices) {

  /** Copies the lists. */
  public LinearFit {
    coefficients = List.copyOf(coefficients);
    standardErrors = standardErrors == null ? null : List.copyOf(standardErrors);
    notices = List.copyOf(notices);
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
}
