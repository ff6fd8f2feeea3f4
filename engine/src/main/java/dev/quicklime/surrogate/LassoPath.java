package dev.quicklime.surrogate;

import dev.quicklime.internal.kernel.Kernels;

/**
 * All Lasso fits of one class, exactly: the coefficients are piecewise linear in α, and the path
 * holds the knots where they bend. At each of them a superpixel gets a coefficient or loses it.
 * Immutable.
 *
 * <p>A path may end before the α that was asked for, where columns of the masks depend on each
 * other in a way that leaves open which of them comes next; {@link #lowestAlpha()} tells.
 */
public final class LassoPath {

  private final int size;
  private final boolean complete;
  private final Knots knots;

  private LassoPath(NormalEquations problem, double lowest) {
    Homotopy homotopy = new Homotopy(problem, Kernels.chosen());
    homotopy.walk(problem, lowest);
    size = problem.size();
    complete = homotopy.complete();
    knots = homotopy.knots();
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
    if (!(lowestAlpha >= 0 && lowestAlpha < Double.POSITIVE_INFINITY)) {
      throw new IllegalArgumentException(
          "lowestAlpha must be 0 or a positive number, got " + lowestAlpha);
    }
    return of(NormalEquations.of(gram, moments, intercept), lowestAlpha);
  }

  static LassoPath of(NormalEquations problem, double lowestAlpha) {
    return new LassoPath(problem, lowestAlpha);
  }

  /** Number of superpixels, d. */
  public int columns() {
    return size;
  }

  /** Number of knots, ≥ 1, the two ends of the path included. */
  public int knots() {
    return knots.count();
  }

  /**
   * α of a knot. They decrease; the first is the smallest that removes every coefficient.
   *
   * @param knot 0 to {@link #knots()} − 1
   */
  public double alpha(int knot) {
    check(knot);
    return knots.alpha(knot);
  }

  /** The smallest α that the path has. */
  public double lowestAlpha() {
    return knots.alpha(knots.count() - 1);
  }

  /** Whether the path goes down to the α that was asked for. */
  public boolean complete() {
    return complete;
  }

  /** How many coefficients are not 0 at a knot. */
  public int nonZeros(int knot) {
    check(knot);
    int count = 0;
    for (int j = 0; j < size; j++) {
      count += knots.coefficient(knot, j) != 0 ? 1 : 0;
    }
    return count;
  }

  /**
   * The d coefficients at any α.
   *
   * @param alpha ≥ {@link #lowestAlpha()}
   */
  public double[] coefficients(double alpha) {
    if (!(alpha >= lowestAlpha())) {
      throw new IllegalArgumentException(
          "alpha must be " + lowestAlpha() + " or more, where the path ends, got " + alpha);
    }
    double[] coefficients = new double[size];
    knots.interpolate(alpha, coefficients);
    return coefficients;
  }

  private void check(int knot) {
    if (knot < 0 || knot >= knots.count()) {
      throw new IllegalArgumentException(
          "knot must be between 0 and " + (knots.count() - 1) + ", got " + knot);
    }
  }
}
