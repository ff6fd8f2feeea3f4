package dev.quicklime.internal.fit.lasso;

import dev.quicklime.internal.fit.linear.NormalEquations;
import dev.quicklime.internal.fit.sums.Gram;
import dev.quicklime.internal.fit.sums.Moments;

/**
 * Least angle regression of one class, after Efron et al., "Least angle regression", Annals of
 * Statistics 32, 2004: at each knot a superpixel comes in, and none ever leaves, so that there are
 * at most d + 1 knots and the k-th has k coefficients. α is the correlation that all of these have
 * with the residual. As long as no coefficient changes its sign it is the {@link LassoPath}.
 * Immutable.
 */
public final class LarsPath extends CoefficientPath {

  private LarsPath(NormalEquations problem, double lowest) {
    super(problem, false, lowest);
  }

  /**
   * Computes a path.
   *
   * @param gram sums over masks and weights
   * @param moments sums over the class's scores, of the same masks and weights
   * @param intercept whether fits have an intercept
   * @param lowestAlpha where the path ends, ≥ 0
   */
  public static LarsPath of(Gram gram, Moments moments, boolean intercept, double lowestAlpha) {
    checkLowest(lowestAlpha);
    return of(NormalEquations.of(gram, moments, intercept), lowestAlpha);
  }

  public static LarsPath of(NormalEquations problem, double lowestAlpha) {
    return new LarsPath(problem, lowestAlpha);
  }
}
