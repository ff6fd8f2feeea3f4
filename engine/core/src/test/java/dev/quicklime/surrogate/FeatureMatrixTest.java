package dev.quicklime.surrogate;

import static java.util.Objects.requireNonNull;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.quicklime.InvalidInputException;
import dev.quicklime.design.MaskMatrix;
import dev.quicklime.internal.fit.sums.Gram;
import dev.quicklime.internal.fit.sums.Moments;
import dev.quicklime.internal.fit.sums.SampleSums;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class FeatureMatrixTest {

  /** Correlated columns of means near 0, a score that follows some of them, and noise. */
  private static final class Sample {
    final double[][] x;
    final double[] w;
    final double[] y;

    Sample(int rows, int columns, long seed) {
      Random random = new Random(seed);
      x = new double[rows][columns];
      w = new double[rows];
      y = new double[rows];
      for (int i = 0; i < rows; i++) {
        double common = random.nextGaussian();
        w[i] = random.nextDouble();
        y[i] = 2 + 0.3 * random.nextGaussian();
        for (int j = 0; j < columns; j++) {
          x[i][j] = random.nextGaussian() + 0.4 * common + 0.1;
          y[i] += x[i][j] * (j % 2 == 0 ? 1.0 / (1 + j) : 0);
        }
      }
    }

    FeatureMatrix matrix() {
      return FeatureMatrix.of(
          x[0].length, Arrays.stream(x).flatMapToDouble(Arrays::stream).toArray());
    }

    FitInput input(int blockRows) {
      return FitInput.of(matrix(), w, y, 1, blockRows);
    }

    /** Σ w (y − b − xβ)². */
    double loss(double intercept, List<Double> beta) {
      double sum = 0;
      for (int i = 0; i < y.length; i++) {
        double rest = y[i] - intercept;
        for (int j = 0; j < beta.size(); j++) {
          rest -= x[i][j] * beta.get(j);
        }
        sum += w[i] * rest * rest;
      }
      return sum;
    }
  }

  @ParameterizedTest
  @CsvSource({"1,1", "7,3", "13,8", "33,5", "34,9", "35,17", "207,33"})
  void shouldSumUpAsThePlainLoopDoes(int rows, int columns) {
    Sample sample = new Sample(rows, columns, rows);
    SampleSums sums = sample.input(1).sums();
    Gram gram = sums.gram();
    Moments moments = sums.moments(0);
    double total = Arrays.stream(sample.w).sum();
    double mean = 0;
    for (int i = 0; i < rows; i++) {
      mean += sample.w[i] * sample.y[i] / total;
    }
    assertEquals(total, gram.totalWeight(), 1e-13 * total);
    assertEquals(mean, moments.mean(), 1e-12);
    for (int j = 0; j < columns; j++) {
      double sum = 0;
      double product = 0;
      for (int i = 0; i < rows; i++) {
        sum += sample.w[i] * sample.x[i][j];
        product += sample.w[i] * sample.x[i][j] * (sample.y[i] - mean);
      }
      assertEquals(sum, gram.sum(j), 1e-12 * rows);
      assertEquals(product, moments.product(j), 1e-12 * rows);
      for (int k = 0; k < columns; k++) {
        double both = 0;
        for (int i = 0; i < rows; i++) {
          both += sample.w[i] * sample.x[i][j] * sample.x[i][k];
        }
        assertEquals(both, gram.product(j, k), 1e-12 * rows);
      }
    }
  }

  @Test
  void shouldFitRealNumbersThatAreMasksAsMasks() {
    Problems problem = Problems.of(200, 12, 5);
    MaskMatrix masks = problem.masks();
    double[] values = new double[masks.rows() * 12];
    for (int i = 0; i < values.length; i++) {
      values[i] = problem.x()[i / 12][i % 12];
    }
    FitInput reals = FitInput.of(FeatureMatrix.of(12, values), problem.w(), problem.y(), 1, 1);
    List<Surrogate> surrogates =
        List.of(
            LeastSquares.defaults(),
            new Ridge(2, true),
            Lasso.defaults(),
            new BestSubset(3, 10, true),
            new L1Ball(0.5, true),
            new L2Ball(0.5, false));
    for (Surrogate surrogate : surrogates) {
      LinearFit expected = problem.fit(surrogate);
      LinearFit fit = SurrogateFitter.fit(surrogate, reals, 0);
      for (int j = 0; j < 12; j++) {
        assertEquals(expected.coefficients().get(j), fit.coefficients().get(j), 1e-10);
        if (expected.intervals() instanceof Intervals.Margins margins) {
          assertEquals(
              margins.standardErrors().get(j),
              Problems.margins(fit).standardErrors().get(j),
              1e-10);
        }
      }
      assertEquals(expected.intercept(), fit.intercept(), 1e-10);
      assertEquals(requireNonNull(expected.r2()), requireNonNull(fit.r2()), 1e-10);
    }
  }

  @Test
  void shouldMinimiseTheWeightedSquaresWithoutConstraint() {
    Sample sample = new Sample(300, 6, 2);
    LinearFit fit = SurrogateFitter.fit(LeastSquares.defaults(), sample.input(1), 0);
    // The residuals are orthogonal to all columns and to the constant.
    for (int j = -1; j < 6; j++) {
      double sum = 0;
      for (int i = 0; i < 300; i++) {
        double rest = sample.y[i] - fit.intercept();
        for (int k = 0; k < 6; k++) {
          rest -= sample.x[i][k] * fit.coefficients().get(k);
        }
        sum += sample.w[i] * rest * (j < 0 ? 1 : sample.x[i][j]);
      }
      assertEquals(0, sum, 1e-10);
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 4})
  void shouldFindTheBestSubsetOfRealColumns(int features) {
    Sample sample = new Sample(150, 7, 3);
    LinearFit fit = SurrogateFitter.fit(new BestSubset(features, 30, true), sample.input(1), 0);
    assertEquals(0.0, requireNonNull(fit.gap()));
    double own = sample.loss(fit.intercept(), fit.coefficients());
    for (int subset = 0; subset < 1 << 7; subset++) {
      if (Integer.bitCount(subset) == features) {
        assertTrue(own <= bestOf(sample, subset) * (1 + 1e-12));
      }
    }
    assertEquals(features, fit.selected().size());
  }

  /** Least squares on some columns alone. */
  private static double bestOf(Sample sample, int subset) {
    int count = Integer.bitCount(subset);
    double[] values = new double[sample.y.length * count];
    int at = 0;
    for (double[] row : sample.x) {
      for (int j = 0; j < row.length; j++) {
        if ((subset >>> j & 1) == 1) {
          values[at++] = row[j];
        }
      }
    }
    FitInput input = FitInput.of(FeatureMatrix.of(count, values), sample.w, sample.y, 1, 1);
    LinearFit fit = SurrogateFitter.fit(LeastSquares.defaults(), input, 0);
    double sum = 0;
    for (int i = 0; i < sample.y.length; i++) {
      double rest = sample.y[i] - fit.intercept();
      for (int j = 0; j < count; j++) {
        rest -= values[i * count + j] * fit.coefficients().get(j);
      }
      sum += sample.w[i] * rest * rest;
    }
    return sum;
  }

  @Test
  void shouldStayWithinTheBallsAndMeetTheirConditions() {
    Sample sample = new Sample(400, 5, 4);
    LinearFit free = SurrogateFitter.fit(LeastSquares.defaults(), sample.input(1), 0);
    double l1 = free.coefficients().stream().mapToDouble(Math::abs).sum();
    double l2 = Math.sqrt(free.coefficients().stream().mapToDouble(b -> b * b).sum());
    LinearFit within1 = SurrogateFitter.fit(new L1Ball(l1 / 2, true), sample.input(1), 0);
    LinearFit within2 = SurrogateFitter.fit(new L2Ball(l2 / 2, true), sample.input(1), 0);
    assertEquals(l1 / 2, within1.coefficients().stream().mapToDouble(Math::abs).sum(), 1e-10);
    assertEquals(
        l2 / 2, Math.sqrt(within2.coefficients().stream().mapToDouble(b -> b * b).sum()), 1e-10);
    double total = Arrays.stream(sample.w).sum();
    double[] slopes1 = slopes(sample, within1);
    double[] slopes2 = slopes(sample, within2);
    for (int j = 0; j < 5; j++) {
      double beta = within1.coefficients().get(j);
      if (beta == 0) {
        assertTrue(Math.abs(slopes1[j]) <= within1.alpha() * total * (1 + 1e-9));
      } else {
        assertEquals(within1.alpha() * Math.signum(beta) * total, slopes1[j], 1e-8 * total);
      }
      // The residual's slope points along the coefficients, the multiplier being the ratio.
      assertEquals(within2.alpha() * within2.coefficients().get(j), slopes2[j], 1e-8 * total);
    }
  }

  /** Σ w·xⱼ·(y − b − xβ). */
  private static double[] slopes(Sample sample, LinearFit fit) {
    double[] slopes = new double[fit.coefficients().size()];
    for (int i = 0; i < sample.y.length; i++) {
      double rest = sample.y[i] - fit.intercept();
      for (int j = 0; j < slopes.length; j++) {
        rest -= sample.x[i][j] * fit.coefficients().get(j);
      }
      for (int j = 0; j < slopes.length; j++) {
        slopes[j] += sample.w[i] * rest * sample.x[i][j];
      }
    }
    return slopes;
  }

  @Test
  void shouldCallColumnsFeaturesAndGiveNoMasks() {
    Sample sample = new Sample(50, 4, 5);
    FitInput input = sample.input(2);
    LinearFit fit = SurrogateFitter.fit(Lasso.defaults(), input, 0);
    assertEquals(new Intervals.None("the same samples chose the features"), fit.intervals());
    assertThrows(IllegalStateException.class, input::masks);
  }

  private static FitInput weighted(FeatureMatrix matrix, double... weights) {
    return FitInput.of(matrix, weights, new double[2], 1, 1);
  }

  @Test
  void shouldRefuseWhatIsNoMatrix() {
    assertThrows(InvalidInputException.class, () -> FeatureMatrix.of(0, new double[2]));
    assertThrows(InvalidInputException.class, () -> FeatureMatrix.of(2, new double[3]));
    assertThrows(InvalidInputException.class, () -> FeatureMatrix.of(2, new double[0]));
    assertThrows(InvalidInputException.class, () -> FeatureMatrix.of(1, new double[] {Double.NaN}));
    FeatureMatrix matrix = FeatureMatrix.of(1, new double[] {1, 2});
    assertThrows(InvalidInputException.class, () -> weighted(matrix, 1, Double.NaN));
    assertThrows(InvalidInputException.class, () -> weighted(matrix, 0, 0));
    assertThrows(InvalidInputException.class, () -> weighted(matrix, 1));
    assertArrayEquals(new double[] {1, 2}, matrix.toArray());
  }
}
