package dev.quicklime.surrogate;

/**
 * Linear model without a penalty: minimises Σᵢ wᵢ (yᵢ − b − zᵢβ)² over b and β. Solved in closed
 * form, β = (Z̃ᵀWZ̃)⁻¹ Z̃ᵀWỹ with weighted-centred masks Z̃ and scores ỹ, or β = (ZᵀWZ)⁻¹ ZᵀWy
 * without an intercept. Where that matrix is singular, as with fewer samples than superpixels, it
 * is the solution of least norm, and a notice says so.
 *
 * <p>Unbiased, and the model that standard errors say most about. To prefer where samples are
 * plenty, and whenever weights are compared between runs.
 *
 * @param intercept whether b is fitted; otherwise b = 0
 */
public record LeastSquares(boolean intercept) implements Surrogate {

  /** Least squares with an intercept. */
  public static LeastSquares defaults() {
    return new LeastSquares(true);
  }

  @Override
  public LeastSquares withIntercept(boolean fitted) {
    return new LeastSquares(fitted);
  }
}
