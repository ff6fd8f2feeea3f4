package dev.quicklime.surrogate;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.quicklime.InvalidInputException;
import dev.quicklime.design.Exhaustive;
import dev.quicklime.design.MaskMatrix;
import dev.quicklime.design.MaskSampler;
import dev.quicklime.internal.fit.lasso.LarsPath;
import dev.quicklime.internal.fit.lasso.LassoPath;
import dev.quicklime.internal.fit.linear.NormalEquations;
import dev.quicklime.internal.fit.sums.Dense;
import dev.quicklime.locality.Locality;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Each surrogate against what defines it, computed from the samples themselves. */
class SurrogatesTest {

  private static double[] beta(LinearFit fit) {
    return fit.coefficients().stream().mapToDouble(Double::doubleValue).toArray();
  }

  @ParameterizedTest
  @CsvSource({"50, 1", "60, 7", "200, 30", "400, 65"})
  void shouldSolveLeastSquaresAsEliminationDoes(int n, int d) {
    Problems problem = Problems.of(n, d, 3);
    LinearFit fit = problem.fit(LeastSquares.defaults());
    double[] expected = Dense.leastSquares(problem.x(), problem.y(), problem.w());
    assertEquals(expected[0], fit.intercept(), 1e-9);
    assertArrayEquals(Arrays.copyOfRange(expected, 1, d + 1), beta(fit), 1e-9);
    assertEquals(0, fit.alpha());
    assertNull(fit.gap());
  }

  @ParameterizedTest
  @CsvSource({"0.01, true", "1, true", "1, false", "50, true", "0, false", "1e6, false"})
  void shouldMeetTheConditionsOfRidge(double alpha, boolean intercept) {
    Problems problem = Problems.of(300, 40, 5);
    LinearFit fit = problem.fit(new Ridge(alpha, intercept));
    double[] correlations = problem.correlations(fit);
    for (int j = 0; j < 40; j++) {
      assertEquals(alpha * fit.coefficients().get(j), correlations[j], 1e-9);
    }
    double sum = 0;
    double[] residuals = problem.residuals(fit);
    for (int i = 0; i < residuals.length; i++) {
      sum += problem.w()[i] * residuals[i];
    }
    assertEquals(0, intercept ? sum : fit.intercept(), 1e-9);
  }

  /** All masks at once make the sums of ridge known, and its matrix easy to invert. */
  @ParameterizedTest
  @ValueSource(doubles = {0, 0.01, 1, 100})
  void shouldBeTheClosedFormOfRidgeOverAllMasks(double alpha) {
    int d = 9;
    MaskMatrix masks = MaskSampler.draw(new Exhaustive(), 1, d, 0);
    int n = masks.rows();
    double[] y = new Random(3).doubles(n).toArray();
    Problems problem = Problems.of(masks, Locality.defaults().weights(masks), 1).withScores(y);
    double[] sums = new double[3];
    for (int p = 0; p < 3; p++) {
      double choose = 1;
      for (int filled = 0; filled <= d - p; filled++) {
        sums[p] += choose * Locality.defaults().weight(d - filled, d);
        choose = choose * (d - p - filled) / (filled + 1);
      }
    }
    double mean = sums[1] / sums[0];
    double diagonal = sums[1] - sums[1] * mean + alpha;
    double other = sums[2] - sums[1] * mean;
    double[] g = new double[d];
    for (int i = 0; i < n; i++) {
      for (int j = 0; j < d; j++) {
        g[j] += problem.w()[i] * y[i] * (problem.x()[i][j] - mean);
      }
    }
    double all = Arrays.stream(g).sum();
    LinearFit fit = problem.fit(new Ridge(alpha, true));
    for (int j = 0; j < d; j++) {
      double expected = (g[j] - other * all / (diagonal - other + d * other)) / (diagonal - other);
      assertEquals(expected, fit.coefficients().get(j), 1e-11);
    }
  }

  @Test
  void shouldGiveTheSolutionOfLeastNormWhereColumnsRepeat() {
    Problems problem = Problems.degenerate(80, 10, 1);
    LinearFit fit = problem.fit(LeastSquares.defaults());
    double[] beta = beta(fit);
    assertEquals(beta[0], beta[7], 1e-10);
    assertEquals(0, beta[8]);
    assertEquals(0, beta[9]);
    double[] expected =
        Dense.leastSquares(
            Arrays.stream(problem.x()).map(row -> Arrays.copyOf(row, 7)).toArray(double[][]::new),
            problem.y(),
            problem.w());
    assertEquals(expected[1], beta[0] + beta[7], 1e-9);
    assertEquals(expected[4], beta[3], 1e-9);
    assertTrue(fit.notices().getFirst().contains("least norm"), fit.notices().toString());
    assertInstanceOf(Intervals.None.class, fit.intervals());
  }

  @Test
  void shouldGiveTheSolutionOfLeastNormWhereSuperpixelsAreMoreThanSamples() {
    Problems problem = Problems.of(20, 50, 2);
    LinearFit fit = problem.fit(LeastSquares.defaults());
    assertEquals(0, problem.loss(fit), 1e-12 * problem.totalWeight());
    // Of all solutions it is the limit of ridge.
    assertArrayEquals(beta(problem.fit(new Ridge(1e-7, true))), beta(fit), 1e-4);
  }

  @ParameterizedTest
  @CsvSource({
    "0.01, 0.5, true",
    "0.1, 0.1, true",
    "0.02, 0.9, false",
    "0.001, 0.3, false",
    "0.02, 1, true"
  })
  void shouldMeetTheConditionsOfTheElasticNet(double alpha, double share, boolean intercept) {
    Problems problem = Problems.of(300, 65, 7);
    LinearFit fit = problem.fit(new ElasticNet(Alpha.of(alpha), share, intercept));
    double[] correlations = problem.correlations(fit);
    for (int j = 0; j < 65; j++) {
      double beta = fit.coefficients().get(j);
      double gradient = correlations[j] / problem.totalWeight() - alpha * (1 - share) * beta;
      double bound = alpha * share;
      if (beta == 0) {
        assertTrue(Math.abs(gradient) <= bound + 1e-9);
      } else {
        assertEquals(Math.copySign(bound, beta), gradient, 1e-9);
      }
    }
  }

  @Test
  void shouldBeTheLassoWhereTheElasticNetHasNoRidge() {
    Problems problem = Problems.of(300, 30, 8);
    for (Alpha alpha :
        List.of(Alpha.auto(), new Alpha.CrossValidated(5), new Alpha.Keeping(7), Alpha.of(0.01))) {
      LinearFit lasso = problem.fit(new Lasso(alpha, true));
      LinearFit net = problem.fit(new ElasticNet(alpha, 1, true));
      assertEquals(lasso.alpha(), net.alpha(), 2e-3 * lasso.alpha());
      assertArrayEquals(beta(lasso), beta(net), 1e-3);
    }
  }

  @Test
  void shouldWalkTheLassoPathBackToKCoefficientsAndRefit() {
    for (long seed = 0; seed < 20; seed++) {
      Problems problem = Problems.of(120, 40, seed);
      FitInput input = problem.input();
      LassoPath path = LassoPath.of(input.sums().gram(), input.sums().moments(0), true, 0);
      for (int k : new int[] {1, 3, 10, 39, 40, 100}) {
        int knot = path.knots() - 1;
        while (path.nonZeros(knot) > k) {
          knot--;
        }
        double[] walked = path.coefficients(path.alpha(knot));
        int[] chosen = IntStream.range(0, 40).filter(j -> walked[j] != 0).toArray();
        LinearFit fit = problem.fit(new KLasso(k, 1, true));
        assertArrayEquals(chosen, fit.selected().stream().mapToInt(j -> j).sorted().toArray());
        assertEquals(1, fit.alpha());
        double[] correlations = problem.correlations(fit);
        for (int j : chosen) {
          assertEquals(fit.coefficients().get(j), correlations[j], 1e-9);
        }
      }
    }
  }

  @Test
  void shouldAddTheSuperpixelThatExplainsMostInEachRound() {
    for (long seed = 0; seed < 10; seed++) {
      Problems problem = Problems.of(100, 15, seed);
      List<Integer> chosen = new ArrayList<>();
      for (int round = 0; round < 5; round++) {
        int best = -1;
        double least = Double.POSITIVE_INFINITY;
        for (int j = 0; j < 15; j++) {
          if (!chosen.contains(j)) {
            List<Integer> with = new ArrayList<>(chosen);
            with.add(j);
            double loss = problem.loss(with.stream().mapToInt(i -> i).toArray());
            if (loss < least) {
              least = loss;
              best = j;
            }
          }
        }
        chosen.add(best);
      }
      LinearFit fit = problem.fit(new ForwardSelection(5, 0, true));
      assertEquals(chosen.stream().sorted().toList(), fit.selected().stream().sorted().toList());
      assertEquals(
          problem.loss(chosen.stream().mapToInt(i -> i).toArray()), problem.loss(fit), 1e-9);
    }
  }

  @Test
  void shouldProveTheBestSubsetOrSayHowFarItMayBeOff() {
    Problems problem = Problems.of(200, 30, 4);
    LinearFit best = problem.fit(new BestSubset(5, 60, true));
    assertEquals(0, best.gap());
    assertTrue(best.notices().isEmpty());
    double greedy = problem.loss(problem.fit(new ForwardSelection(5, 0, true)));
    assertTrue(problem.loss(best) <= greedy + 1e-9);
    assertEquals(
        problem.loss(best.selected().stream().mapToInt(j -> j).sorted().toArray()),
        problem.loss(best),
        1e-9);
    Problems noise = Problems.of(150, 100, 4).withScores(new Random(1).doubles(151).toArray());
    LinearFit open = noise.fit(new BestSubset(8, 0.001, true));
    assertTrue(open.gap() != null && open.gap() > 0);
    assertTrue(open.notices().getFirst().startsWith("not proved"));
    assertEquals(8, open.selected().size());
  }

  @Test
  void shouldKeepTheStrongestAndFitThemAgain() {
    Problems problem = Problems.of(200, 30, 4);
    LinearFit ranked = problem.fit(new Ridge(0.01, true));
    LinearFit fit = problem.fit(Strongest.lime(8));
    assertEquals(
        ranked.selected().subList(0, 8).stream().sorted().toList(),
        fit.selected().stream().sorted().toList());
    double[] correlations = problem.correlations(fit);
    for (int j : fit.selected()) {
      assertEquals(fit.coefficients().get(j), correlations[j], 1e-9);
    }
  }

  @ParameterizedTest
  @ValueSource(doubles = {1e-6, 0.3, 1, 4, 1e4})
  void shouldStayInsideTheL1Ball(double radius) {
    for (boolean intercept : new boolean[] {true, false}) {
      Problems problem = Problems.of(300, 33, 6);
      LinearFit fit = problem.fit(new L1Ball(radius, intercept));
      double norm = Arrays.stream(beta(fit)).map(Math::abs).sum();
      if (fit.alpha() > 0) {
        assertEquals(radius, norm, 1e-11 * radius);
        LinearFit lasso = problem.fit(new Lasso(Alpha.of(fit.alpha()), intercept));
        assertArrayEquals(beta(lasso), beta(fit), 1e-9);
      } else {
        assertTrue(norm <= radius);
        assertArrayEquals(beta(problem.fit(new LeastSquares(intercept))), beta(fit), 1e-8);
      }
    }
  }

  @ParameterizedTest
  @ValueSource(doubles = {1e-6, 0.3, 1, 4, 1e4})
  void shouldStayInsideTheL2Ball(double radius) {
    for (Problems problem :
        List.of(Problems.of(300, 33, 6), Problems.of(20, 33, 6), Problems.degenerate(90, 12, 2))) {
      for (boolean intercept : new boolean[] {true, false}) {
        LinearFit fit = problem.fit(new L2Ball(radius, intercept));
        double norm = Math.sqrt(Arrays.stream(beta(fit)).map(b -> b * b).sum());
        if (fit.alpha() > 0) {
          assertEquals(radius, norm, 1e-9 * radius);
        } else {
          assertTrue(norm <= radius);
        }
        LinearFit ridge = problem.fit(new Ridge(fit.alpha(), intercept));
        assertArrayEquals(beta(ridge), beta(fit), 1e-9 * Math.max(1, radius));
      }
    }
  }

  /** Angles between the residual and all columns in use stay equal, and the largest of all. */
  @Test
  void shouldKeepCorrelationsEqualInLeastAngleRegression() {
    for (long seed = 0; seed < 10; seed++) {
      Problems problem = Problems.of(60, 30, seed);
      FitInput input = problem.input();
      NormalEquations equations =
          NormalEquations.of(input.sums().gram(), input.sums().moments(0), true);
      LarsPath path = LarsPath.of(equations, 0);
      assertTrue(path.complete());
      assertEquals(31, path.knots());
      for (int knot = 1; knot < path.knots(); knot++) {
        assertEquals(knot, path.nonZeros(knot));
        double[] beta = path.coefficients(path.alpha(knot));
        for (int j = 0; j < 30; j++) {
          double gradient = equations.linear()[j];
          for (int k = 0; k < 30; k++) {
            gradient -= equations.quadratic()[j * equations.stride() + k] * beta[k];
          }
          double tolerance = 1e-9 * path.alpha(0);
          assertTrue(Math.abs(gradient) <= path.alpha(knot) + tolerance);
          if (beta[j] != 0) {
            assertEquals(path.alpha(knot), Math.abs(gradient), tolerance);
          }
        }
      }
    }
  }

  @Test
  void shouldRefuseHyperParametersOutOfRange() {
    assertThrows(InvalidInputException.class, () -> new Ridge(-1, true));
    assertThrows(InvalidInputException.class, () -> new Ridge(Double.NaN, true));
    assertThrows(InvalidInputException.class, () -> new ElasticNet(Alpha.auto(), 0, true));
    assertThrows(InvalidInputException.class, () -> new ElasticNet(Alpha.auto(), 1.5, true));
    assertThrows(InvalidInputException.class, () -> new KLasso(0, 1, true));
    assertThrows(InvalidInputException.class, () -> new KLasso(1, -1, true));
    assertThrows(InvalidInputException.class, () -> new ForwardSelection(0, 0, true));
    assertThrows(InvalidInputException.class, () -> new BestSubset(0, 1, true));
    assertThrows(InvalidInputException.class, () -> new BestSubset(1, Double.NaN, true));
    assertThrows(InvalidInputException.class, () -> new L1Ball(0, true));
    assertThrows(InvalidInputException.class, () -> new L2Ball(Double.POSITIVE_INFINITY, true));
    assertThrows(InvalidInputException.class, () -> Strongest.lime(0));
    assertThrows(InvalidInputException.class, () -> new Strongest(1, Strongest.lime(1), 1));
    assertThrows(InvalidInputException.class, () -> new Alpha.CrossValidated(1));
    assertThrows(InvalidInputException.class, () -> new Alpha.Keeping(0));
    Problems problem = Problems.of(20, 4, 1);
    assertThrows(
        InvalidInputException.class,
        () -> problem.fit(new Lasso(new Alpha.CrossValidated(22), true)));
    assertThrows(
        InvalidInputException.class,
        () -> SurrogateFitter.fit(Lasso.defaults(), problem.input(), 1));
    assertThrows(InvalidInputException.class, () -> problem.withScores(new double[20]).input());
  }
}
