package dev.quicklime.surrogate;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.quicklime.design.Antithetic;
import dev.quicklime.design.Bernoulli;
import dev.quicklime.design.Design;
import dev.quicklime.design.Exhaustive;
import dev.quicklime.design.FixedSize;
import dev.quicklime.design.FoldedHadamard;
import dev.quicklime.design.MaskMatrix;
import dev.quicklime.design.MaskSampler;
import dev.quicklime.design.TwoPhase;
import dev.quicklime.internal.fit.sums.Dense;
import dev.quicklime.locality.Locality;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.ToDoubleFunction;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * What the designs must come to on classifiers whose answer is known: by their law, enumerated over
 * all masks and solved densely, or exactly.
 */
class DesignAnswersTest {

  private static final int D = 10;
  private static final Locality LOCALITY = Locality.defaults();

  static final List<Design> ALL =
      List.of(
          Bernoulli.defaults(),
          new Antithetic(),
          new FoldedHadamard(),
          new FixedSize(),
          new TwoPhase(),
          new Exhaustive());

  static final List<Design> SAMPLED =
      List.of(Bernoulli.defaults(), new Antithetic(), new FoldedHadamard(), new FixedSize());

  /** Those whose law stays the same when the shown and filled of any superpixel are exchanged. */
  static final List<Design> SYMMETRIC =
      List.of(Bernoulli.defaults(), new Antithetic(), new FoldedHadamard());

  static final List<Design> PAIRED =
      List.of(new Antithetic(), new FoldedHadamard(), new FixedSize());

  /** Main effects and interactions of two and of three superpixels. */
  private static double multilinear(double[] z) {
    return 0.4
        + 1.2 * z[0]
        - 0.7 * z[3]
        + 0.9 * z[0] * z[1]
        - 1.1 * z[2] * z[4]
        + 0.6 * z[5] * z[6] * z[7]
        - 1.4 * z[0] * z[3] * z[8];
  }

  private static double detector(double[] z, int parts) {
    return Arrays.stream(z, 0, parts).allMatch(shown -> shown == 1) ? 1 : 0;
  }

  private static final List<ToDoubleFunction<double[]>> CLASSIFIERS =
      List.of(DesignAnswersTest::multilinear, z -> detector(z, 2), z -> detector(z, 3));

  private static double[] scores(MaskMatrix masks, ToDoubleFunction<double[]> classifier) {
    double[] z = new double[masks.columns()];
    double[] scores = new double[masks.rows()];
    for (int row = 0; row < scores.length; row++) {
      for (int j = 0; j < z.length; j++) {
        z[j] = masks.shown(row, j) ? 1 : 0;
      }
      scores[row] = classifier.applyAsDouble(z);
    }
    return scores;
  }

  private static double[] equal(MaskMatrix masks) {
    double[] weights = new double[masks.rows()];
    Arrays.fill(weights, 1, weights.length, 1);
    return weights;
  }

  /** Intercept, then coefficients. */
  private static double[] numbers(LinearFit fit) {
    double[] numbers = new double[fit.coefficients().size() + 1];
    numbers[0] = fit.intercept();
    for (int j = 1; j < numbers.length; j++) {
      numbers[j] = fit.coefficients().get(j - 1);
    }
    return numbers;
  }

  private static double[] leastSquares(
      Design design,
      int samples,
      int columns,
      long seed,
      boolean local,
      ToDoubleFunction<double[]> classifier) {
    MaskMatrix masks = MaskSampler.draw(design, samples, columns, seed);
    double[] weights = local ? LOCALITY.weights(masks) : equal(masks);
    // A row that is not drawn is none of the law's.
    weights[0] = design instanceof Exhaustive ? 1 : 0;
    FitInput input =
        DesignFits.input(
            design, samples, LOCALITY, seed, masks, weights, scores(masks, classifier), 1);
    return numbers(SurrogateFitter.fit(LeastSquares.defaults(), input, 0));
  }

  /**
   * The limit of infinitely many samples, and how far residuals spread about it.
   *
   * @param spread √E(w²r²)/E(w)
   */
  @SuppressWarnings("ArrayRecordComponent")
  private record Limit(double[] numbers, double spread) {

    static Limit of(Design design, boolean local, ToDoubleFunction<double[]> classifier) {
      MaskMatrix masks = MaskSampler.draw(new Exhaustive(), 1, D, 0);
      double[][] x = Dense.matrix(masks);
      double[] y = scores(masks, classifier);
      double[] chance = new double[x.length];
      double[] weights = new double[x.length];
      for (int row = 0; row < x.length; row++) {
        int shown = masks.countShown(row);
        chance[row] = design instanceof FixedSize ? bySize(shown) : 1;
        weights[row] = local ? LOCALITY.weight(shown, D) : 1;
      }
      double total = Arrays.stream(chance).sum();
      double[] products = new double[x.length];
      Arrays.setAll(products, row -> chance[row] / total * weights[row]);
      double[] fit = Dense.leastSquares(x, y, products);
      double squares = 0;
      for (int row = 0; row < x.length; row++) {
        double residual = y[row] - fit[0];
        for (int j = 0; j < D; j++) {
          residual -= fit[j + 1] * x[row][j];
        }
        squares += products[row] * weights[row] * residual * residual;
      }
      return new Limit(fit, Math.sqrt(squares) / Arrays.stream(products).sum());
    }

    /** Kernel SHAP's law of sizes, shared by all sets of a size. */
    private static double bySize(int shown) {
      if (shown == 0 || shown == D) {
        return 0;
      }
      double sets = 1;
      for (int i = 0; i < shown; i++) {
        sets = sets * (D - i) / (i + 1);
      }
      return 1 / (sets * shown * (D - shown));
    }
  }

  @Test
  void shouldEnumerateThePublishedLimits() {
    double[] two = Limit.of(Bernoulli.defaults(), true, z -> detector(z, 2)).numbers();
    assertEquals(-.3423, two[0], 5e-5);
    assertEquals(.5755, two[1], 5e-5);
    assertEquals(.00129, two[D], 5e-6);
    double[] three = Limit.of(Bernoulli.defaults(), true, z -> detector(z, 3)).numbers();
    assertEquals(-.3900, three[0], 5e-5);
    assertEquals(.3262, three[1], 5e-5);
    assertEquals(.00214, three[D], 5e-6);
  }

  @ParameterizedTest
  @FieldSource("ALL")
  void shouldFindALinearClassifierExactlyAtAnyFullRankSampleCount(Design design) {
    // A curve over an index of two values is determined by a pseudo-inverse, which costs digits.
    double tolerance = design instanceof TwoPhase ? 1e-8 : 1e-10;
    for (int d : new int[] {1, 7, 10, 16}) {
      double[] slopes = new SplittableRandom(d).doubles(d, -2, 2).toArray();
      ToDoubleFunction<double[]> linear =
          z -> {
            double sum = 0.7;
            for (int j = 0; j < z.length; j++) {
              sum += slopes[j] * z[j];
            }
            return sum;
          };
      for (int samples : new int[] {4 * d + 3, 8 * d + 4, 1000}) {
        double[] got = leastSquares(design, samples, d, samples, true, linear);
        assertEquals(0.7, got[0], tolerance);
        for (int j = 0; j < d; j++) {
          assertEquals(slopes[j], got[j + 1], tolerance, design + ", " + samples + " of " + d);
        }
      }
    }
  }

  @ParameterizedTest
  @FieldSource("SAMPLED")
  void shouldApproachTheLimitOfItsLaw(Design design) {
    int samples = 300_000;
    for (ToDoubleFunction<double[]> classifier : CLASSIFIERS) {
      Limit limit = Limit.of(design, true, classifier);
      double[] got = leastSquares(design, samples, D, 11, true, classifier);
      // Columns deviate by ½ and pairs may err alike: near five standard errors of a coefficient.
      double tolerance = 5 * 2 * Math.sqrt(2) * limit.spread() / Math.sqrt(samples);
      assertTrue(tolerance < 0.02, "a tolerance of " + tolerance + " would show nothing");
      for (int j = 1; j <= D; j++) {
        assertEquals(limit.numbers()[j], got[j], tolerance, design + ", number " + j);
      }
    }
  }

  /** Where all masks are the sample, nothing is left to chance. */
  @Test
  void shouldBeTheLimitOverAllMasks() {
    for (ToDoubleFunction<double[]> classifier : CLASSIFIERS) {
      double[] limit = Limit.of(new Exhaustive(), true, classifier).numbers();
      double[] got = leastSquares(new Exhaustive(), 1, D, 0, true, classifier);
      for (int j = 0; j <= D; j++) {
        assertEquals(limit[j], got[j], 1e-11);
      }
    }
  }

  /** Mean over seeds, less the limit, and the standard error of that mean. */
  private static double[][] bias(
      Design design, int samples, boolean local, ToDoubleFunction<double[]> classifier, int runs) {
    double[] limit = Limit.of(design, local, classifier).numbers();
    double[] sums = new double[D + 1];
    double[] squares = new double[D + 1];
    for (int seed = 0; seed < runs; seed++) {
      double[] got = leastSquares(design, samples, D, seed, local, classifier);
      for (int j = 0; j <= D; j++) {
        sums[j] += got[j] - limit[j];
        squares[j] += (got[j] - limit[j]) * (got[j] - limit[j]);
      }
    }
    double[] errors = new double[D + 1];
    for (int j = 0; j <= D; j++) {
      sums[j] /= runs;
      errors[j] = Math.sqrt((squares[j] / runs - sums[j] * sums[j]) / runs);
    }
    return new double[][] {sums, errors};
  }

  /**
   * To exchange shown and filled of a superpixel turns over the sign of its coefficient and of each
   * interaction that it has part in. Rows whose law does not change by it cannot lean to either
   * side, as long as they are enough to tell all coefficients apart.
   */
  @ParameterizedTest
  @FieldSource("SYMMETRIC")
  void shouldNotBeBiasedFromFewRowsOfEqualWeight(Design design) {
    for (int samples : new int[] {36, 48}) {
      double[][] bias = bias(design, samples, false, DesignAnswersTest::multilinear, 1500);
      for (int j = 1; j <= D; j++) {
        assertEquals(0, bias[0][j], 4 * bias[1][j] + 1e-12, design + ", " + samples + ", " + j);
      }
    }
  }

  /**
   * A quotient of means leans by some part of its variance, which goes with 1/n: here, where
   * interactions are near 1, by less than 2/n.
   */
  @ParameterizedTest
  @FieldSource("SAMPLED")
  void shouldLeanLittleFromFewRowsOfUnequalWeight(Design design) {
    for (int samples : new int[] {48, 384}) {
      double[][] bias = bias(design, samples, true, DesignAnswersTest::multilinear, 1000);
      for (int j = 1; j <= D; j++) {
        double tolerance = 4 * bias[1][j] + 2.0 / samples;
        assertEquals(0, bias[0][j], tolerance, design + ", " + samples + ", " + j);
      }
    }
  }

  @ParameterizedTest
  @FieldSource("PAIRED")
  void shouldKeepInteractionsOfTwoOutOfMainEffectsExactly(Design design) {
    for (int d : new int[] {3, 10, 27, 64}) {
      // Whole blocks of Hadamard: twice its order.
      int samples = 2 * MaskSampler.balancedRows(new FoldedHadamard(), 8 * d + 16, d);
      SplittableRandom random = new SplittableRandom(d);
      double[] main = random.doubles(d, -2, 2).toArray();
      double[][] two = new double[d][];
      Arrays.setAll(two, j -> random.doubles(j, -2, 2).toArray());
      double[] got = leastSquares(design, samples, d, 5, false, z -> ofTwo(z, main, two));
      for (int j = 0; j < d; j++) {
        // Another superpixel is shown half of the time.
        double expected = main[j];
        for (int k = 0; k < d; k++) {
          expected += k == j ? 0 : two[Math.max(j, k)][Math.min(j, k)] / 2;
        }
        assertEquals(expected, got[j + 1], 1e-12 * d * d, design + " of " + d);
      }
    }
  }

  @Test
  void shouldNotKeepThemOutWhereRowsAreIndependent() {
    double[] main = new double[D];
    double[][] two = new double[D][];
    Arrays.setAll(two, double[]::new);
    two[1][0] = 1;
    double[] got = leastSquares(Bernoulli.defaults(), 48, D, 5, false, z -> ofTwo(z, main, two));
    assertTrue(Math.abs(got[5]) > 1e-3, "coefficient " + got[5]);
  }

  private static double ofTwo(double[] z, double[] main, double[][] two) {
    double sum = 0;
    for (int j = 0; j < z.length; j++) {
      sum += main[j] * z[j];
      for (int k = 0; k < j; k++) {
        sum += two[j][k] * z[j] * z[k];
      }
    }
    return sum;
  }

  static Stream<Surrogate> surrogates() {
    return Stream.of(
        Lasso.defaults(),
        ElasticNet.defaults(),
        Ridge.defaults(),
        LeastSquares.defaults(),
        new KLasso(4, 1, true),
        new ForwardSelection(4, 1, true),
        new BestSubset(4, 10, true),
        new Strongest(4, Ridge.defaults(), 1),
        L1Ball.defaults(),
        L2Ball.defaults());
  }

  @ParameterizedTest
  @MethodSource("surrogates")
  void shouldAnswerInFiniteNumbersUnderEveryDesign(Surrogate surrogate) {
    for (Design design : ALL) {
      for (boolean intercept : new boolean[] {true, false}) {
        for (int samples : new int[] {5, 30, 60, 501}) {
          MaskMatrix masks = MaskSampler.draw(design, samples, D, 3);
          double[] weights = LOCALITY.weights(masks);
          weights[0] = design.fitsOriginal() ? weights[0] : 0;
          double[] scores = scores(masks, DesignAnswersTest::multilinear);
          FitInput input =
              DesignFits.input(design, samples, LOCALITY, 3, masks, weights, scores, 1);
          LinearFit fit = SurrogateFitter.fit(surrogate.withIntercept(intercept), input, 0);
          String name = "%s by %s, %d".formatted(surrogate, design, samples);
          for (double number : numbers(fit)) {
            assertTrue(Double.isFinite(number), name);
          }
          assertNotNull(fit.r2(), name);
          assertTrue(Double.isFinite(fit.localPrediction()), name);
          if (fit.intervals() instanceof Intervals.Margins margins) {
            margins.standardErrors().forEach(error -> assertTrue(Double.isFinite(error), name));
          }
        }
      }
    }
  }
}
