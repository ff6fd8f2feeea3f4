package dev.quicklime.nd4j;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.quicklime.InvalidInputException;
import dev.quicklime.design.MaskMatrix;
import dev.quicklime.surrogate.FitInput;
import dev.quicklime.surrogate.Lasso;
import dev.quicklime.surrogate.LeastSquares;
import dev.quicklime.surrogate.LinearFit;
import dev.quicklime.surrogate.Ridge;
import dev.quicklime.surrogate.Surrogate;
import dev.quicklime.surrogate.SurrogateFitter;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.indexing.NDArrayIndex;

class ClosedFormsTest {

  private static final double CLOSE = 1e-9;

  /** Random masks, some weights 0, and three classes' scores around large means. */
  private static final class Problem {
    private final boolean[][] shown;
    private final double[] weights;
    private final double[][] scores;

    Problem(int rows, int columns, long seed) {
      Random random = new Random(seed);
      shown = new boolean[rows][columns];
      weights = new double[rows];
      scores = new double[rows][3];
      for (int i = 0; i < rows; i++) {
        weights[i] = i % 7 == 3 ? 0 : random.nextDouble();
        for (int c = 0; c < 3; c++) {
          scores[i][c] = 10 * c + random.nextGaussian();
        }
        for (int j = 0; j < columns; j++) {
          shown[i][j] = random.nextBoolean();
          scores[i][1] += shown[i][j] ? j % 5 : 0;
        }
      }
    }

    FitInput input() {
      double[] flat = Arrays.stream(scores).flatMapToDouble(Arrays::stream).toArray();
      return FitInput.of(MaskMatrix.of(shown), weights, flat, 3);
    }

    INDArray masks() {
      try (SharedArray masks = SharedArray.of(MaskMatrix.of(shown))) {
        return masks.array();
      }
    }

    LinearSolution ridge(double alpha, boolean intercept) {
      return ClosedForms.ridge(
          masks(), Nd4j.createFromArray(weights), Nd4j.createFromArray(scores), alpha, intercept);
    }
  }

  private static void assertSame(List<LinearFit> expected, LinearSolution actual) {
    for (int c = 0; c < expected.size(); c++) {
      LinearFit fit = expected.get(c);
      assertEquals(fit.intercept(), actual.intercepts().getDouble(c), CLOSE);
      assertArrayEquals(
          fit.coefficients().stream().mapToDouble(Double::doubleValue).toArray(),
          actual.coefficients().getRow(c).toDoubleVector(),
          CLOSE);
    }
  }

  @ParameterizedTest
  @CsvSource({
    "400, 40, 0",
    "400, 40, 1",
    "50, 1, 0",
    "50, 1, 3",
    "30, 45, 0.5",
    "1, 4, 1",
    "900, 100, 1e-3"
  })
  void shouldAgreeWithTheEnginesGram(int rows, int columns, double alpha) {
    Problem problem = new Problem(rows, columns, 5L * rows + columns);
    FitInput input = problem.input();
    for (boolean intercept : new boolean[] {true, false}) {
      LinearSolution solution = problem.ridge(alpha, intercept);
      Surrogate surrogate = new Ridge(alpha, intercept);
      assertSame(SurrogateFitter.fitAll(surrogate, input), solution);
      assertEquals(List.of(), solution.notices());
      if (alpha == 0) {
        assertEquals(columns, solution.rank());
        surrogate = Lasso.defaults().withAlpha(0).withIntercept(intercept);
        assertSame(SurrogateFitter.fitAll(surrogate, input), solution);
      }
    }
  }

  @ParameterizedTest
  @CsvSource({"12, 30", "1, 5", "40, 40"})
  void shouldGiveTheLeastNormWhereThereAreFewerRowsThanColumns(int rows, int columns) {
    Problem problem = new Problem(rows, columns, 17L * rows + columns);
    for (boolean intercept : new boolean[] {true, false}) {
      LinearSolution solution = problem.ridge(0, intercept);
      assertTrue(solution.rank() < columns);
      assertTrue(
          solution.notices().getFirst().contains("least norm"), solution.notices().toString());
      assertSame(SurrogateFitter.fitAll(new LeastSquares(intercept), problem.input()), solution);
    }
  }

  @Test
  void shouldShareOutWhatDuplicateColumnsDoAndLeaveConstantOnesAlone() {
    Problem single = new Problem(60, 4, 3);
    Problem doubled = new Problem(60, 6, 3);
    for (int i = 0; i < 60; i++) {
      System.arraycopy(single.shown[i], 0, doubled.shown[i], 0, 4);
      doubled.shown[i][4] = single.shown[i][1];
      doubled.shown[i][5] = true;
      doubled.scores[i] = single.scores[i];
      doubled.weights[i] = single.weights[i];
    }
    LinearSolution whole = single.ridge(0, true);
    LinearSolution shared = doubled.ridge(0, true);
    assertEquals(4, shared.rank());
    for (int c = 0; c < 3; c++) {
      double[] one = whole.coefficients().getRow(c).toDoubleVector();
      assertArrayEquals(
          new double[] {one[0], one[1] / 2, one[2], one[3], one[1] / 2, 0},
          shared.coefficients().getRow(c).toDoubleVector(),
          CLOSE);
      assertEquals(whole.intercepts().getDouble(c), shared.intercepts().getDouble(c), CLOSE);
    }
  }

  @Test
  void shouldSolveOneRowExactly() {
    INDArray masks = Nd4j.createFromArray(new double[][] {{1, 0, 1, 1}});
    INDArray weights = Nd4j.createFromArray(0.3);
    INDArray scores = Nd4j.createFromArray(6.0);
    LinearSolution without = ClosedForms.leastSquares(masks, weights, scores, false);
    assertArrayEquals(
        new double[] {2, 0, 2, 2}, without.coefficients().getRow(0).toDoubleVector(), CLOSE);
    assertEquals(0, without.intercepts().getDouble(0));
    assertEquals(1, without.rank());
    LinearSolution with = ClosedForms.leastSquares(masks, weights, scores, true);
    assertArrayEquals(new double[4], with.coefficients().getRow(0).toDoubleVector());
    assertEquals(6, with.intercepts().getDouble(0), CLOSE);
    assertEquals(0, with.rank());
  }

  /** Rows without weight may hold anything finite. */
  @Test
  void shouldNotSeeRowsWithoutWeight() {
    Problem problem = new Problem(80, 9, 8);
    LinearSolution before = problem.ridge(0.1, true);
    for (int i = 3; i < 80; i += 7) {
      problem.scores[i] = new double[] {1e9, -1e9, 4};
      Arrays.fill(problem.shown[i], true);
    }
    LinearSolution after = problem.ridge(0.1, true);
    double[] expected = before.coefficients().getRow(1).toDoubleVector();
    assertArrayEquals(expected, after.coefficients().getRow(1).toDoubleVector(), 1e-6);
  }

  @ParameterizedTest
  @CsvSource({"1e-300, 1", "1e300, 1", "1, 1e300", "1, 1e-300", "1e-300, 1e300"})
  void shouldHoldOutAtTheEndsOfTheRange(double weight, double score) {
    Problem problem = new Problem(70, 8, 21);
    LinearSolution usual = problem.ridge(0, true);
    LinearSolution extreme =
        ClosedForms.leastSquares(
            problem.masks(),
            Nd4j.createFromArray(Arrays.stream(problem.weights).map(w -> w * weight).toArray()),
            Nd4j.createFromArray(
                Arrays.stream(problem.scores)
                    .map(row -> Arrays.stream(row).map(y -> y * score).toArray())
                    .toArray(double[][]::new)),
            true);
    for (int c = 0; c < 3; c++) {
      for (int j = 0; j < 8; j++) {
        double expected = usual.coefficients().getDouble(c, j);
        assertEquals(expected, extreme.coefficients().getDouble(c, j) / score, 1e-9);
      }
    }
  }

  /** Σ over all masks of 2^-d times a product; ν = ¼. */
  private static double moment(int d, int p) {
    double sum = 0;
    double choices = 1;
    for (int s = 0; s <= d - p; s++) {
      sum += choices * psi((double) s / d);
      choices = choices * (d - p - s) / (s + 1);
    }
    return sum / (1 << d);
  }

  private static double psi(double filled) {
    double distance = 1 - Math.sqrt(1 - filled);
    return Math.exp(-distance * distance / (2 * 0.25 * 0.25));
  }

  /** All masks of d parts. */
  private static INDArray allMasks(int d) {
    double[][] masks = new double[1 << d][d];
    for (int row = 0; row < masks.length; row++) {
      for (int j = 0; j < d; j++) {
        masks[row][j] = row >>> j & 1;
      }
    }
    return Nd4j.createFromArray(masks);
  }

  private static INDArray localWeights(int d) {
    double[] weights = new double[1 << d];
    Arrays.setAll(weights, row -> psi(1 - (double) Integer.bitCount(row) / d));
    return Nd4j.createFromArray(weights);
  }

  /** 1 where the first p parts are shown. */
  private static INDArray detector(int d, int p) {
    int needed = (1 << p) - 1;
    double[] scores = new double[1 << d];
    Arrays.setAll(scores, row -> (row & needed) == needed ? 1 : 0);
    return Nd4j.createFromArray(scores);
  }

  @ParameterizedTest
  @CsvSource({"10, 2, -.3423, .5755, .00129", "10, 3, -.39, .3262, .00214"})
  void shouldFindTheKnownAnswerOfAShapeDetector(
      int d, int p, double roundedIntercept, double roundedIn, double roundedOut) {
    double a0 = moment(d, 0);
    double a1 = moment(d, 1);
    double a2 = moment(d, 2);
    double norm = (d - 1) * a0 * a2 - d * a1 * a1 + a0 * a1;
    double s0 = (d - 1) * a2 + a1;
    double s1 = -a1;
    double s2 = ((d - 2) * a0 * a2 - (d - 1) * a1 * a1 + a0 * a1) / (a1 - a2);
    double s3 = (a1 * a1 - a0 * a2) / (a1 - a2);
    double ap = moment(d, p);
    double next = moment(d, p + 1);
    double in = (s1 * ap + s2 * ap + (p - 1) * s3 * ap + (d - p) * s3 * next) / norm;
    double out = (s1 * ap + s2 * next + p * s3 * ap + (d - p - 1) * s3 * next) / norm;
    double intercept = (s0 * ap + p * s1 * ap + (d - p) * s1 * next) / norm;
    LinearSolution solution =
        ClosedForms.leastSquares(allMasks(d), localWeights(d), detector(d, p), true);
    double[] coefficients = solution.coefficients().getRow(0).toDoubleVector();
    for (int j = 0; j < d; j++) {
      assertEquals(j < p ? in : out, coefficients[j], CLOSE);
    }
    assertEquals(intercept, solution.intercepts().getDouble(0), CLOSE);
    assertEquals(roundedIntercept, intercept, 5e-5);
    assertEquals(roundedIn, in, 5e-5);
    assertEquals(roundedOut, out, 5e-6);
  }

  @ParameterizedTest
  @ValueSource(doubles = {0, 1, 250})
  void shouldFindTheKnownAnswerOfRidge(double alpha) {
    int d = 9;
    int p = 2;
    int n = 1 << d;
    double a0 = moment(d, 0);
    double a1 = moment(d, 1);
    double a2 = moment(d, 2);
    double diagonal = n * (a1 - a1 * a1 / a0) + alpha;
    double other = n * (a2 - a1 * a1 / a0);
    double[] g = new double[d];
    for (int j = 0; j < d; j++) {
      g[j] = n * (moment(d, j < p ? p : p + 1) - a1 / a0 * moment(d, p));
    }
    double sum = Arrays.stream(g).sum();
    double[] expected =
        Arrays.stream(g)
            .map(gj -> (gj - other * sum / (diagonal - other + d * other)) / (diagonal - other))
            .toArray();
    LinearSolution solution =
        ClosedForms.ridge(allMasks(d), localWeights(d), detector(d, p), alpha, true);
    assertArrayEquals(expected, solution.coefficients().getRow(0).toDoubleVector(), CLOSE);
  }

  @Test
  void shouldFindALinearFunctionExactlyInAnyTypeAndOrder() {
    Problem problem = new Problem(50, 6, 2);
    INDArray masks = problem.masks();
    double[] scores = new double[50];
    for (int i = 0; i < 50; i++) {
      scores[i] = -3;
      for (int j = 0; j < 6; j++) {
        scores[i] += problem.shown[i][j] ? j - 2 : 0;
      }
    }
    INDArray weights = Nd4j.createFromArray(problem.weights);
    INDArray padded = Nd4j.zeros(DataType.DOUBLE, 52, 9);
    INDArray inside = padded.get(NDArrayIndex.interval(1, 51), NDArrayIndex.interval(2, 8));
    inside.assign(masks);
    for (INDArray form :
        List.of(masks, masks.dup('f'), masks.castTo(DataType.FLOAT), inside, masks.gt(0.5))) {
      INDArray before = form.dup();
      LinearSolution solution =
          ClosedForms.leastSquares(form, weights, Nd4j.createFromArray(scores), true);
      assertArrayEquals(
          new double[] {-2, -1, 0, 1, 2, 3},
          solution.coefficients().getRow(0).toDoubleVector(),
          CLOSE);
      assertEquals(-3, solution.intercepts().getDouble(0), CLOSE);
      assertEquals(before, form);
    }
  }

  @Test
  void shouldGiveTheWeightedCovariance() {
    Random random = new Random(4);
    double[][] x = new double[23][5];
    double[] weights = new double[23];
    for (int i = 0; i < 23; i++) {
      weights[i] = i == 7 ? 0 : random.nextDouble();
      for (int j = 0; j < 5; j++) {
        x[i][j] = 100 + random.nextGaussian();
      }
    }
    double total = Arrays.stream(weights).sum();
    for (boolean centred : new boolean[] {true, false}) {
      double[] mean = new double[5];
      for (int i = 0; centred && i < 23; i++) {
        for (int j = 0; j < 5; j++) {
          mean[j] += weights[i] * x[i][j] / total;
        }
      }
      INDArray actual =
          ClosedForms.covariance(Nd4j.createFromArray(x), Nd4j.createFromArray(weights), centred);
      for (int j = 0; j < 5; j++) {
        for (int k = 0; k < 5; k++) {
          double expected = 0;
          for (int i = 0; i < 23; i++) {
            expected += weights[i] * (x[i][j] - mean[j]) * (x[i][k] - mean[k]) / total;
          }
          assertEquals(expected, actual.getDouble(j, k), 1e-13 * Math.abs(expected) + 1e-12);
        }
      }
    }
  }

  @Test
  void shouldRefuseWhatDoesNotBelongTogether() {
    INDArray x = Nd4j.createFromArray(new double[][] {{1, 0}, {0, 1}, {1, 1}});
    INDArray w = Nd4j.createFromArray(1.0, 1, 1);
    INDArray y = Nd4j.createFromArray(1.0, 2, 3);
    refused(x, Nd4j.createFromArray(1.0, 1), y, 0, "weights must have the shape [3]");
    refused(x, w.reshape(3, 1), y, 0, "weights must have the shape [3]");
    refused(x, Nd4j.createFromArray(1.0, -1, 1), y, 0, "weights must be 0 or positive numbers");
    refused(x, Nd4j.createFromArray(1.0, Double.NaN, 1), y, 0, "got NaN");
    refused(x, Nd4j.createFromArray(0.0, 0, 0), y, 0, "weights must not all be 0");
    refused(x, w, Nd4j.createFromArray(1.0, 2), 0, "scores must have a row for each of the 3");
    refused(x, w, Nd4j.createFromArray(1.0, Double.NaN, 1), 0, "scores must be finite");
    INDArray apart = Nd4j.createFromArray(1.7e308, -1.7e308, -1.7e308);
    assertThrows(InvalidInputException.class, () -> ClosedForms.leastSquares(x, w, apart, true));
    refused(x, w, y, -1, "alpha must be 0 or a positive number, got -1.0");
    refused(x, w, y, Double.NaN, "alpha must be 0 or a positive number, got NaN");
    refused(y, w, y, 0, "features must have a row for each sample");
    refused(x.mul(1e200), w, y, 0, "features must be finite");
    INDArray broken = x.dup();
    broken.putScalar(1, 1, Double.NaN);
    refused(broken, w, y, 0, "features must be finite");
  }

  private static void refused(
      INDArray features, INDArray weights, INDArray scores, double alpha, String message) {
    for (boolean intercept : new boolean[] {true, false}) {
      InvalidInputException e =
          assertThrows(
              InvalidInputException.class,
              () -> ClosedForms.ridge(features, weights, scores, alpha, intercept));
      assertTrue(e.toString().contains(message), e.toString());
    }
  }
}
