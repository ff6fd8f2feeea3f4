package dev.quicklime.internal.fit.lasso;

import dev.quicklime.internal.fit.linear.NormalEquations;
import dev.quicklime.internal.fit.linear.QuadraticForm;
import dev.quicklime.internal.kernel.KernelSet;
import dev.quicklime.internal.kernel.Kernels;
import dev.quicklime.internal.kernel.matrix.SweepKernel;
import java.util.Arrays;

/**
 * Cyclic coordinate descent for the Lasso on normal equations, after Friedman, Hastie and
 * Tibshirani, "Regularization paths for generalized linear models via coordinate descent", Journal
 * of Statistical Software 33, 2010. Mask columns are nearly orthogonal, so a few sweeps over all
 * coordinates find out which coefficients are not 0, and screening rules would save nothing. These
 * are then solved for directly; if that meets the optimality conditions, nothing is left to do.
 *
 * <p>Where it does not, as with linearly dependent columns, descent goes on until the duality gap
 * is at most {@value #GAP} of the scores' mean square and the largest step of the last sweep is at
 * most {@value #STEP} of the largest coefficient. Successive calls start from the coefficients of
 * the last one. Memory is kept for the next problem. Not safe for use by several threads.
 */
public final class CoordinateDescent {

  public static final double GAP = 1e-9;
  static final double STEP = 1e-12;
  static final int MAX_SWEEPS = 20_000;

  /** How far the gradient may be from where an exact solution has it, as a share of max|c|. */
  private static final double EXACT = 1e-12;

  /** Sweeps before the first direct solution: it costs as much as a few of them. */
  private static final int FIRST_ATTEMPT = 3;

  /** Every so many sweeps a direct solution need only close the gap. */
  private static final int LENIENT = 100;

  /**
   * How far from a knot of the path, as a share of max|c|, a coefficient that comes in there is not
   * told from 0; the path's own tolerance.
   */
  private static final double HAIR = Homotopy.TOLERANCE;

  /** Coefficients above this share of the largest one, or of max|c|, are not looked at. */
  private static final double SUSPECT = 1e-6;

  private final SweepKernel sweeping;
  private final ActiveSet exact;
  private NormalEquations problem;
  private double[] beta = new double[0];
  private double[] gradient = new double[0];
  private double[] before = new double[0];
  private int sweeps;

  public CoordinateDescent(NormalEquations problem) {
    this(problem, Kernels.chosen());
  }

  public CoordinateDescent(NormalEquations problem, KernelSet kernels) {
    this.problem = problem;
    sweeping = kernels.sweep();
    exact = new ActiveSet(kernels);
    start(problem);
  }

  /** Takes another problem and starts from coefficients 0. */
  public void start(NormalEquations next) {
    problem = next;
    int stride = next.stride();
    if (beta.length < stride) {
      beta = new double[stride];
      gradient = new double[stride];
      before = new double[stride];
    }
    Arrays.fill(beta, 0);
    Arrays.fill(gradient, 0);
    System.arraycopy(next.linear(), 0, gradient, 0, next.size());
  }

  /**
   * Minimises for one α ≥ 0 and returns whether the stopping rule was met. A coefficient that is
   * not 0 for rounding alone, as where α is a knot of the path, is 0.
   */
  public boolean solve(double alpha) {
    boolean met = minimize(alpha);
    if (alpha > 0 && suspicious()) {
      System.arraycopy(beta, 0, before, 0, beta.length);
      if (exact.dropDust(problem, HAIR * problem.smallestEmptyAlpha(), beta)) {
        // What dust there was has moved the others as little.
        exact.chooseNonZeros(problem, beta);
        if (exact.solve(problem, alpha, beta) && !exact.store(alpha, beta)) {
          System.arraycopy(before, 0, beta, 0, beta.length);
        }
        exact.chooseNonZeros(problem, beta);
        exact.gradient(problem, beta, gradient);
      }
    }
    return met;
  }

  /** Whether a coefficient is small beside the others, or beside what could be. */
  private boolean suspicious() {
    double limit = SUSPECT * largest(beta);
    double least = SUSPECT * problem.smallestEmptyAlpha();
    for (int j = 0; j < problem.size(); j++) {
      double b = Math.abs(beta[j]);
      if (b > 0 && (b <= limit || b * problem.quadratic()[j * problem.stride() + j] <= least)) {
        return true;
      }
    }
    return false;
  }

  private boolean minimize(double alpha) {
    sweeps = 0;
    if (alpha == 0) {
      exact.chooseVarying(problem, QuadraticForm.FLAT);
      if (finish(alpha)) {
        return true;
      }
    }
    int attempt = FIRST_ATTEMPT;
    while (sweeps < MAX_SWEEPS) {
      double step =
          sweeping.sweep(
              problem.quadratic(),
              problem.stride(),
              problem.size(),
              QuadraticForm.FLAT,
              alpha,
              beta,
              gradient);
      sweeps++;
      if (step <= STEP * largest(beta) && optimal(alpha)) {
        return true;
      }
      if (sweeps == attempt) {
        exact.chooseNonZeros(problem, beta);
        if (finish(alpha)) {
          return true;
        }
        attempt = next(attempt);
      }
    }
    return false;
  }

  private static int next(int attempt) {
    return attempt < LENIENT ? Math.min(LENIENT, attempt + 1 + attempt / 4) : attempt + LENIENT;
  }

  /**
   * Solves for the coefficients chosen with the signs they have, and keeps the result if that
   * lowers the objective. Descent alone needs thousands of sweeps where columns are far from
   * orthogonal, as masks without an intercept are, which share a large mean.
   *
   * @return whether the result is the optimum
   */
  private boolean finish(double alpha) {
    double objective = objective(alpha);
    System.arraycopy(beta, 0, before, 0, beta.length);
    if (!exact.solve(problem, alpha, beta)) {
      return false;
    }
    boolean signsKept = exact.store(alpha, beta);
    exact.gradient(problem, beta, gradient);
    if (signsKept && (sweeps % LENIENT == 0 || isExact(alpha)) && optimal(alpha)) {
      return true;
    }
    if (!(objective(alpha) < objective)) {
      System.arraycopy(before, 0, beta, 0, beta.length);
      exact.gradient(problem, beta, gradient);
    }
    return false;
  }

  /** Whether the gradient is α where a coefficient is positive, −α where negative, else between. */
  private boolean isExact(double alpha) {
    double tolerance = EXACT * problem.smallestEmptyAlpha();
    double worst = 0;
    for (int j = 0; j < problem.size(); j++) {
      double excess =
          beta[j] != 0
              ? Math.abs(gradient[j] - Math.copySign(alpha, beta[j]))
              : Math.abs(gradient[j]) - alpha;
      worst = Math.max(worst, excess);
    }
    return worst <= tolerance;
  }

  private boolean optimal(double alpha) {
    // Without a penalty no multiple of the residual is dual feasible unless the gradient is exactly
    // 0.
    return alpha == 0
        ? largest(gradient) <= GAP * problem.smallestEmptyAlpha()
        : gap(alpha) <= GAP * problem.constant();
  }

  private double objective(double alpha) {
    double sum = 0.5 * problem.constant();
    for (int j = 0; j < problem.size(); j++) {
      sum += alpha * Math.abs(beta[j]) - 0.5 * beta[j] * (problem.linear()[j] + gradient[j]);
    }
    return sum;
  }

  /**
   * Primal minus dual objective. The dual point is the residual, shrunk until no column correlates
   * with it by more than α.
   */
  public double gap(double alpha) {
    double residual = residual();
    double correlation = largest(gradient);
    double shrink = correlation > alpha ? alpha / correlation : 1;
    double norm = 0;
    double residualDotScores = problem.constant();
    for (int j = 0; j < problem.size(); j++) {
      norm += Math.abs(beta[j]);
      residualDotScores -= problem.linear()[j] * beta[j];
    }
    return 0.5 * residual * (1 + shrink * shrink) + alpha * norm - shrink * residualDotScores;
  }

  /** Weighted mean square of the residuals at the current coefficients, never negative. */
  public double residual() {
    double sum = problem.constant();
    for (int j = 0; j < problem.size(); j++) {
      sum -= beta[j] * (problem.linear()[j] + gradient[j]);
    }
    return Math.max(0, sum);
  }

  public int nonZeros() {
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

  public double[] coefficients() {
    return Arrays.copyOf(beta, problem.size());
  }

  private static double largest(double[] values) {
    double largest = 0;
    for (double v : values) {
      largest = Math.max(largest, Math.abs(v));
    }
    return largest;
  }
}
