package dev.quicklime.tabular;

import static dev.quicklime.tabular.TabularCases.RATES;
import static dev.quicklime.tabular.TabularCases.SLOPES;
import static dev.quicklime.tabular.TabularCases.explain;
import static dev.quicklime.tabular.TabularCases.exponential;
import static dev.quicklime.tabular.TabularCases.linear;
import static dev.quicklime.tabular.TabularCases.options;
import static dev.quicklime.tabular.TabularCases.regression;
import static dev.quicklime.tabular.TabularCases.table;
import static java.util.Objects.requireNonNull;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.quicklime.model.RowScorer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Coefficients against mean gradients that are known in closed form. */
class TabularGradientsTest {

  @ParameterizedTest
  @EnumSource(TabularDesign.class)
  void shouldGiveTheCoefficientsOfALinearModelForEverySeed(TabularDesign design) {
    for (long seed : new long[] {0, 1, -5, 1L << 50}) {
      TabularExplanation explanation =
          explain(table(), 11, options(design, seed), regression(TabularCases::linear));
      TabularFit fit = explanation.classes().getFirst().fit();
      for (Effect effect : fit.effects()) {
        double slope = SLOPES[effect.feature()];
        double sigma = explanation.features().get(effect.feature()).deviation();
        assertEquals(slope * sigma, effect.perDeviation(), 1e-11);
        assertEquals(slope, effect.coefficient(), 1e-11 / sigma);
      }
      assertEquals(1, requireNonNull(fit.r2()), 1e-12);
      assertEquals(7, fit.intercept(), 1e-8);
      assertEquals(linear(table().row(11)), fit.localPrediction(), 1e-10);
      assertEquals(linear(table().row(11)), explanation.classes().getFirst().value());
      assertTrue(explanation.regression());
    }
  }

  /** The cloud that the locality narrows: σ²·width²/(1 + width²). */
  private static double[] narrowed(TabularExplanation explanation) {
    double squared = explanation.samples().width() * explanation.samples().width();
    return explanation.features().stream()
        .mapToDouble(f -> f.deviation() * f.deviation() * squared / (1 + squared))
        .toArray();
  }

  /**
   * Errors in standard errors, over some seeds. A single one may be large by chance; their mean
   * square is 1 where the standard errors are right.
   */
  private static double meanSquareError(
      TabularDesign design, double width, RowScorer scorer, Truth truth) {
    double sum = 0;
    int count = 0;
    for (int seed = 0; seed < 12; seed++) {
      TabularExplanation explanation =
          explain(table(), 4, options(design, seed).withSamples(4000).withWidth(width), scorer);
      double[] gradient = truth.gradient(table().row(4), narrowed(explanation));
      for (Effect effect : explanation.classes().getFirst().fit().effects()) {
        double error = effect.coefficient() - gradient[effect.feature()];
        sum += Math.pow(error / requireNonNull(effect.standardError()), 2);
        count++;
      }
    }
    return sum / count;
  }

  /** Mean gradient under a normal distribution around a row. */
  private interface Truth {
    double[] gradient(double[] row, double[] variances);
  }

  private static double[] exponentialGradient(double[] row, double[] variances) {
    double[] gradient = new double[row.length];
    double half = 0;
    for (int j = 0; j < row.length; j++) {
      half += 0.5 * RATES[j] * RATES[j] * variances[j];
    }
    for (int j = 0; j < row.length; j++) {
      gradient[j] = RATES[j] * exponential(row) * Math.exp(half);
    }
    return gradient;
  }

  private static double quadratic(double[] row) {
    return row[0] * row[0] - 300 * row[0] * row[1] + row[2] * row[2] + row[3] * row[0] * 0.002;
  }

  private static double[] quadraticGradient(double[] row) {
    return new double[] {
      2 * row[0] - 300 * row[1] + 0.002 * row[3], -300 * row[0], 2 * row[2], 0.002 * row[0]
    };
  }

  @ParameterizedTest
  @EnumSource(TabularDesign.class)
  void shouldComeWithinItsErrorsOfTheMeanGradientOfAnExponential(TabularDesign design) {
    for (double width : new double[] {0.5, 1.5, 20}) {
      double square =
          meanSquareError(
              design,
              width,
              regression(TabularCases::exponential),
              TabularGradientsTest::exponentialGradient);
      assertTrue(square < 2, "mean square of errors " + square + " at width " + width);
      // Sobol points do better than their errors say.
      assertTrue(design == TabularDesign.SOBOL || square > 0.4, "errors too wide: " + square);
    }
  }

  @Test
  void shouldComeWithinItsErrorsOfTheMeanGradientOfAQuadratic() {
    double square =
        meanSquareError(
            TabularDesign.GAUSSIAN,
            1.5,
            regression(TabularGradientsTest::quadratic),
            (row, _) -> quadraticGradient(row));
    assertTrue(square > 0.4 && square < 2, "mean square of errors " + square);
  }

  @ParameterizedTest
  @EnumSource(
      value = TabularDesign.class,
      names = {"ANTITHETIC", "SOBOL"})
  void shouldTakeAQuadraticExactlyFromMirroredPairs(TabularDesign design) {
    TabularExplanation explanation =
        explain(
            table(),
            4,
            options(design, 3).withSamples(400),
            regression(TabularGradientsTest::quadratic));
    double[] gradient = quadraticGradient(table().row(4));
    for (Effect effect : explanation.classes().getFirst().fit().effects()) {
      double sigma = explanation.features().get(effect.feature()).deviation();
      assertEquals(gradient[effect.feature()] * sigma, effect.perDeviation(), 1e-9);
    }
  }

  @Test
  void shouldCoverTheSpaceMoreEvenlyWithSobolPoints() {
    double chance = 0;
    double even = 0;
    for (int seed = 0; seed < 8; seed++) {
      chance += squaredError(TabularDesign.ANTITHETIC, seed);
      even += squaredError(TabularDesign.SOBOL, seed);
    }
    assertTrue(even < chance / 4, "squared errors: Sobol " + even + ", chance " + chance);
  }

  private static double squaredError(TabularDesign design, long seed) {
    TabularExplanation explanation =
        explain(
            table(),
            4,
            options(design, seed).withSamples(4096),
            regression(TabularCases::exponential));
    double[] truth = exponentialGradient(table().row(4), narrowed(explanation));
    double sum = 0;
    for (Effect effect : explanation.classes().getFirst().fit().effects()) {
      double sigma = explanation.features().get(effect.feature()).deviation();
      sum += Math.pow((effect.coefficient() - truth[effect.feature()]) * sigma, 2);
    }
    return sum;
  }
}
