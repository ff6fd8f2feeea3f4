package dev.quicklime.internal.fit.subset;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
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
import dev.quicklime.internal.kernel.Kernels;
import dev.quicklime.locality.Locality;
import java.util.Arrays;
import java.util.Random;
import java.util.concurrent.CancellationException;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class BestSubsetSearchTest {

  private final BestSubsetSearch search = new BestSubsetSearch(Kernels.chosen());

  private static SubsetLimit nodes(long most) {
    return new SubsetLimit(Long.MAX_VALUE, most);
  }

  private static NormalEquations problem(
      boolean[][] rows, double[] w, double[] y, boolean intercept) {
    MaskMatrix masks = MaskMatrix.of(rows);
    return NormalEquations.of(Gram.of(masks, w), Moments.of(masks, w, y, 1, 0), intercept);
  }

  /** Small problems of every kind of trouble, by seed. */
  private static NormalEquations hostile(int seed) {
    Random random = new Random(seed);
    int d = 1 + random.nextInt(15);
    int n = 4 + random.nextInt(60);
    boolean[][] rows = new boolean[n][d];
    double[] w = new double[n];
    double[] y = new double[n];
    double[] effects = random.doubles(d, -1, 1).toArray();
    for (int i = 0; i < n; i++) {
      boolean common = random.nextBoolean();
      int lit = random.nextInt(4);
      for (int j = 0; j < d; j++) {
        rows[i][j] =
            switch (seed % 6) {
              case 0 -> random.nextInt(5) == 0 ? random.nextBoolean() : common;
              // Four columns of which each row shows one, and so on.
              case 1 -> j < 4 ? j == lit : random.nextBoolean();
              default -> random.nextBoolean();
            };
      }
      if (seed % 6 == 2) {
        rows[i][d / 2] = rows[i][0];
        rows[i][d / 3] = !rows[i][d - 1];
      }
      if (seed % 6 == 3) {
        rows[i][0] = true;
        rows[i][d - 1] = false;
      }
      w[i] = seed % 6 == 4 ? Math.pow(10, -300 * random.nextInt(2)) : 0.1 + random.nextDouble();
      y[i] = 3 + 0.5 * random.nextGaussian();
      for (int j = 0; j < d; j++) {
        y[i] += rows[i][j] ? effects[j] : 0;
      }
    }
    return problem(rows, w, y, seed % 4 != 0);
  }

  /** What columns leave of the scores' mean square, those left out that depend on others. */
  private static double residual(NormalEquations problem, int[] columns) {
    int n = columns.length;
    double[][] a = new double[n][n + 1];
    double[] variances = new double[n];
    for (int i = 0; i < n; i++) {
      for (int j = 0; j < n; j++) {
        a[i][j] = problem.quadratic()[columns[i] * problem.stride() + columns[j]];
      }
      a[i][n] = problem.linear()[columns[i]];
      variances[i] = a[i][i];
    }
    double residual = problem.constant();
    for (int p = 0; p < n; p++) {
      if (a[p][p] > 1e-13 && a[p][p] > 1e-9 * variances[p]) {
        residual -= a[p][n] * a[p][n] / a[p][p];
        for (int i = p + 1; i < n; i++) {
          double factor = a[i][p] / a[p][p];
          for (int j = p; j <= n; j++) {
            a[i][j] -= factor * a[p][j];
          }
        }
      }
    }
    return residual;
  }

  private static double exhaustive(NormalEquations problem, int features) {
    int d = problem.size();
    double best = problem.constant();
    for (int bits = 0; bits < 1 << d; bits++) {
      if (Integer.bitCount(bits) == Math.min(features, d)) {
        int set = bits;
        int[] columns = IntStream.range(0, d).filter(j -> (set >> j & 1) != 0).toArray();
        best = Math.min(best, residual(problem, columns));
      }
    }
    return best;
  }

  /** That a solution is what it says it is, whether it is the best or not. */
  private static void assertConsistent(
      NormalEquations problem, int features, SubsetSolution solution) {
    double scale = problem.constant();
    assertTrue(solution.columns().length <= features);
    assertEquals(residual(problem, solution.columns()), solution.residual(), 1e-9 * scale);
    double above = solution.residual() - solution.lowestResidual();
    assertTrue(above >= 0 && above <= solution.residual(), solution::toString);
    assertEquals(above > 0 ? above / solution.residual() : 0, solution.gap(), 1e-15);
    assertTrue(solution.stopped() || solution.gap() == 0);
    int at = 0;
    for (int j = 0; j < problem.size(); j++) {
      boolean chosen = at < solution.columns().length && solution.columns()[at] == j;
      at += chosen ? 1 : 0;
      double gradient = problem.linear()[j];
      for (int k = 0; k < problem.size(); k++) {
        gradient -= problem.quadratic()[j * problem.stride() + k] * solution.coefficients()[k];
      }
      assertEquals(chosen, solution.coefficients()[j] != 0);
      assertTrue(!chosen || Math.abs(gradient) < 1e-10 * problem.smallestEmptyAlpha());
    }
    assertEquals(solution.columns().length, at);
  }

  @Test
  void shouldFindWhatEnumerationFinds() {
    int branched = 0;
    for (int seed = 0; seed < 600; seed++) {
      NormalEquations problem = hostile(seed);
      int features = 1 + seed / 6 % 5;
      SubsetSolution solution = search.search(problem, features, nodes(Long.MAX_VALUE));
      assertFalse(solution.stopped());
      assertConsistent(problem, features, solution);
      double best = exhaustive(problem, features);
      assertEquals(best, solution.residual(), 1e-9 * problem.constant(), "problem " + seed);
      branched += solution.nodes() > 1 ? 1 : 0;
    }
    assertTrue(branched > 100, branched + " problems needed more than a node");
  }

  @Test
  void shouldBoundTheOptimumWhereverItIsStopped() {
    int open = 0;
    for (int seed = 0; seed < 300; seed++) {
      NormalEquations problem = hostile(seed);
      int features = 3 + seed / 6 % 3;
      double best = exhaustive(problem, features);
      for (int most : new int[] {0, 1, 2, 5}) {
        SubsetSolution solution = search.search(problem, features, nodes(most));
        assertConsistent(problem, features, solution);
        assertTrue(solution.residual() >= best - 1e-9 * problem.constant());
        assertTrue(
            solution.lowestResidual() <= best + 1e-9 * problem.constant(),
            "problem " + seed + " after " + most + " nodes");
        if (solution.gap() == 0) {
          assertEquals(best, solution.residual(), 1e-9 * problem.constant());
        }
        open += solution.gap() > 0 ? 1 : 0;
      }
    }
    assertTrue(open > 100, open + " searches were stopped");
  }

  @ParameterizedTest
  @CsvSource({
    "1000, 100, 6, true",
    "1000, 100, 4, false",
    "300, 100, 5, true",
    "999, 37, 10, true"
  })
  void shouldProveTheBestSubsetOfAPictureWithinAFewNodes(
      int n, int d, int features, boolean intercept) {
    MaskMatrix masks = MaskSampler.draw(Bernoulli.defaults(), n, d, 5);
    double[] w = Locality.defaults().weights(masks);
    Random random = new Random(7);
    double[] y = new double[masks.rows()];
    for (int i = 0; i < y.length; i++) {
      y[i] = random.nextGaussian();
      for (int j = 0; j < d; j++) {
        y[i] += masks.shown(i, j) ? Math.exp(-0.1 * j) : 0;
      }
    }
    NormalEquations problem =
        NormalEquations.of(Gram.of(masks, w), Moments.of(masks, w, y, 1, 0), intercept);
    SubsetSolution solution = search.search(problem, features, nodes(5000));
    assertFalse(solution.stopped());
    assertEquals(0, solution.gap());
    assertEquals(features, solution.columns().length);
    assertConsistent(problem, features, solution);
    for (Implementation form : Implementation.values()) {
      SubsetSolution again =
          new BestSubsetSearch(KernelSet.of(form)).search(problem, features, nodes(5000));
      assertArrayEquals(solution.columns(), again.columns());
      assertEquals(solution.residual(), again.residual(), 1e-12 * problem.constant());
    }
  }

  @Test
  void shouldSaySoWhereThereAreTooManyDependentColumnsToProveIt() {
    Random random = new Random(3);
    boolean[][] rows = new boolean[40][70];
    for (boolean[] row : rows) {
      for (int j = 0; j < row.length; j++) {
        row[j] = random.nextBoolean();
      }
    }
    double[] w = new double[40];
    Arrays.fill(w, 1);
    NormalEquations problem = problem(rows, w, random.doubles(40).toArray(), true);
    SubsetSolution solution = search.search(problem, 6, nodes(500));
    assertTrue(solution.stopped());
    assertTrue(solution.gap() > 0.01, "gap " + solution.gap());
    assertTrue(solution.nodes() <= 500);
    assertConsistent(problem, 6, solution);
    // As many columns as there are samples leave nothing, which needs no search.
    SubsetSolution perfect = search.search(problem, 45, nodes(0));
    assertEquals(0, perfect.residual(), 1e-12 * problem.constant());
    assertFalse(perfect.stopped());
    assertEquals(0, perfect.gap());
  }

  /** All masks of eight superpixels: columns are orthogonal. */
  private static NormalEquations factorial(double... effects) {
    boolean[][] rows = new boolean[256][8];
    double[] w = new double[256];
    double[] y = new double[256];
    for (int i = 0; i < 256; i++) {
      w[i] = 1;
      for (int j = 0; j < 8; j++) {
        rows[i][j] = (i >> j & 1) != 0;
        y[i] += rows[i][j] ? effects[j] : 0;
      }
    }
    return problem(rows, w, y, true);
  }

  @Test
  void shouldTakeTheLargestEffectsOfOrthogonalColumns() {
    SubsetSolution solution = search.search(factorial(1, -5, 0, 3, 2, -4, 0.5, 0), 3, nodes(100));
    assertArrayEquals(new int[] {1, 3, 5}, solution.columns());
    double[] expected = {0, -5, 0, 3, 0, -4, 0, 0};
    assertArrayEquals(expected, solution.coefficients(), 1e-12);
    assertEquals((1 + 4 + 0.25) / 4, solution.residual(), 1e-12);
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 4, 5, 7, 8})
  void shouldPreferTheLowestOfEquallyGoodColumns(int features) {
    SubsetSolution solution =
        search.search(factorial(1, 1, 1, -1, 1, -1, 1, 1), features, 1L << 40);
    assertArrayEquals(IntStream.range(0, features).toArray(), solution.columns());
    assertFalse(solution.stopped());
  }

  @Test
  void shouldExchangeColumnsForLowerOnesThatAreAsGood() {
    SubsetNode whole = new SubsetNode();
    whole.load(factorial(1, 1, 1, -1, 1, -1, 1, 1), 2);
    SubsetClimb climb = new SubsetClimb(Kernels.chosen());
    climb.start(whole, 1e-12);
    int[] set = {6, 7};
    assertEquals(2, climb.exchange(set, 2, nodes(1)));
    Arrays.sort(set);
    assertArrayEquals(new int[] {0, 1}, set);
  }

  @Test
  void shouldChooseNoColumnThatAddsNothing() {
    SubsetSolution solution = search.search(factorial(0, 2, 0, 0, 0, 0, 1, 0), 5, nodes(1000));
    assertArrayEquals(new int[] {1, 6}, solution.columns());
    SubsetSolution none = search.search(factorial(0, 0, 0, 0, 0, 0, 0, 0), 5, nodes(1000));
    assertEquals(0, none.columns().length);
    assertArrayEquals(new double[8], none.coefficients());
    assertEquals(0, none.residual());
    assertEquals(0, none.gap());
  }

  @ParameterizedTest
  @ValueSource(doubles = {1e-200, 1e-150, 1e100, 1e150})
  void shouldNotMindTheScaleOfScores(double scale) {
    double[] effects = {1, -5, 0.3, 3, 2, -4, 0.5, 0.1};
    int[] expected = search.search(factorial(effects), 4, nodes(1000)).columns();
    for (int j = 0; j < effects.length; j++) {
      effects[j] *= scale;
    }
    SubsetSolution solution = search.search(factorial(effects), 4, nodes(1000));
    assertArrayEquals(expected, solution.columns());
    assertEquals(effects[1], solution.coefficients()[1], Math.abs(1e-12 * effects[1]));
    assertEquals(0, solution.gap());
  }

  @Test
  void shouldBeCancelledByAnInterrupt() {
    NormalEquations problem = factorial(1, -5, 0, 3, 2, -4, 0.5, 0);
    Thread.currentThread().interrupt();
    try {
      assertThrows(CancellationException.class, () -> search.search(problem, 3, 1L << 40));
    } finally {
      assertTrue(Thread.interrupted());
    }
    assertEquals(3, search.search(problem, 3, 1L << 40).columns().length);
  }

  @Test
  void shouldRefuseToChooseNothing() {
    NormalEquations problem = factorial(1, 2, 3, 4, 5, 6, 7, 8);
    assertThrows(InvalidInputException.class, () -> search.search(problem, 0, 1));
  }
}
