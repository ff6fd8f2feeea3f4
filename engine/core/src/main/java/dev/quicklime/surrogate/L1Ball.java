package dev.quicklime.surrogate;

/**
 * Least squares within an ℓ1 ball: minimises Σᵢ wᵢ (yᵢ − b − zᵢβ)² subject to ‖β‖₁ ≤ t. The point
 * where the Lasso path reaches the ball; the fit's {@link LinearFit#alpha} is the multiplier, the α
 * of the {@link Lasso} with the same coefficients, and 0 where the ball holds the least-squares
 * solution. Being a corner of the ball, it has few coefficients.
 *
 * <p>To prefer to the Lasso where explanations of several pictures shall have the same budget of
 * weight. Gives no standard errors.
 *
 * @param radius t > 0, in units of the score
 * @param intercept whether b is fitted; otherwise b = 0
 */
public record L1Ball(double radius, boolean intercept) implements Surrogate {

  /**
   * Checks t.
   *
   * @throws dev.quicklime.InvalidInputException if it is not a positive number
   */
  public L1Ball {
    Checks.radius(radius);
  }

  /** A ball of radius 1 in units of the score, and an intercept. */
  public static L1Ball defaults() {
    return new L1Ball(1, true);
  }

  @Override
  public L1Ball withIntercept(boolean fitted) {
    return new L1Ball(radius, fitted);
  }
}
