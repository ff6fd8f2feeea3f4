package dev.quicklime.internal.fit.lasso;

import dev.quicklime.internal.fit.linear.ClassProblem;
import dev.quicklime.internal.fit.linear.NormalEquations;
import java.util.List;
import java.util.function.DoubleFunction;
import java.util.function.DoubleUnaryOperator;
import java.util.stream.IntStream;

/** Finds an α on the Lasso path, or by coordinate descent below where the path ends. */
public final class AlphaSearch {

  /** How many α are tried. */
  static final int STEPS = 60;

  private static final double LOWEST = 1e-3;
  private static final double SHARE_WITHOUT_VARIANCE = 0.05;

  /** How far under a knot an α is taken, as a share of it. */
  private static final double UNDER = 5e-4;

  /** An α under this share of the smallest empty one is next to none. */
  private static final double SMALL = 1e-6;

  private AlphaSearch() {}

  /** An α of the 60 that are tried, from the largest, under the smallest empty one, downwards. */
  static double step(double largest, int step) {
    return largest * Math.pow(LOWEST, (double) step / STEPS);
  }

  /**
   * The α of the 60 whose fit keeps something and has the smallest Bayesian criterion; an {@link
   * AlphaRule}.
   */
  public static double auto(
      DoubleFunction<PenalizedFamily> families, ClassProblem problem, List<String> notices) {
    double largest = problem.unscored(problem.equations().smallestEmptyAlpha());
    if (largest == 0) {
      return 0;
    }
    double variance = variance(problem, notices);
    if (Double.isNaN(variance)) {
      return largest * SHARE_WITHOUT_VARIANCE;
    }
    double samples = problem.effectiveSamples();
    PenalizedFamily family = families.apply(LOWEST);
    largest = family.smallestEmpty();
    double best = 0;
    double lowestCriterion = Double.POSITIVE_INFINITY;
    for (int step = 1; step <= STEPS; step++) {
      double alpha = step(largest, step);
      double[] beta = family.fit(alpha);
      int nonZeros = nonZeros(beta);
      double criterion =
          samples * family.residual(beta, alpha) / variance + Math.log(samples) * nonZeros;
      if (nonZeros > 0 && criterion < lowestCriterion) {
        lowestCriterion = criterion;
        best = alpha;
      }
    }
    return best > 0 ? best : largest * LOWEST;
  }

  /**
   * The α, the smallest empty one included, whose fit has the smallest information criterion.
   *
   * @param price what the criterion takes for each coefficient, by effective samples
   */
  public static AlphaRule criterion(DoubleUnaryOperator price) {
    return (families, problem, notices) -> criterion(price, families, problem, notices);
  }

  /** The α that predicts best what was left out, see {@link CrossValidation}. */
  public static AlphaRule crossValidated(int folds) {
    return (families, problem, _) -> CrossValidation.choose(folds, families.apply(LOWEST), problem);
  }

  /** An α, at most a part in a thousand under the largest one, that keeps some coefficients. */
  public static AlphaRule keeping(int features) {
    return (families, problem, notices) -> keeping(features, families, problem, notices);
  }

  private static double criterion(
      DoubleUnaryOperator price,
      DoubleFunction<PenalizedFamily> families,
      ClassProblem problem,
      List<String> notices) {
    double variance = variance(problem, notices);
    PenalizedFamily family = families.apply(0);
    if (Double.isNaN(variance)) {
      return family.smallestEmpty() * SHARE_WITHOUT_VARIANCE;
    }
    double samples = problem.effectiveSamples();
    double each = price.applyAsDouble(samples);
    double best = family.smallestEmpty();
    double lowest = samples * problem.equations().constant() / variance;
    for (double alpha : candidates(family, problem)) {
      double[] beta = family.fit(alpha);
      double criterion = samples * family.residual(beta, alpha) / variance + each * nonZeros(beta);
      if (criterion < lowest) {
        lowest = criterion;
        best = alpha;
      }
    }
    return best;
  }

  private static double[] candidates(PenalizedFamily family, ClassProblem problem) {
    return switch (family) {
      case LassoFamily lasso ->
          IntStream.range(1, lasso.path().knots())
              .mapToDouble(knot -> problem.unscored(lasso.path().alpha(knot)))
              .toArray();
      case ElasticNetFamily net ->
          IntStream.rangeClosed(1, STEPS)
              .mapToDouble(step -> step(net.smallestEmpty(), step))
              .toArray();
    };
  }

  /** Residual variance of the least-squares fit, or NaN, with a notice, where there is none. */
  private static double variance(ClassProblem problem, List<String> notices) {
    double samples = problem.effectiveSamples();
    double freedom = samples - problem.size() - (problem.intercept() ? 1 : 0);
    if (freedom < 1) {
      notices.add(
          "fewer effective samples than "
              + problem.noun()
              + "s: alpha is a twentieth of the smallest empty one, not chosen by an information"
              + " criterion");
      return Double.NaN;
    }
    return leastSquaresResidual(problem.equations()) * samples / freedom;
  }

  private static double leastSquaresResidual(NormalEquations problem) {
    CoordinateDescent full = new CoordinateDescent(problem);
    full.solve(0);
    // A fit without residual would make any penalty on non-zeros vanish beside RSS/σ².
    return Math.max(full.residual(), 1e-24 * problem.constant());
  }

  private static double keeping(
      int features,
      DoubleFunction<PenalizedFamily> families,
      ClassProblem problem,
      List<String> notices) {
    PenalizedFamily family = families.apply(1);
    double alpha =
        family instanceof LassoFamily
            ? problem.unscored(keeping(problem.equations(), features))
            : keeping(family, features);
    if (alpha > 0) {
      return alpha;
    }
    notices.add(
        "no alpha keeps %s %ss: hardly any varies over the samples that carry weight"
            .formatted(features, problem.noun()));
    return family.smallestEmpty() * SMALL;
  }

  /** The same for any family, in units of the score, by trying. */
  public static double keeping(PenalizedFamily family, int coefficients) {
    double empty = family.smallestEmpty();
    double high = empty;
    double low = 0;
    while (high - low > 1e-3 * high && high > 1e-9 * empty) {
      double middle = low > 0 ? Math.sqrt(low) * Math.sqrt(high) : high / 4;
      if (nonZeros(family.fit(middle)) >= coefficients) {
        low = middle;
      } else {
        high = middle;
      }
    }
    return low;
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
  public static double keeping(NormalEquations problem, int coefficients) {
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
