package dev.quicklime.internal.fit.lasso;

import dev.quicklime.internal.fit.linear.ClassProblem;
import dev.quicklime.internal.fit.linear.NormalEquations;
import dev.quicklime.internal.fit.linear.RidgeFits;
import dev.quicklime.internal.fit.linear.Solution;
import dev.quicklime.internal.fit.linear.SymmetricSystem;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/** Fits within a ball, through the multiplier. */
public final class BallFits {

  private static final int MOST_STEPS = 200;

  /** How far from the ball's surface a solution may be, as a share of the radius. */
  private static final double ON_SURFACE = 1e-13;

  private BallFits() {}

  public static Solution l1(double asked, ClassProblem problem, List<String> notices) {
    NormalEquations equations = problem.equations();
    double radius = problem.scored(asked);
    LassoPath path = LassoPath.of(equations, 0);
    int knot = 1;
    while (knot < path.knots() && norm(path.coefficients(path.alpha(knot))) < radius) {
      knot++;
    }
    if (knot < path.knots()) {
      double[] before = path.coefficients(path.alpha(knot - 1));
      double[] after = path.coefficients(path.alpha(knot));
      // Between two knots no sign changes, so coefficients, their norm and α are linear together.
      double share = (radius - norm(before)) / (norm(after) - norm(before));
      double[] beta = new double[before.length];
      for (int j = 0; j < beta.length; j++) {
        double value = (1 - share) * before[j] + share * after[j];
        // At a knot rounding alone keeps what comes in or leaves there.
        beta[j] = Math.abs(value) > ON_SURFACE * radius ? value : 0;
      }
      double alpha = (1 - share) * path.alpha(knot - 1) + share * path.alpha(knot);
      return Solution.of(beta, problem.unscored(alpha));
    }
    if (path.complete()) {
      return Solution.unpenalized(path.coefficients(0));
    }
    return below(path, radius, problem, notices);
  }

  /** Below the end of a path that dependent columns have cut short. */
  private static Solution below(
      LassoPath path, double radius, ClassProblem problem, List<String> notices) {
    CoordinateDescent descent = new CoordinateDescent(problem.equations());
    descent.solve(0);
    if (norm(descent.coefficients()) <= radius) {
      return Solution.unpenalized(descent.coefficients());
    }
    double high = path.lowestAlpha();
    double low = 0;
    double[] beta = path.coefficients(high);
    for (int step = 0; step < MOST_STEPS && high - low > ON_SURFACE * high; step++) {
      double middle = low + (high - low) / 2;
      if (!descent.solve(middle)) {
        notices.add("coordinate descent did not settle within the ball");
        break;
      }
      if (norm(descent.coefficients()) <= radius) {
        high = middle;
        beta = descent.coefficients();
      } else {
        low = middle;
      }
    }
    return Solution.of(beta, problem.unscored(high));
  }

  private static double norm(double[] beta) {
    return Arrays.stream(beta).map(Math::abs).sum();
  }

  public static Solution l2(double asked, ClassProblem problem, List<String> notices) {
    double radius = problem.scored(asked);
    Solution free = RidgeFits.ridge(0, problem, notices);
    if (RidgeFits.norm(free.beta()) <= radius) {
      return free;
    }
    notices.clear();
    int[] all = IntStream.range(0, problem.size()).toArray();
    SymmetricSystem system = new SymmetricSystem(problem.equations(), all);
    double low = 0;
    // (C + λI)β = c, so λ‖β‖ ≤ ‖c‖.
    double high = RidgeFits.norm(problem.equations().linear()) / radius;
    double lambda = high * 1e-6;
    double[] beta = system.solve(lambda);
    for (int step = 0; step < MOST_STEPS; step++) {
      double norm = RidgeFits.norm(beta);
      if (Math.abs(norm - radius) <= ON_SURFACE * radius || high - low <= ON_SURFACE * high) {
        break;
      }
      if (norm > radius) {
        low = lambda;
      } else {
        high = lambda;
      }
      double newton = lambda + step(system, beta, norm, radius);
      boolean between = newton > low && newton < high;
      lambda = between ? newton : low + (high - low) / 2;
      beta = system.solve(lambda);
    }
    return Solution.of(beta, problem.ridgeAlpha(lambda));
  }

  /** Newton's step for 1/radius − 1/‖β‖, whose derivative comes from the factor. */
  private static double step(SymmetricSystem system, double[] beta, double norm, double radius) {
    double[] half = new double[system.stride()];
    for (int a = 0; a < system.size(); a++) {
      half[a] = beta[system.columns()[a]];
    }
    if (system.leastNorm()) {
      return Double.NaN;
    }
    system.forward(half);
    double q = RidgeFits.norm(half);
    return norm * norm / (q * q) * (norm - radius) / radius;
  }
}
