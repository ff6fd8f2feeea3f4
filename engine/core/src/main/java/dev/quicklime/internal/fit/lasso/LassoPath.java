package dev.quicklime.internal.fit.lasso;

import dev.quicklime.internal.fit.linear.NormalEquations;
import dev.quicklime.internal.fit.sums.Gram;
import dev.quicklime.internal.fit.sums.Moments;

/**
 * All Lasso fits of one class. At each knot a superpixel gets a coefficient or loses it. Immutable.
 */
public final class LassoPath extends CoefficientPath {

  private LassoPath(NormalEquations problem, double lowest) {
    super(problem, true, lowest);
  }

  /**
   * Computes a path.
   *
   * @param gram sums over masks and weights
   * @param moments sums over the class's scores, of the same masks and weights
   * @param intercept whether fits have an intercept
   * @param lowestAlpha where the path ends, ≥ 0
   */
  public static LassoPath of(Gram gram, Moments moments, boolean intercept, double lowestAlpha) {
    checkLowest(lowestAlpha);
    return of(NormalEquations.of(gram, moments, intercept), lowestAlpha);
  }

  public static LassoPath of(NormalEquations problem, double lowestAlpha) {
    return new LassoPath(problem, lowestAlpha);
  }
}
