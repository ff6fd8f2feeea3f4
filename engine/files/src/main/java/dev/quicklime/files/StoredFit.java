package dev.quicklime.files;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The fit that a {@link StoredRun} was written with, of which any part may be missing.
 *
 * @param coefficients d numbers for each of the C classes, or null
 * @param intercepts C numbers, or null
 * @param alphas C numbers ≥ 0 as they were used, or null
 * @param intercept whether an intercept was fitted, or null
 */
public record StoredFit(
    @Nullable List<List<Double>> coefficients,
    @Nullable List<Double> intercepts,
    @Nullable List<Double> alphas,
    @Nullable Boolean intercept) {

  /** Copies the lists. */
  public StoredFit {
    coefficients = coefficients == null ? null : coefficients.stream().map(List::copyOf).toList();
    intercepts = intercepts == null ? null : List.copyOf(intercepts);
    alphas = alphas == null ? null : List.copyOf(alphas);
  }
}
