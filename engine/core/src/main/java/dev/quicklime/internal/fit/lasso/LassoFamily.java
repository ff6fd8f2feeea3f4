package dev.quicklime.internal.fit.lasso;

import dev.quicklime.internal.fit.linear.ClassProblem;
import dev.quicklime.internal.fit.linear.NormalEquations;

/** Lasso fits: from the path as far as it goes, by coordinate descent below. */
final class LassoFamily implements PenalizedFamily {

  private final ClassProblem problem;
  private final double share;
  private final LassoPath path;
  private final CoordinateDescent descent;

  /**
   * Computes the path.
   *
   * @param share where the path ends, as a share of the smallest empty α
   */
  LassoFamily(ClassProblem problem, double share) {
    this.problem = problem;
    this.share = share;
    NormalEquations equations = problem.equations();
    path = LassoPath.of(equations, share * equations.smallestEmptyAlpha());
    descent = new CoordinateDescent(equations);
  }

  /** The path, in the problem's units. */
  LassoPath path() {
    return path;
  }

  @Override
  public double smallestEmpty() {
    return problem.unscored(problem.equations().smallestEmptyAlpha());
  }

  @Override
  public double[] fit(double alpha) {
    double scored = problem.scored(alpha);
    if (scored >= path.lowestAlpha()) {
      return path.coefficients(scored);
    }
    descent.solve(scored);
    return descent.coefficients();
  }

  /** Quicker than in general: the gradient is ±α where β is not 0. */
  @Override
  public double residual(double[] beta, double alpha) {
    NormalEquations equations = problem.equations();
    double scored = problem.scored(alpha);
    double sum = equations.constant();
    for (int j = 0; j < beta.length; j++) {
      sum -= beta[j] * equations.linear()[j] + Math.abs(beta[j]) * scored;
    }
    return Math.max(0, sum);
  }

  @Override
  public LassoFamily of(ClassProblem other) {
    return new LassoFamily(other, share);
  }
}
