package dev.quicklime.surrogate;

import dev.quicklime.InvalidInputException;
import java.util.Objects;

/**
 * Linear model with an ℓ1 and an ℓ2 penalty: minimises, over b and β,
 *
 * <pre>1/(2Σw) · Σᵢ wᵢ (yᵢ − b − zᵢβ)² + αρ‖β‖₁ + α(1 − ρ)/2 · ‖β‖²</pre>
 *
 * which is scikit-learn's {@code ElasticNet} with {@code sample_weight}, after Zou and Hastie,
 * "Regularization and variable selection via the elastic net", Journal of the Royal Statistical
 * Society B 67, 2005. Solved as a {@link Lasso} is, with its stopping rule. To prefer to the Lasso
 * where superpixels are shown together so often that it would keep one of them by chance: it gives
 * both a share. Gives no standard errors.
 *
 * @param alpha strength of the penalty, or the rule that chooses it
 * @param l1Ratio ρ, above 0 and at most 1; 1 is the Lasso
 * @param intercept whether b is fitted; otherwise b = 0
 */
public record ElasticNet(Alpha alpha, double l1Ratio, boolean intercept) implements Surrogate {

  /** Checks the share; an ℓ2 penalty alone is {@link Ridge}. */
  public ElasticNet {
    Objects.requireNonNull(alpha, "alpha");
    if (!(l1Ratio > 0 && l1Ratio <= 1)) {
      throw new InvalidInputException(
          "l1Ratio must be above 0 and at most 1, got " + l1Ratio + "; ridge is 0");
    }
  }

  /** α chosen by {@link Alpha.Auto}, both penalties in equal parts, with an intercept. */
  public static ElasticNet defaults() {
    return new ElasticNet(Alpha.auto(), 0.5, true);
  }

  @Override
  public ElasticNet withIntercept(boolean fitted) {
    return new ElasticNet(alpha, l1Ratio, fitted);
  }
}
