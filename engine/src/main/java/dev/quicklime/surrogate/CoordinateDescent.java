package dev.quicklime.surrogate;

import java.util.Arrays;
import java.util.stream.IntStream;

/**
 * Cyclic coordinate descent for the Lasso on normal equations, after Friedman, Hastie and
 * Tibshirani, "Regularization paths for generalized linear models via coordinate descent", Journal
 * of Statistical Software 33, 2010. Mask columns are nearly orthogonal, so a few sweeps over all
 * coordinates suffice and screening rules would save nothing.
 *
 * <p>It ends when the duality gap is at most {@value #GAP} of the scores' mean square and the
 * largest step of the last sweep is at most {@value #STEP} of the largest coefficient. Successive
 * calls start from the coefficients of the last one. Not safe for use by several threads.
 */
final class CoordinateDescent {

  static final double GAP = 1e-9;
  static final double STEP = 1e-12;
  static final int MAX_SWEEPS = 20_000;

  /** Well-conditioned problems are done before. */
  private static final int SWEEPS_BEFORE_SOLVING = 100;

  /** A column whose variance is under this share of ¼ is constant but for rounding. */
  private static final double FLAT = 1e-13;

  private final NormalEquations problem;
  private final double[] beta;
  private final double[] gradient;
  private int sweeps;

  CoordinateDescent(NormalEquations problem) {
    this.problem = problem;
    this.beta = new double[problem.size()];
    this.gradient = problem.linear().clone();
  }

  /** Minimises for one α ≥ 0 and returns whether the stopping rule was met. */
  boolean solve(double alpha) {
    sweeps = 0;
    while (sweeps < MAX_SWEEPS) {
      double step = sweep(alpha);
      sweeps++;
      if (step <= STEP * largest(beta) && optimal(alpha)) {
        return true;
      }
      if (sweeps % SWEEPS_BEFORE_SOLVING == 0 && solveExactly(alpha)) {
        return true;
      }
    }
    return false;
  }

  /**
   * Solves for the non-zero coefficients directly, with the signs they have, and keeps the result
   * if it is the optimum. Descent alone needs thousands of sweeps where columns are far from
   * orthogonal, as masks without an intercept are, which share a large mean.
   */
  private boolean solveExactly(double alpha) {
    int[] active = IntStream.range(0, beta.length).filter(j -> beta[j] != 0).toArray();
    double[] quadratic = problem.quadratic();
    double[] solution = new double[active.length];
    double[][] matrix = new double[active.length][active.length];
    for (int a = 0; a < active.length; a++) {
      solution[a] = problem.linear()[active[a]] - alpha * Math.signum(beta[active[a]]);
      for (int b = 0; b < active.length; b++) {
        matrix[a][b] = quadratic[active[a] * beta.length + active[b]];
      }
    }
    if (!Cholesky.solve(matrix, solution)) {
      return false;
    }
    double[] before = beta.clone();
    for (int a = 0; a < active.length; a++) {
      if (alpha > 0 && solution[a] * before[active[a]] <= 0) {
        return false;
      }
    }
    for (int a = 0; a < active.length; a++) {
      beta[active[a]] = solution[a];
    }
    updateGradient();
    if (optimal(alpha)) {
      return true;
    }
    System.arraycopy(before, 0, beta, 0, beta.length);
    updateGradient();
    return false;
  }

  private void updateGradient() {
    double[] quadratic = problem.quadratic();
    for (int k = 0; k < beta.length; k++) {
      double sum = problem.linear()[k];
      for (int j = 0; j < beta.length; j++) {
        sum -= quadratic[k * beta.length + j] * beta[j];
      }
      gradient[k] = sum;
    }
  }

  private boolean optimal(double alpha) {
    // Without a penalty no multiple of the residual is dual feasible unless the gradient is exactly
    // 0.
    return alpha == 0
        ? largest(gradient) <= GAP * problem.smallestEmptyAlpha()
        : gap(alpha) <= GAP * problem.constant();
  }

  /** One pass over all coordinates; returns the largest change of a coefficient. */
  private double sweep(double alpha) {
    double[] quadratic = problem.quadratic();
    int d = beta.length;
    double largestStep = 0;
    for (int j = 0; j < d; j++) {
      double curvature = quadratic[j * d + j];
      double old = beta[j];
      double next = 0;
      if (curvature > FLAT) {
        double partial = gradient[j] + curvature * old;
        double magnitude = Math.abs(partial) - alpha;
        next = magnitude > 0 ? Math.copySign(magnitude, partial) / curvature : 0;
      }
      double step = next - old;
      if (step != 0) {
        beta[j] = next;
        int row = j * d;
        for (int k = 0; k < d; k++) {
          gradient[k] -= step * quadratic[row + k];
        }
        largestStep = Math.max(largestStep, Math.abs(step));
      }
    }
    return largestStep;
  }

  /**
   * Primal minus dual objective. The dual point is the residual, shrunk until no column correlates
   * with it by more than α.
   */
  double gap(double alpha) {
    double residual = residual();
    double correlation = largest(gradient);
    double shrink = correlation > alpha ? alpha / correlation : 1;
    double norm = 0;
    double residualDotScores = problem.constant();
    for (int j = 0; j < beta.length; j++) {
      norm += Math.abs(beta[j]);
      residualDotScores -= problem.linear()[j] * beta[j];
    }
    return 0.5 * residual * (1 + shrink * shrink) + alpha * norm - shrink * residualDotScores;
  }

  /** Weighted mean square of the residuals at the current coefficients, never negative. */
  double residual() {
    double sum = problem.constant();
    for (int j = 0; j < beta.length; j++) {
      sum -= beta[j] * (problem.linear()[j] + gradient[j]);
    }
    return Math.max(0, sum);
  }

  int nonZeros() {
    int count = 0;
    for (double b : beta) {
      if (b != 0) {
        count++;
      }
    }
    return count;
  }

  int sweeps() {
    return sweeps;
  }

  double[] coefficients() {
    return Arrays.copyOf(beta, beta.length);
  }

  private static double largest(double[] values) {
    double largest = 0;
    for (double v : values) {
      largest = Math.max(largest, Math.abs(v));
    }
    return largest;
  }
}
