package dev.quicklime.internal.fit.lasso;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.quicklime.InvalidInputException;
import dev.quicklime.design.Bernoulli;
import dev.quicklime.design.MaskMatrix;
import dev.quicklime.design.MaskSampler;
import dev.quicklime.internal.fit.linear.NormalEquations;
import dev.quicklime.internal.fit.linear.QuadraticForm;
import dev.quicklime.internal.fit.sums.Dense;
import dev.quicklime.internal.fit.sums.Gram;
import dev.quicklime.internal.fit.sums.Moments;
import dev.quicklime.locality.Locality;
import dev.quicklime.surrogate.Alpha;
import dev.quicklime.surrogate.FitInput;
import dev.quicklime.surrogate.Lasso;
import dev.quicklime.surrogate.LinearFit;
import dev.quicklime.surrogate.SurrogateFitter;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class LassoTest {

  private static LinearFit fit(Lasso lasso, MaskMatrix masks, double[] w, double[] y) {
    return SurrogateFitter.fit(lasso, FitInput.of(masks, w, y, 1), 0);
  }

  /** Scores that a few columns decide, an interaction and noise besides. */
  private static double[] scores(MaskMatrix masks, long seed) {
    Random random = new Random(seed);
    int d = masks.columns();
    double[] y = new double[masks.rows()];
    for (int i = 0; i < y.length; i++) {
      y[i] = 0.3 + 0.05 * random.nextGaussian();
      for (int j = 0; j < d; j += 3) {
        y[i] += masks.shown(i, j) ? 0.2 * Math.cos(j) : 0;
      }
      y[i] += masks.shown(i, 0) && masks.shown(i, d - 1) ? 0.2 : 0;
    }
    return y;
  }

  @ParameterizedTest
  @CsvSource({
    "200, 1, 0.001, true",
    "200, 2, 0.01, true",
    "300, 64, 0.003, true",
    "300, 65, 0.003, false",
    "1000, 100, 0.002, true",
    "1000, 100, 0.02, false",
    "60, 90, 0.01, true",
    "50, 50, 0.001, true",
    "4000, 300, 0.001, false",
    "4000, 300, 0.01, false"
  })
  void shouldMeetTheOptimalityConditions(int n, int d, double alpha, boolean intercept) {
    MaskMatrix masks = MaskSampler.draw(Bernoulli.defaults(), n, d, 11);
    double[] w = Locality.defaults().weights(masks);
    double[] y = scores(masks, 5);
    LinearFit fit = fit(new Lasso(Alpha.of(alpha), intercept), masks, w, y);
    double[][] x = Dense.matrix(masks);
    double total = Arrays.stream(w).sum();
    double[] residual = new double[y.length];
    double sum = 0;
    for (int i = 0; i < y.length; i++) {
      residual[i] = y[i] - fit.intercept();
      for (int j = 0; j < d; j++) {
        residual[i] -= x[i][j] * fit.coefficients().get(j);
      }
      sum += w[i] * residual[i];
    }
    assertEquals(0, intercept ? sum / total : fit.intercept(), 1e-12);
    for (int j = 0; j < d; j++) {
      double correlation = 0;
      for (int i = 0; i < y.length; i++) {
        correlation += w[i] * x[i][j] * residual[i] / total;
      }
      double beta = fit.coefficients().get(j);
      if (beta == 0) {
        assertTrue(Math.abs(correlation) <= alpha + 1e-10, "column " + j);
      } else {
        assertEquals(Math.copySign(alpha, beta), correlation, 1e-10, "column " + j);
      }
    }
  }

  @Test
  void shouldSayWhenItGaveUpBeforeTheOptimum() {
    MaskMatrix masks = MaskSampler.draw(Bernoulli.defaults(), 30, 60, 11);
    double[] w = Locality.defaults().weights(masks);
    LinearFit fit = fit(Lasso.defaults().withAlpha(1e-9), masks, w, scores(masks, 5));
    assertTrue(fit.notices().getFirst().contains("duality gap"), fit.notices().toString());
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 30, 100})
  void shouldEqualLeastSquaresWithoutAPenalty(int d) {
    MaskMatrix masks = MaskSampler.draw(Bernoulli.defaults(), 400, d, 2);
    double[] w = Locality.defaults().weights(masks);
    double[] y = scores(masks, 6);
    LinearFit fit = fit(new Lasso(Alpha.of(0), true), masks, w, y);
    double[] expected = Dense.leastSquares(Dense.matrix(masks), y, w);
    assertEquals(expected[0], fit.intercept(), 1e-9);
    for (int j = 0; j < d; j++) {
      assertEquals(expected[j + 1], fit.coefficients().get(j), 1e-9);
    }
    assertEquals(fit.localPrediction(), Arrays.stream(expected).sum(), 1e-9);
  }

  @Test
  void shouldReportTheWeightedR2() {
    MaskMatrix masks = MaskSampler.draw(Bernoulli.defaults(), 400, 20, 2);
    double[] w = Locality.defaults().weights(masks);
    double[] y = scores(masks, 6);
    LinearFit fit = fit(new Lasso(Alpha.of(0.004), true), masks, w, y);
    double total = Arrays.stream(w).sum();
    double mean = 0;
    for (int i = 0; i < y.length; i++) {
      mean += w[i] * y[i] / total;
    }
    double unexplained = 0;
    double all = 0;
    for (int i = 0; i < y.length; i++) {
      double prediction = fit.intercept();
      for (int j = 0; j < 20; j++) {
        prediction += masks.shown(i, j) ? fit.coefficients().get(j) : 0;
      }
      unexplained += w[i] * (y[i] - prediction) * (y[i] - prediction);
      all += w[i] * (y[i] - mean) * (y[i] - mean);
    }
    assertNotNull(fit.r2());
    assertEquals(1 - unexplained / all, fit.r2(), 1e-12);
  }

  @Test
  void shouldGiveZeroCoefficientsAndNoR2ForConstantScores() {
    MaskMatrix masks = MaskSampler.draw(Bernoulli.defaults(), 100, 10, 2);
    double[] w = Locality.defaults().weights(masks);
    double[] y = new double[101];
    for (double constant : new double[] {0, 1, 0.1, -1e9}) {
      Arrays.fill(y, constant);
      for (Lasso lasso : new Lasso[] {Lasso.defaults(), Lasso.defaults().withAlpha(0.01)}) {
        LinearFit fit = fit(lasso, masks, w, y);
        assertTrue(fit.selected().isEmpty());
        assertNull(fit.r2());
        assertEquals(constant, fit.intercept(), Math.abs(constant) * 1e-14);
        assertFalse(fit.notices().isEmpty());
      }
    }
  }

  @ParameterizedTest
  @ValueSource(doubles = {1e-6, 1, 1e6})
  void shouldKeepWhatMattersWhenAlphaIsAutomaticWhateverTheScale(double scale) {
    MaskMatrix masks = MaskSampler.draw(Bernoulli.defaults(), 1000, 100, 2);
    double[] w = Locality.defaults().weights(masks);
    Random random = new Random(1);
    double[] y = new double[1001];
    for (int i = 0; i < y.length; i++) {
      y[i] = (masks.shown(i, 7) ? 0.02 : 0) + (masks.shown(i, 70) ? -0.01 : 0);
      y[i] = scale * (y[i] + 0.005 * random.nextGaussian());
    }
    LinearFit fit = fit(Lasso.defaults(), masks, w, y);
    assertEquals(7, fit.selected().get(0));
    assertEquals(70, fit.selected().get(1));
    assertTrue(fit.selected().size() <= 10, fit.selected().toString());
  }

  @Test
  void shouldKeepAtLeastOnePartOfPureNoise() {
    MaskMatrix masks = MaskSampler.draw(Bernoulli.defaults(), 300, 40, 2);
    double[] w = Locality.defaults().weights(masks);
    double[] y = new Random(1).doubles(301).toArray();
    assertFalse(fit(Lasso.defaults(), masks, w, y).selected().isEmpty());
  }

  @Test
  void shouldFallBackWhereThereAreFewerSamplesThanParts() {
    MaskMatrix masks = MaskSampler.draw(Bernoulli.defaults(), 30, 100, 2);
    double[] w = Locality.defaults().weights(masks);
    LinearFit fit = fit(Lasso.defaults(), masks, w, scores(masks, 1));
    assertFalse(fit.selected().isEmpty());
    assertFalse(fit.notices().isEmpty());
  }

  @Test
  void shouldSayWhichAlphaWouldKeepSomething() {
    MaskMatrix masks = MaskSampler.draw(Bernoulli.defaults(), 300, 40, 2);
    double[] w = Locality.defaults().weights(masks);
    double[] y = scores(masks, 1);
    LinearFit empty = fit(Lasso.defaults().withAlpha(10), masks, w, y);
    assertTrue(empty.selected().isEmpty());
    assertNotNull(empty.r2());
    assertEquals(0.0, empty.r2(), 1e-12);
    NormalEquations problem =
        NormalEquations.of(Gram.of(masks, w), Moments.of(masks, w, y, 1, 0), true);
    double smallest = problem.smallestEmptyAlpha();
    assertTrue(
        fit(Lasso.defaults().withAlpha(smallest * 1.0001), masks, w, y).selected().isEmpty());
    assertEquals(
        1, fit(Lasso.defaults().withAlpha(smallest * 0.9999), masks, w, y).selected().size());
    double five = AlphaSearch.keeping(problem, 5);
    assertTrue(fit(Lasso.defaults().withAlpha(five), masks, w, y).selected().size() >= 5);
    assertTrue(fit(Lasso.defaults().withAlpha(five * 1.01), masks, w, y).selected().size() < 5);
    assertTrue(empty.notices().getFirst().contains("removes every coefficient"));
  }

  @Test
  void shouldStayFiniteWithDuplicateAndConstantColumns() {
    Random random = new Random(3);
    boolean[][] rows = new boolean[60][8];
    for (boolean[] row : rows) {
      for (int j = 0; j < 8; j++) {
        row[j] = random.nextBoolean();
      }
      row[1] = row[0];
      row[2] = true;
      row[3] = false;
    }
    MaskMatrix masks = MaskMatrix.of(rows);
    double[] w = random.doubles(60).toArray();
    double[] y = random.doubles(60).toArray();
    for (double alpha : new double[] {0, 1e-12, 0.001, 1}) {
      for (boolean intercept : new boolean[] {true, false}) {
        LinearFit fit = fit(new Lasso(Alpha.of(alpha), intercept), masks, w, y);
        for (double beta : fit.coefficients()) {
          assertTrue(Double.isFinite(beta));
        }
        assertEquals(0, fit.coefficients().get(3));
      }
    }
  }

  @Test
  void shouldRefuseAnAlphaThatIsNoNumberFromZeroOn() {
    for (double alpha : new double[] {-1, Double.NaN, Double.POSITIVE_INFINITY}) {
      assertThrows(InvalidInputException.class, () -> Alpha.of(alpha));
    }
  }

  @Test
  void shouldSolveASmallerProblemAfterALargerOne() {
    CoordinateDescent reused = null;
    QuadraticForm form = new QuadraticForm();
    NormalEquations problem = new NormalEquations(form);
    for (int d : new int[] {130, 7, 61}) {
      MaskMatrix masks = MaskSampler.draw(Bernoulli.defaults(), 500, d, d);
      double[] w = Locality.defaults().weights(masks);
      double[] y = new Random(d).doubles(501).toArray();
      Gram gram = Gram.of(masks, w);
      Moments moments = Moments.of(masks, w, y, 1, 0);
      form.fill(gram, true);
      problem.fill(moments);
      double alpha = problem.smallestEmptyAlpha() / 5;
      if (reused == null) {
        reused = new CoordinateDescent(problem);
      }
      reused.start(problem);
      assertTrue(reused.solve(alpha));
      CoordinateDescent fresh = new CoordinateDescent(NormalEquations.of(gram, moments, true));
      fresh.solve(alpha);
      assertArrayEquals(fresh.coefficients(), reused.coefficients());
    }
  }

  /** Multiples of weights and of scores change nothing but the scale. */
  @ParameterizedTest
  @CsvSource({
    "1e-300, 1",
    "1e-300, 1e100",
    "1, 1e140",
    "1, 1e-140",
    "1e290, 1e-100",
    "1e-300, 1e300",
    "1e300, 1e300",
    "1, 1e-300"
  })
  void shouldNotCareForTheScaleOfWeightsAndScores(double weight, double score) {
    MaskMatrix masks = MaskSampler.draw(Bernoulli.defaults(), 400, 30, 1);
    double[] w = Locality.defaults().weights(masks);
    double[] y = new Random(1).doubles(401).toArray();
    double[] scaledWeights = Arrays.stream(w).map(x -> x * weight).toArray();
    double[] scaledScores = Arrays.stream(y).map(x -> x * score).toArray();
    double effective = Locality.effectiveSamples(w);
    assertEquals(effective, Locality.effectiveSamples(scaledWeights), 1e-9 * effective);
    LinearFit expected = fit(Lasso.defaults(), masks, w, y);
    LinearFit fit = fit(Lasso.defaults(), masks, scaledWeights, scaledScores);
    assertEquals(expected.selected(), fit.selected());
    for (int j = 0; j < 30; j++) {
      double beta = expected.coefficients().get(j);
      assertEquals(beta, fit.coefficients().get(j) / score, 1e-9 * Math.abs(beta));
    }
  }

  @Test
  void shouldRefuseWhatHasNoFiniteFit() {
    MaskMatrix masks = MaskSampler.draw(Bernoulli.defaults(), 50, 5, 1);
    double[] w = Locality.defaults().weights(masks);
    double[] tiny = new double[51];
    Arrays.fill(tiny, Double.MIN_VALUE);
    double[] huge = new Random(1).doubles(51).map(x -> x * 1e300).toArray();
    assertThrows(InvalidInputException.class, () -> Gram.of(masks, tiny));
    assertThrows(InvalidInputException.class, () -> Moments.of(masks, w, huge, 1, 0));
    double[] small = new double[51];
    Arrays.fill(small, 1e-300);
    double[] large = new Random(1).doubles(51).map(x -> x * 1e160).toArray();
    assertThrows(InvalidInputException.class, () -> Moments.of(masks, small, large, 1, 0));
    assertThrows(InvalidInputException.class, () -> Moments.ofAll(masks, w, w, 0));
    assertThrows(InvalidInputException.class, () -> Moments.of(masks, w, w, 1, 1));
  }
}
