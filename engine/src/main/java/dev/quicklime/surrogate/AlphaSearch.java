package dev.quicklime.surrogate;

import java.util.List;

/** Finds an α on the Lasso path, or by coordinate descent below where the path ends. */
final class AlphaSearch {

  private static final int STEPS = 60;
  private static final double LOWEST = 1e-3;
  private static final double SHARE_WITHOUT_VARIANCE = 0.05;

  /** How far under a knot an α is taken, as a share of it. */
  private static final double UNDER = 5e-4;

  /** An α under this share of the smallest empty one is next to none. */
  private static final double SMALL = 1e-6;

  private AlphaSearch() {}

  /** The rule of {@link Alpha.Auto}; adds a notice where it had to fall back. */
  static double choose(NormalEquations problem, double samples, List<String> notices) {
    double largest = problem.smallestEmptyAlpha();
    if (largest == 0) {
      return 0;
    }
    double freedom = samples - problem.size() - 1;
    if (freedom < 1) {
      notices.add(
          "fewer effective samples than superpixels: alpha is a twentieth of the smallest empty"
              + " one, not chosen by BIC");
      return largest * SHARE_WITHOUT_VARIANCE;
    }
    double variance = leastSquaresResidual(problem) * samples / freedom;
    LassoPath path = LassoPath.of(problem, largest * LOWEST);
    CoordinateDescent descent = new CoordinateDescent(problem);
    double best = 0;
    double lowestCriterion = Double.POSITIVE_INFINITY;
    for (int step = 1; step <= STEPS; step++) {
      double alpha = largest * Math.pow(LOWEST, (double) step / STEPS);
      double[] beta;
      if (alpha >= path.lowestAlpha()) {
        beta = path.coefficients(alpha);
      } else {
        descent.solve(alpha);
        beta = descent.coefficients();
      }
      int nonZeros = nonZeros(beta);
      double criterion =
          samples * residual(problem, beta, alpha) / variance + Math.log(samples) * nonZeros;
      if (nonZeros > 0 && criterion < lowestCriterion) {
        lowestCriterion = criterion;
        best = alpha;
      }
    }
    return best > 0 ? best : largest * LOWEST;
  }

  private static double leastSquaresResidual(NormalEquations problem) {
    CoordinateDescent full = new CoordinateDescent(problem);
    full.solve(0);
    // A fit without residual would make any penalty on non-zeros vanish beside RSS/σ².
    return Math.max(full.residual(), 1e-24 * problem.constant());
  }

  /** Weighted mean square of a Lasso fit's residuals: the gradient is ±α where β is not 0. */
  private static double residual(NormalEquations problem, double[] beta, double alpha) {
    double sum = problem.constant();
    for (int j = 0; j < beta.length; j++) {
      sum -= beta[j] * problem.linear()[j] + Math.abs(beta[j]) * alpha;
    }
    return Math.max(0, sum);
  }

  private static int nonZeros(double[] beta) {
    int count = 0;
    for (double b : beta) {
      count += b != 0 ? 1 : 0;
    }
    return count;
  }

  /**
   * An α, at most a part in a thousand under the largest one, whose fit keeps a number of
   * coefficients; 0 if there is none.
   */
  static double keeping(NormalEquations problem, int coefficients) {
    double empty = problem.smallestEmptyAlpha();
    // A few coefficients come in early on the path, whose end is far and costs much.
    for (double lowest = empty / 4; ; lowest = lowest > SMALL * empty ? lowest / 8 : 0) {
      LassoPath path = LassoPath.of(problem, lowest);
      double alpha = keeping(path, coefficients);
      if (alpha > 0 || lowest == 0) {
        return alpha;
      }
      if (!path.complete()) {
        return bisected(problem, coefficients);
      }
    }
  }

  private static double keeping(LassoPath path, int coefficients) {
    for (int knot = 1; knot < path.knots(); knot++) {
      double high = path.alpha(knot - 1);
      double low = path.alpha(knot);
      double alpha = Math.max(high * (1 - UNDER), low + (high - low) / 2);
      if (nonZeros(path.coefficients(alpha)) >= coefficients) {
        return alpha;
      }
    }
    return 0;
  }

  private static double bisected(NormalEquations problem, int coefficients) {
    double empty = problem.smallestEmptyAlpha();
    double high = empty;
    double low = 0;
    CoordinateDescent fit = new CoordinateDescent(problem);
    while (high - low > 1e-3 * high && high > 1e-9 * empty) {
      double middle = low > 0 ? Math.sqrt(low) * Math.sqrt(high) : high / 4;
      fit.start(problem);
      fit.solve(middle);
      if (fit.nonZeros() >= coefficients) {
        low = middle;
      } else {
        high = middle;
      }
    }
    return low;
  }
}
