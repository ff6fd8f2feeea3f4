package dev.quicklime.internal.fit.errors;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.quicklime.design.Bernoulli;
import dev.quicklime.design.FoldedHadamard;
import dev.quicklime.design.MaskMatrix;
import dev.quicklime.design.MaskSampler;
import dev.quicklime.internal.fit.sums.Dense;
import dev.quicklime.surrogate.FitInput;
import dev.quicklime.surrogate.ForwardSelection;
import dev.quicklime.surrogate.Intervals;
import dev.quicklime.surrogate.KLasso;
import dev.quicklime.surrogate.L1Ball;
import dev.quicklime.surrogate.Lasso;
import dev.quicklime.surrogate.LeastSquares;
import dev.quicklime.surrogate.LinearFit;
import dev.quicklime.surrogate.Problems;
import dev.quicklime.surrogate.Ridge;
import dev.quicklime.surrogate.Surrogate;
import dev.quicklime.surrogate.SurrogateFitter;
import java.util.Arrays;
import java.util.Random;
import org.hipparchus.distribution.continuous.TDistribution;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SandwichErrorsTest {

  private static double[] errors(LinearFit fit) {
    return Problems.margins(fit).standardErrors().stream().mapToDouble(e -> e).toArray();
  }

  private static String reason(LinearFit fit) {
    return assertInstanceOf(Intervals.None.class, fit.intervals()).reason();
  }

  /** The formula as it is written, with explicit matrices and an explicit column of ones. */
  private static double[] expected(
      Problems problem, LinearFit fit, double alpha, boolean ones, int blockRows) {
    int first = ones ? 1 : 0;
    int d = problem.x()[0].length + first;
    int n = problem.y().length;
    double[][] z = new double[n][d];
    for (int i = 0; i < n; i++) {
      z[i][0] = 1;
      System.arraycopy(problem.x()[i], 0, z[i], first, d - first);
    }
    double[][] a = new double[d][d];
    for (int i = 0; i < n; i++) {
      for (int j = 0; j < d; j++) {
        for (int k = 0; k < d; k++) {
          a[j][k] += problem.w()[i] * z[i][j] * z[i][k];
        }
      }
    }
    for (int j = first; j < d; j++) {
      a[j][j] += alpha;
    }
    double[][] inverse = new double[d][];
    for (int j = 0; j < d; j++) {
      double[][] system = new double[d][];
      for (int k = 0; k < d; k++) {
        system[k] = Arrays.copyOf(a[k], d + 1);
        system[k][d] = j == k ? 1 : 0;
      }
      inverse[j] = Dense.solve(system);
    }
    double[] residuals = problem.residuals(fit);
    double[] variances = new double[d];
    double[][] across = new double[n][d];
    for (int i = 0; i < n; i++) {
      for (int j = 0; j < d; j++) {
        for (int k = 0; k < d; k++) {
          across[i][j] += inverse[j][k] * z[i][k];
        }
      }
    }
    for (int i = 0; i < n; i += i == 0 ? 1 : blockRows) {
      int other = i == 0 || blockRows == 1 || i + 1 == n ? i : i + 1;
      double p = 1 - leverage(problem, z, across, i, i);
      double r = 1 - leverage(problem, z, across, other, other);
      double q = other == i ? 0 : -leverage(problem, z, across, i, other);
      // A function of a matrix is the polynomial that takes its values at the eigenvalues.
      double low = (p + r) / 2 - Math.hypot((p - r) / 2, q);
      double high = (p + r) / 2 + Math.hypot((p - r) / 2, q);
      double slope =
          high - low < 1e-9
              ? -0.5 * Math.pow(low, -1.5)
              : (1 / Math.sqrt(high) - 1 / Math.sqrt(low)) / (high - low);
      double constant = 1 / Math.sqrt(low) - slope * low;
      double e0 = Math.sqrt(problem.w()[i]) * residuals[i];
      double e1 = other == i ? 0 : Math.sqrt(problem.w()[other]) * residuals[other];
      for (int j = 0; j < d; j++) {
        double term =
            Math.sqrt(problem.w()[i])
                * ((constant + slope * p) * e0 + slope * q * e1)
                * across[i][j];
        if (other != i) {
          term +=
              Math.sqrt(problem.w()[other])
                  * (slope * q * e0 + (constant + slope * r) * e1)
                  * across[other][j];
        }
        variances[j] += term * term;
      }
    }
    return Arrays.stream(variances).skip(first).map(Math::sqrt).toArray();
  }

  private static double leverage(
      Problems problem, double[][] z, double[][] across, int row, int other) {
    double sum = 0;
    for (int j = 0; j < across[row].length; j++) {
      sum += z[row][j] * across[other][j];
    }
    return Math.sqrt(problem.w()[row] * problem.w()[other]) * sum;
  }

  @ParameterizedTest
  @CsvSource({
    "41, 5, 0, true",
    "40, 5, 0, false",
    "201, 30, 0, true",
    "700, 30, 0, true",
    "60, 30, 2, true"
  })
  void shouldTakeRowsOfABlockTogether(int n, int d, double alpha, boolean intercept) {
    Problems problem = Problems.of(n, d, 12);
    Surrogate surrogate = new Ridge(alpha, intercept);
    LinearFit fit =
        SurrogateFitter.fit(
            surrogate, FitInput.of(problem.masks(), problem.w(), problem.y(), 1, 2), 0);
    double[] expected = expected(problem, fit, alpha, intercept, 2);
    for (int j = 0; j < d; j++) {
      assertEquals(expected[j], errors(fit)[j], 1e-9 * expected[j]);
    }
  }

  @ParameterizedTest
  @CsvSource({
    "40, 5, 0, true",
    "40, 5, 0, false",
    "200, 30, 0, true",
    "60, 30, 2, true",
    "60, 9, 0.5, false"
  })
  void shouldBeThoseOfTheFormula(int n, int d, double alpha, boolean intercept) {
    Problems problem = Problems.of(n, d, 12);
    LinearFit fit = problem.fit(new Ridge(alpha, intercept));
    double[] expected = expected(problem, fit, alpha, intercept, 1);
    double[] errors = errors(fit);
    for (int j = 0; j < d; j++) {
      assertEquals(expected[j], errors[j], 1e-9 * expected[j]);
      double freedom = Problems.margins(fit).freedom().get(j);
      assertTrue(freedom > 1 && freedom < n, freedom + " degrees of freedom");
      double margin = new TDistribution(freedom).inverseCumulativeProbability(0.975) * expected[j];
      assertEquals(margin, Problems.margins(fit).halfWidth(j), 1e-8 * margin);
    }
  }

  /** Where all blocks are alike there is nothing to approximate. */
  @Test
  void shouldHaveAsManyDegreesOfFreedomAsBlocksLessCoefficients() {
    int d = 60;
    int order = 64;
    MaskMatrix masks = MaskSampler.draw(new FoldedHadamard(), 2 * order, d, 1);
    double[] weights = new double[masks.rows()];
    double[] scores = new double[masks.rows()];
    Arrays.fill(weights, 1, weights.length, 1);
    for (int row = 0; row < scores.length; row++) {
      scores[row] = masks.countShown(row) % 7;
    }
    LinearFit fit =
        SurrogateFitter.fit(LeastSquares.defaults(), FitInput.of(masks, weights, scores, 1, 2), 0);
    for (double freedom : Problems.margins(fit).freedom()) {
      assertEquals(order - d, freedom, 1e-6);
    }
  }

  @Test
  void shouldFollowTheUnitsOfScoresAndNotThoseOfWeights() {
    Problems problem = Problems.of(100, 10, 1);
    LinearFit fit = problem.fit(LeastSquares.defaults());
    Problems large =
        problem
            .withScores(Arrays.stream(problem.y()).map(y -> 1e250 * y).toArray())
            .withWeights(Arrays.stream(problem.w()).map(w -> 1e-290 * w).toArray());
    LinearFit other = large.fit(LeastSquares.defaults());
    for (int j = 0; j < 10; j++) {
      double error = errors(fit)[j];
      assertEquals(error, errors(other)[j] / 1e250, 1e-9 * error);
    }
  }

  /** A classifier that is no line: the intervals must hold what the fit converges to. */
  @Test
  void shouldCoverWhatTheFitConvergesTo() {
    int d = 6;
    double[] w = new double[401];
    Arrays.fill(w, 1);
    // Under independent masks of 1/2 an interaction adds half of itself to both of its parts.
    double[] truth = {1.5, -0.5, 0.25, 0, 0, 0};
    int covered = 0;
    int runs = 400;
    for (int run = 0; run < runs; run++) {
      MaskMatrix masks = MaskSampler.draw(Bernoulli.defaults(), 400, d, 1000 + run);
      double[] y = new double[401];
      for (int i = 0; i < y.length; i++) {
        boolean a = masks.shown(i, 0);
        boolean b = masks.shown(i, 1);
        y[i] = (a ? 2 : 0) + (masks.shown(i, 2) ? 0.25 : 0) - (a && b ? 1 : 0);
      }
      double[] weights = w.clone();
      weights[0] = 0;
      LinearFit fit =
          SurrogateFitter.fit(LeastSquares.defaults(), FitInput.of(masks, weights, y, 1), 0);
      for (int j = 0; j < d; j++) {
        double off = Math.abs(fit.coefficients().get(j) - truth[j]);
        covered += off <= Problems.margins(fit).halfWidth(j) ? 1 : 0;
      }
    }
    double share = covered / (double) (runs * d);
    assertTrue(share > 0.92 && share < 0.98, "covered " + share);
  }

  @Test
  void shouldSayWhyThereAreNone() {
    Problems problem = Problems.of(200, 10, 1);
    for (Surrogate selection :
        new Surrogate[] {
          Lasso.defaults(), KLasso.defaults(), ForwardSelection.defaults(), L1Ball.defaults()
        }) {
      LinearFit fit = problem.fit(selection);
      assertFalse(reason(fit).isEmpty());
      assertNull(fit.margin(0));
    }
    assertTrue(reason(Problems.of(9, 9, 1).fit(LeastSquares.defaults())).contains("samples"));
    boolean[][] one = new boolean[50][3];
    Random random = new Random(1);
    for (boolean[] row : one) {
      row[0] = random.nextBoolean();
      row[1] = random.nextBoolean();
    }
    one[7][2] = true;
    double[] w = new double[50];
    Arrays.fill(w, 1);
    LinearFit fit = Problems.of(MaskMatrix.of(one), w, 1).fit(LeastSquares.defaults());
    assertTrue(reason(fit).contains("single sample"), reason(fit));
  }

  @Test
  void shouldBeZeroForAnExactFit() {
    Problems problem = Problems.of(100, 4, 1);
    double[] y = Arrays.stream(problem.x()).mapToDouble(row -> 2 * row[0] - row[3]).toArray();
    LinearFit fit = problem.withScores(y).fit(LeastSquares.defaults());
    for (double error : errors(fit)) {
      assertEquals(0, error, 1e-12);
    }
  }
}
