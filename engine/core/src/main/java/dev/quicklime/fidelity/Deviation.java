package dev.quicklime.fidelity;

import dev.quicklime.InvalidInputException;
import dev.quicklime.surrogate.Intervals;
import dev.quicklime.surrogate.LinearFit;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** How far a fit is from the one that samples without end would give. */
public final class Deviation {

  private Deviation() {}

  /**
   * Squared error of the coefficients relative to their variance, Σ(βⱼ − β*ⱼ)² / Σ(β*ⱼ − β̄*)²;
   * null where the reference's coefficients are all equal.
   *
   * @param fit β
   * @param reference β*, converged
   */
  public static @Nullable Double relative(LinearFit fit, LinearFit reference) {
    Objects.requireNonNull(fit, "fit");
    Objects.requireNonNull(reference, "reference");
    List<Double> found = fit.coefficients();
    List<Double> wanted = reference.coefficients();
    if (found.size() != wanted.size()) {
      throw new InvalidInputException(
          "fits must have as many coefficients, got %d and %d"
              .formatted(found.size(), wanted.size()));
    }
    double mean = wanted.stream().mapToDouble(b -> b).average().orElse(0);
    double error = 0;
    double spread = 0;
    for (int j = 0; j < wanted.size(); j++) {
      double off = found.get(j) - wanted.get(j);
      error += off * off;
      spread += (wanted.get(j) - mean) * (wanted.get(j) - mean);
    }
    return spread > 0 ? error / spread : null;
  }

  /**
   * Share of the coefficients whose 95 % intervals hold the reference's, 0 to 1; null where the fit
   * has none.
   */
  public static @Nullable Double coverage(LinearFit fit, LinearFit reference) {
    List<Integer> missed = missed(fit, reference);
    return missed == null ? null : 1 - (double) missed.size() / fit.coefficients().size();
  }

  /**
   * The coefficients whose 95 % intervals do not hold the reference's, in order; null where the fit
   * has none.
   */
  public static @Nullable List<Integer> missed(LinearFit fit, LinearFit reference) {
    Objects.requireNonNull(fit, "fit");
    Objects.requireNonNull(reference, "reference");
    if (!(fit.intervals() instanceof Intervals.Margins margins)) {
      return null;
    }
    List<Integer> missed = new ArrayList<>();
    for (int j = 0; j < fit.coefficients().size(); j++) {
      double off = Math.abs(fit.coefficients().get(j) - reference.coefficients().get(j));
      if (!(off <= margins.halfWidth(j))) {
        missed.add(j);
      }
    }
    return missed;
  }
}
