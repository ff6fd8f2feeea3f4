package dev.quicklime.internal.fit.lasso;

import dev.quicklime.internal.fit.linear.ClassProblem;
import dev.quicklime.internal.fit.linear.NormalEquations;

/**
 * Elastic-net fits: each is a Lasso on a form whose diagonal the ℓ2 penalty has raised, with the
 * same linear term.
 */
final class ElasticNetFamily implements PenalizedFamily {

  private final ClassProblem problem;
  private final double l1Ratio;

  ElasticNetFamily(ClassProblem problem, double l1Ratio) {
    this.problem = problem;
    this.l1Ratio = l1Ratio;
  }

  @Override
  public double smallestEmpty() {
    return problem.unscored(problem.equations().smallestEmptyAlpha()) / l1Ratio;
  }

  @Override
  public double[] fit(double alpha) {
    CoordinateDescent descent = new CoordinateDescent(equations(alpha));
    descent.solve(l1(alpha));
    return descent.coefficients();
  }

  @Override
  public double residual(double[] beta, double alpha) {
    return problem.residual(beta);
  }

  /** The Lasso whose fit is that of an α. */
  NormalEquations equations(double alpha) {
    // Beyond that the sum of two entries of the matrix would not be a number any more.
    double shift = Math.min(alpha * (1 - l1Ratio), Double.MAX_VALUE / 4);
    return NormalEquations.of(problem.equations().form().shifted(shift), problem.moments());
  }

  /** Its penalty, in the problem's units. */
  double l1(double alpha) {
    return problem.scored(alpha * l1Ratio);
  }

  @Override
  public ElasticNetFamily of(ClassProblem other) {
    return new ElasticNetFamily(other, l1Ratio);
  }
}
