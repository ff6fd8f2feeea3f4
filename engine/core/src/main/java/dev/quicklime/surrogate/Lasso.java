package dev.quicklime.surrogate;

import java.util.Objects;

/**
 * Linear model with an ℓ1 penalty: minimises, over b and β,
 *
 * <pre>1/(2Σw) · Σᵢ wᵢ (yᵢ − b − zᵢβ)² + α‖β‖₁</pre>
 *
 * which is scikit-learn's {@code Lasso} with {@code sample_weight}. The larger α, the fewer
 * superpixels keep a coefficient. Mask columns have variance ¼ at most, so a coefficient vanishes
 * about where its least-squares value falls under 4α, and the others are smaller by as much.
 *
 * <p>Solved by coordinate descent and then directly, until the duality gap is at most 1e-9 of the
 * scores' mean square. To prefer where a few superpixels are wanted and it may stay open how many.
 * Gives no standard errors, as the same samples chose the superpixels.
 *
 * @param alpha strength of the penalty, or the rule that chooses it
 * @param intercept whether b is fitted; otherwise b = 0
 */
public record Lasso(Alpha alpha, boolean intercept) implements Surrogate {

  /** Refuses what is missing. */
  public Lasso {
    Objects.requireNonNull(alpha, "alpha");
  }

  /** α chosen by {@link Alpha.Auto}, with an intercept. */
  public static Lasso defaults() {
    return new Lasso(Alpha.auto(), true);
  }

  /** The same model with a fixed α. */
  public Lasso withAlpha(double value) {
    return new Lasso(Alpha.of(value), intercept);
  }

  @Override
  public Lasso withIntercept(boolean fitted) {
    return new Lasso(alpha, fitted);
  }
}
