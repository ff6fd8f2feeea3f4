package dev.quicklime.surrogate;

/**
 * Least squares within an ℓ2 ball: minimises Σᵢ wᵢ (yᵢ − b − zᵢβ)² subject to ‖β‖₂ ≤ t. Solved
 * through the multiplier λ of the {@link Ridge} with the same coefficients, β = (Z̃ᵀWZ̃ +
 * λI)⁻¹Z̃ᵀWỹ, by Newton's method on 1/t − 1/‖β‖; the fit's {@link LinearFit#alpha} is λ, and 0
 * where the ball holds the least-squares solution. Being round, the ball has no corners: all
 * superpixels keep a weight.
 *
 * <p>The iteration is that of Moré and Sorensen, "Computing a trust region step", SIAM Journal on
 * Scientific and Statistical Computing 4, 1983. Gives no standard errors, as the samples choose λ.
 *
 * @param radius t > 0, in units of the score
 * @param intercept whether b is fitted; otherwise b = 0
 */
public record L2Ball(double radius, boolean intercept) implements Surrogate {

  /**
   * Checks t.
   *
   * @throws dev.quicklime.InvalidInputException if it is not a positive number
   */
  public L2Ball {
    Checks.radius(radius);
  }

  /** A ball of radius 1 in units of the score, and an intercept. */
  public static L2Ball defaults() {
    return new L2Ball(1, true);
  }

  @Override
  public L2Ball withIntercept(boolean fitted) {
    return new L2Ball(radius, fitted);
  }
}
