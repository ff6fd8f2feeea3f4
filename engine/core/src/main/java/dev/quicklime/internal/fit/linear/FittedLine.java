package dev.quicklime.internal.fit.linear;

import dev.quicklime.internal.fit.sums.SampleSums;

/** Coefficients and intercept of one class, in its problem's units. */
public final class FittedLine {

  private final ClassProblem problem;
  private final double[] beta;
  private final double intercept;

  private FittedLine(ClassProblem problem, double[] beta, double intercept) {
    this.problem = problem;
    this.beta = beta;
    this.intercept = intercept;
  }

  /** Coefficients with the intercept that goes with them. */
  public static FittedLine of(ClassProblem problem, double[] beta) {
    double intercept = problem.intercept() ? problem.moments().mean() - problem.atMean(beta) : 0;
    return new FittedLine(problem, beta, intercept);
  }

  public ClassProblem problem() {
    return problem;
  }

  /** The d coefficients; not to be written to. */
  public double[] beta() {
    return beta;
  }

  public double intercept() {
    return intercept;
  }

  /** What it leaves of a row's score. */
  public double residual(int row) {
    SampleSums sums = problem.sums();
    return sums.score(row, problem.column()) - sums.columns().linear(row, intercept, beta);
  }
}
