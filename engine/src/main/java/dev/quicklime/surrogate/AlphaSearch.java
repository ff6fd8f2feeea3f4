package dev.quicklime.surrogate;

import java.util.List;

/** Finds an α on the Lasso path, walked from the smallest empty α downwards with warm starts. */
final class AlphaSearch {

  private static final int STEPS = 60;
  private static final double LOWEST = 1e-3;
  private static final double SHARE_WITHOUT_VARIANCE = 0.05;

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
    CoordinateDescent path = new CoordinateDescent(problem);
    double best = 0;
    double lowestCriterion = Double.POSITIVE_INFINITY;
    for (int step = 1; step <= STEPS; step++) {
      double alpha = largest * Math.pow(LOWEST, (double) step / STEPS);
      path.solve(alpha);
      double criterion = criterion(path, samples, variance);
      if (path.nonZeros() > 0 && criterion < lowestCriterion) {
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

  private static double criterion(CoordinateDescent path, double samples, double variance) {
    return samples * path.residual() / variance + Math.log(samples) * path.nonZeros();
  }

  /** The largest α, to a part in a thousand, whose fit keeps a number of coefficients. */
  static double keeping(NormalEquations problem, int coefficients) {
    double empty = problem.smallestEmptyAlpha();
    double high = empty;
    double low = 0;
    while (high - low > 1e-3 * high && high > 1e-9 * empty) {
      double middle = low > 0 ? Math.sqrt(low * high) : high / 4;
      CoordinateDescent fit = new CoordinateDescent(problem);
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
