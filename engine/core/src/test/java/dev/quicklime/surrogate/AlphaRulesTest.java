package dev.quicklime.surrogate;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.quicklime.internal.fit.lasso.LassoPath;
import dev.quicklime.internal.fit.linear.NormalEquations;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Rules that choose α, against what they say, computed the long way. */
class AlphaRulesTest {

  private static Problems unweighted(int n, int d, long seed) {
    Problems problem = Problems.of(n, d, seed);
    double[] ones = new double[n + 1];
    Arrays.fill(ones, 1);
    return problem.withWeights(ones);
  }

  @ParameterizedTest
  @EnumSource
  void shouldTakeTheKnotOfTheSmallestCriterion(Alpha.Criterion.Kind kind) {
    for (long seed = 0; seed < 10; seed++) {
      Problems problem = unweighted(120, 12, seed);
      int n = 121;
      double variance = problem.loss(problem.fit(LeastSquares.defaults())) / (n - 12 - 1);
      FitInput input = problem.input();
      LassoPath path = LassoPath.of(input.sums().gram(), input.sums().moments(0), true, 0);
      double lowest = Double.POSITIVE_INFINITY;
      double best = 0;
      for (int knot = 0; knot < path.knots(); knot++) {
        LinearFit fit = problem.fit(Lasso.defaults().withAlpha(path.alpha(knot)));
        double each = kind == Alpha.Criterion.Kind.AIC ? 2 : Math.log(n);
        double criterion =
            n * Math.log(2 * Math.PI * variance)
                + problem.loss(fit) / variance
                + each * path.nonZeros(knot);
        if (criterion < lowest) {
          lowest = criterion;
          best = path.alpha(knot);
        }
      }
      LinearFit fit = problem.fit(new Lasso(new Alpha.Criterion(kind), true));
      assertEquals(best, fit.alpha(), 1e-12);
    }
  }

  @Test
  void shouldTakeTheAlphaThatPredictsWhatWasLeftOut() {
    for (boolean intercept : new boolean[] {true, false}) {
      Problems problem = Problems.of(90, 10, 3);
      double largest =
          NormalEquations.of(
                  problem.input().sums().gram(), problem.input().sums().moments(0), intercept)
              .smallestEmptyAlpha();
      double least = Double.POSITIVE_INFINITY;
      double best = 0;
      for (int step = 1; step <= 60; step++) {
        double alpha = largest * Math.pow(1e-3, step / 60.0);
        double error = 0;
        for (int fold = 0; fold < 4; fold++) {
          double[] inside = problem.w().clone();
          double[] outside = problem.w().clone();
          for (int i = 0; i < inside.length; i++) {
            (i % 4 == fold ? inside : outside)[i] = 0;
          }
          LinearFit fit = problem.withWeights(inside).fit(new Lasso(Alpha.of(alpha), intercept));
          error += problem.withWeights(outside).loss(fit);
        }
        if (error < least) {
          least = error;
          best = alpha;
        }
      }
      LinearFit fit = problem.fit(new Lasso(new Alpha.CrossValidated(4), intercept));
      assertEquals(best, fit.alpha(), 1e-12);
    }
  }

  @Test
  void shouldKeepAsManyAsAskedFor() {
    Problems problem = Problems.of(300, 30, 2);
    for (int features : new int[] {1, 2, 7, 20, 30}) {
      for (Surrogate surrogate :
          new Surrogate[] {
            new Lasso(new Alpha.Keeping(features), true),
            new ElasticNet(new Alpha.Keeping(features), 0.5, true)
          }) {
        LinearFit fit = problem.fit(surrogate);
        assertTrue(fit.selected().size() >= features, surrogate::toString);
        double more = fit.alpha() * 1.005;
        Surrogate stronger =
            surrogate instanceof Lasso
                ? Lasso.defaults().withAlpha(more)
                : new ElasticNet(Alpha.of(more), 0.5, true);
        assertTrue(problem.fit(stronger).selected().size() < features, surrogate::toString);
      }
    }
  }

  @Test
  void shouldSayWhatAnElasticNetWouldKeep() {
    Problems problem = Problems.of(300, 30, 2);
    LinearFit empty = problem.fit(new ElasticNet(Alpha.of(1e3), 0.5, true));
    assertTrue(empty.selected().isEmpty());
    String[] words = empty.notices().getFirst().split("[ ,;]+", -1);
    double one = Double.parseDouble(words[7]);
    double five = Double.parseDouble(words[12]);
    assertEquals(
        1, problem.fit(new ElasticNet(Alpha.of(one * 0.999), 0.5, true)).selected().size());
    assertTrue(problem.fit(new ElasticNet(Alpha.of(one * 1.001), 0.5, true)).selected().isEmpty());
    assertTrue(problem.fit(new ElasticNet(Alpha.of(five), 0.5, true)).selected().size() >= 5);
  }
}
