package dev.quicklime.internal.fit.lasso;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.quicklime.InvalidInputException;
import dev.quicklime.design.Bernoulli;
import dev.quicklime.design.MaskMatrix;
import dev.quicklime.design.MaskSampler;
import dev.quicklime.internal.fit.linear.NormalEquations;
import dev.quicklime.internal.fit.sums.Gram;
import dev.quicklime.internal.fit.sums.Moments;
import dev.quicklime.internal.kernel.Implementation;
import dev.quicklime.internal.kernel.KernelSet;
import dev.quicklime.locality.Locality;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class LassoPathTest {

  private static double[] scores(MaskMatrix masks, long seed) {
    Random random = new Random(seed);
    double[] effects = new double[masks.columns()];
    Arrays.setAll(effects, j -> j % 3 == 0 ? random.nextGaussian() : 0);
    double[] y = new double[masks.rows()];
    for (int i = 0; i < y.length; i++) {
      y[i] = 5 + random.nextGaussian();
      for (int j = 0; j < effects.length; j++) {
        y[i] += masks.shown(i, j) ? effects[j] : 0;
      }
    }
    return y;
  }

  private static NormalEquations problem(MaskMatrix masks, long seed, boolean intercept) {
    double[] w = Locality.defaults().weights(masks);
    return NormalEquations.of(
        Gram.of(masks, w), Moments.of(masks, w, scores(masks, seed), 1, 0), intercept);
  }

  /** By how much a correlation misses what it must be, as a share of the largest there was. */
  private static double violation(NormalEquations problem, double[] beta, double alpha) {
    double worst = 0;
    for (int j = 0; j < problem.size(); j++) {
      double gradient = problem.linear()[j];
      for (int k = 0; k < problem.size(); k++) {
        gradient -= problem.quadratic()[j * problem.stride() + k] * beta[k];
      }
      double miss =
          beta[j] == 0
              ? Math.abs(gradient) - alpha
              : Math.abs(gradient - Math.copySign(alpha, beta[j]));
      worst = Math.max(worst, miss);
    }
    return worst / problem.smallestEmptyAlpha();
  }

  @ParameterizedTest
  @CsvSource({
    "200, 1, true",
    "200, 2, false",
    "300, 40, true",
    "300, 64, false",
    "1000, 100, true",
    "1000, 100, false",
    "130, 100, true",
    "130, 100, false",
    "60, 90, true",
    "60, 90, false"
  })
  void shouldAgreeWithCoordinateDescentAndBeOptimalEverywhere(int n, int d, boolean intercept) {
    MaskMatrix masks = MaskSampler.draw(Bernoulli.defaults(), n, d, 11);
    NormalEquations problem = problem(masks, 3, intercept);
    LassoPath path = LassoPath.of(problem, 0);
    assertTrue(path.complete());
    assertEquals(0, path.lowestAlpha());
    assertEquals(problem.smallestEmptyAlpha(), path.alpha(0));
    CoordinateDescent descent = new CoordinateDescent(problem);
    double top = path.alpha(0);
    for (int i = 0; i <= 120; i++) {
      double alpha = top * Math.pow(0.95, i);
      double[] beta = path.coefficients(alpha);
      assertTrue(violation(problem, beta, alpha) < 1e-12, "at " + alpha);
      assertTrue(descent.solve(alpha));
      double scale = Arrays.stream(beta).map(Math::abs).max().orElseThrow();
      assertArrayNear(descent.coefficients(), beta, 1e-12 * Math.max(1, scale));
    }
    for (int knot = 1; knot < path.knots(); knot++) {
      assertTrue(path.alpha(knot) < path.alpha(knot - 1));
      double alpha = path.alpha(knot);
      assertTrue(violation(problem, path.coefficients(alpha), alpha) < 1e-12, "knot " + knot);
    }
  }

  private static void assertArrayNear(double[] expected, double[] actual, double tolerance) {
    assertEquals(expected.length, actual.length);
    for (int j = 0; j < expected.length; j++) {
      assertEquals(expected[j], actual[j], tolerance, "coefficient " + j);
    }
  }

  @Test
  void shouldLetCoefficientsGoThatReachZero() {
    int drops = 0;
    for (int seed = 1; seed <= 8; seed++) {
      // Coefficients of columns that overlap strongly return to zero along the path.
      Random random = new Random(seed);
      boolean[][] rows = new boolean[90][30];
      for (boolean[] row : rows) {
        boolean common = random.nextBoolean();
        for (int j = 0; j < row.length; j++) {
          row[j] = random.nextInt(6) == 0 ? random.nextBoolean() : common;
        }
      }
      NormalEquations problem = problem(MaskMatrix.of(rows), seed, true);
      LassoPath path = LassoPath.of(problem, 0);
      assertTrue(path.complete());
      for (int knot = 1; knot < path.knots(); knot++) {
        double[] before = path.coefficients(path.alpha(knot - 1));
        double[] after = path.coefficients(path.alpha(knot));
        for (int j = 0; j < 30; j++) {
          drops += before[j] != 0 && after[j] == 0 ? 1 : 0;
        }
        double middle = (path.alpha(knot) + path.alpha(knot - 1)) / 2;
        assertTrue(violation(problem, path.coefficients(middle), middle) < 1e-11);
      }
    }
    assertTrue(drops >= 10, drops + " drops");
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10})
  void shouldStayOptimalOrEndWhereColumnsDependOnEachOther(int seed) {
    Random random = new Random(seed);
    boolean[][] rows = new boolean[40][24];
    for (boolean[] row : rows) {
      for (int j = 0; j < 24; j++) {
        row[j] = random.nextBoolean();
      }
      row[1] = row[0];
      row[2] = !row[0];
      row[3] = true;
      row[4] = false;
      row[5] = row[6];
      row[8] = row[7] ^ random.nextInt(20) == 0;
    }
    for (boolean intercept : new boolean[] {true, false}) {
      NormalEquations problem = problem(MaskMatrix.of(rows), seed, intercept);
      LassoPath path = LassoPath.of(problem, 0);
      assertTrue(path.lowestAlpha() < 0.5 * path.alpha(0), "ended at " + path.lowestAlpha());
      for (int i = 0; i < 100; i++) {
        double alpha = path.alpha(0) * Math.pow(0.9, i);
        if (alpha >= path.lowestAlpha()) {
          double[] beta = path.coefficients(alpha);
          assertTrue(violation(problem, beta, alpha) < 1e-11);
          assertEquals(0, beta[4]);
        }
      }
    }
  }

  @Test
  void shouldNotGoRoundInCirclesWhereManyColumnsTie() {
    // Full factorial masks and a symmetric score: all columns come in at once, or none does.
    boolean[][] rows = new boolean[256][8];
    double[] w = new double[256];
    double[] y = new double[256];
    for (int i = 0; i < 256; i++) {
      for (int j = 0; j < 8; j++) {
        rows[i][j] = (i >> j & 1) != 0;
      }
      w[i] = 1;
      y[i] = Integer.bitCount(i);
    }
    MaskMatrix masks = MaskMatrix.of(rows);
    for (boolean intercept : new boolean[] {true, false}) {
      NormalEquations problem =
          NormalEquations.of(Gram.of(masks, w), Moments.of(masks, w, y, 1, 0), intercept);
      LassoPath path = LassoPath.of(problem, 0);
      assertTrue(path.complete());
      for (double share : new double[] {0.9, 0.5, 0.1, 0}) {
        double alpha = share * path.alpha(0);
        assertTrue(violation(problem, path.coefficients(alpha), alpha) < 1e-12);
      }
      assertArrayNear(new double[] {1, 1, 1, 1, 1, 1, 1, 1}, path.coefficients(0), 1e-12);
    }
  }

  @Test
  void shouldBeEmptyForConstantScores() {
    MaskMatrix masks = MaskSampler.draw(Bernoulli.defaults(), 50, 5, 1);
    double[] w = Locality.defaults().weights(masks);
    LassoPath path =
        LassoPath.of(Gram.of(masks, w), Moments.of(masks, w, new double[51], 1, 0), true, 0);
    assertEquals(1, path.knots());
    assertTrue(path.complete());
    assertArrayNear(new double[5], path.coefficients(0), 0);
  }

  @Test
  void shouldEndWhereAsked() {
    MaskMatrix masks = MaskSampler.draw(Bernoulli.defaults(), 300, 20, 1);
    NormalEquations problem = problem(masks, 1, true);
    LassoPath whole = LassoPath.of(problem, 0);
    double lowest = whole.alpha(0) / 7;
    LassoPath path = LassoPath.of(problem, lowest);
    assertEquals(lowest, path.lowestAlpha());
    assertTrue(path.complete());
    assertArrayNear(whole.coefficients(lowest), path.coefficients(lowest), 1e-14);
    assertEquals(0, path.nonZeros(0));
    assertEquals(1, path.nonZeros(1));
    assertThrows(InvalidInputException.class, () -> path.coefficients(lowest * 0.99));
    assertThrows(InvalidInputException.class, () -> path.coefficients(Double.NaN));
    assertThrows(InvalidInputException.class, () -> path.alpha(-1));
    assertThrows(InvalidInputException.class, () -> path.nonZeros(path.knots()));
    assertArrayNear(new double[20], path.coefficients(whole.alpha(0) * 3), 0);
  }

  @Test
  void shouldGiveTheSameWithEitherForm() {
    MaskMatrix masks = MaskSampler.draw(Bernoulli.defaults(), 400, 65, 1);
    NormalEquations problem = problem(masks, 1, false);
    double[][] betas = new double[2][65];
    for (Implementation form : Implementation.values()) {
      Homotopy homotopy = new Homotopy(problem, KernelSet.of(form));
      // The second walk must not see what the first left behind.
      homotopy.walk(problem, 0);
      homotopy.walk(problem, 0);
      homotopy.knots().interpolate(problem.smallestEmptyAlpha() / 50, betas[form.ordinal()]);
    }
    assertArrayNear(betas[0], betas[1], 1e-12);
  }
}
