package dev.quicklime.internal.fit.lasso;

import dev.quicklime.InvalidInputException;
import dev.quicklime.internal.fit.linear.NormalEquations;
import dev.quicklime.internal.kernel.Kernels;

/**
 * Coefficients of one class that are piecewise linear in α, exactly: the knots where they bend.
 * Immutable.
 *
 * <p>A path may end before the α that was asked for, where columns of the masks depend on each
 * other in a way that leaves open which of them comes next; {@link #lowestAlpha()} tells.
 */
public abstract sealed class CoefficientPath permits LassoPath, LarsPath {

  private final int size;
  private final boolean complete;
  private final Knots knots;

  CoefficientPath(NormalEquations problem, boolean dropping, double lowest) {
    Homotopy homotopy = new Homotopy(problem, dropping, Kernels.chosen());
    homotopy.walk(problem, lowest);
    size = problem.size();
    complete = homotopy.complete();
    knots = homotopy.knots();
  }

  static void checkLowest(double lowestAlpha) {
    if (!(lowestAlpha >= 0 && lowestAlpha < Double.POSITIVE_INFINITY)) {
      throw new InvalidInputException(
          "lowestAlpha must be 0 or a positive number, got " + lowestAlpha);
    }
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
      throw new InvalidInputException(
          "alpha must be " + lowestAlpha() + " or more, where the path ends, got " + alpha);
    }
    double[] coefficients = new double[size];
    knots.interpolate(alpha, coefficients);
    return coefficients;
  }

  private void check(int knot) {
    if (knot < 0 || knot >= knots.count()) {
      throw new InvalidInputException(
          "knot must be between 0 and " + (knots.count() - 1) + ", got " + knot);
    }
  }
}
