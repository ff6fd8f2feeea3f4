package dev.quicklime.surrogate;

import dev.quicklime.InvalidInputException;

/**
 * Linear model with an ℓ2 penalty: minimises, over b and β,
 *
 * <pre>Σᵢ wᵢ (yᵢ − b − zᵢβ)² + α‖β‖²</pre>
 *
 * which is scikit-learn's {@code Ridge} with {@code sample_weight}. The squares are a sum here, not
 * a mean, so that α says nothing beside a Lasso's; it weighs like α further samples. Solved in
 * closed form, with weighted-centred masks Z̃ and scores ỹ where there is an intercept:
 *
 * <pre>β = (Z̃ᵀWZ̃ + αI)⁻¹ Z̃ᵀWỹ</pre>
 *
 * <p>Every superpixel keeps a weight: the penalty is flat around 0, where an ℓ1 penalty has a
 * corner. To prefer where all superpixels may matter and samples are few. Standard errors are those
 * of the penalised coefficients: they say how much these would vary, not how far the penalty has
 * moved them.
 *
 * @param alpha ≥ 0; 0 is {@link LeastSquares}
 * @param intercept whether b is fitted; otherwise b = 0
 */
public record Ridge(double alpha, boolean intercept) implements Surrogate {

  /**
   * Checks α.
   *
   * @throws InvalidInputException if it is outside of its range
   */
  public Ridge {
    if (!(alpha >= 0 && alpha < Double.POSITIVE_INFINITY)) {
      throw new InvalidInputException("alpha must be 0 or a positive number, got " + alpha);
    }
  }

  /** α = 1, with an intercept. */
  public static Ridge defaults() {
    return new Ridge(1, true);
  }

  @Override
  public Ridge withIntercept(boolean fitted) {
    return new Ridge(alpha, fitted);
  }
}
