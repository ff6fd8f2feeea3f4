package dev.quicklime.tabular;

import static java.util.Objects.requireNonNull;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.quicklime.InvalidInputException;
import dev.quicklime.QuicklimeException;
import dev.quicklime.model.ClassChoice;
import dev.quicklime.model.Labels;
import dev.quicklime.model.RowModel;
import dev.quicklime.model.RowScorer;
import dev.quicklime.model.Target;
import dev.quicklime.run.Progress;
import dev.quicklime.surrogate.BestSubset;
import dev.quicklime.surrogate.Intervals;
import dev.quicklime.surrogate.L1Ball;
import dev.quicklime.surrogate.L2Ball;
import dev.quicklime.surrogate.Lasso;
import dev.quicklime.surrogate.Ridge;
import dev.quicklime.surrogate.Surrogate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.CancellationException;
import java.util.function.ToDoubleFunction;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class TabularExplainerTest {

  private static final double[] SLOPES = {0.5, -2, 0, 1e-3};

  /** Four columns of very different scales. */
  private static Table table() {
    Random random = new Random(3);
    double[][] rows = new double[60][];
    for (int i = 0; i < rows.length; i++) {
      rows[i] =
          new double[] {
            5 + random.nextGaussian(),
            0.01 * random.nextGaussian(),
            random.nextDouble(),
            1000 + 300 * random.nextGaussian()
          };
    }
    return Table.of(List.of("a", "b", "c", "d"), rows);
  }

  private static RowScorer regression(ToDoubleFunction<double[]> function) {
    return rows ->
        Arrays.stream(rows)
            .map(row -> new double[] {function.applyAsDouble(row)})
            .toArray(double[][]::new);
  }

  private static TabularExplanation explain(
      Table table, int row, TabularOptions options, RowScorer scorer) {
    try (TabularExplainer explainer =
        TabularExplainer.of(RowModel.of("function", 700, scorer), Labels.none())) {
      return explainer.explain(table, row, options, Progress.none());
    }
  }

  private static TabularOptions options(TabularDesign design, long seed) {
    return TabularOptions.defaults().withSamples(2001).withDesign(design).withSeed(seed);
  }

  private static double linear(double[] row) {
    double sum = 7;
    for (int j = 0; j < SLOPES.length; j++) {
      sum += SLOPES[j] * row[j];
    }
    return sum;
  }

  @ParameterizedTest
  @EnumSource(TabularDesign.class)
  void shouldGiveTheCoefficientsOfALinearModelForEverySeed(TabularDesign design) {
    for (long seed : new long[] {0, 1, -5, 1L << 50}) {
      TabularExplanation explanation =
          explain(table(), 11, options(design, seed), regression(TabularExplainerTest::linear));
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

  private static final double[] RATES = {0.3, 20, -0.7, 1e-3};

  private static double exponential(double[] row) {
    double sum = 0;
    for (int j = 0; j < RATES.length; j++) {
      sum += RATES[j] * row[j];
    }
    return Math.exp(sum);
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
              regression(TabularExplainerTest::exponential),
              TabularExplainerTest::exponentialGradient);
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
            regression(TabularExplainerTest::quadratic),
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
            regression(TabularExplainerTest::quadratic));
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
            regression(TabularExplainerTest::exponential));
    double[] truth = exponentialGradient(table().row(4), narrowed(explanation));
    double sum = 0;
    for (Effect effect : explanation.classes().getFirst().fit().effects()) {
      double sigma = explanation.features().get(effect.feature()).deviation();
      sum += Math.pow((effect.coefficient() - truth[effect.feature()]) * sigma, 2);
    }
    return sum;
  }

  @Test
  void shouldGiveTheSameExplanationWhateverTheBatch() {
    List<List<Double>> found = new ArrayList<>();
    for (int batch : new int[] {1, 7, 5000}) {
      try (TabularExplainer explainer =
          TabularExplainer.of(
              RowModel.of("f", batch, regression(TabularExplainerTest::exponential)),
              Labels.none())) {
        found.add(
            explainer
                .explain(table(), 2, options(TabularDesign.GAUSSIAN, 9), Progress.none())
                .classes()
                .getFirst()
                .fit()
                .fit()
                .coefficients());
      }
    }
    assertEquals(found.get(0), found.get(1));
    assertEquals(found.get(0), found.get(2));
  }

  @Test
  void shouldWeighRowsByTheirScaledDistance() {
    TabularOptions options = options(TabularDesign.ANTITHETIC, 1).withWidth(0.8);
    TabularExplanation explanation =
        explain(table(), 0, options, regression(TabularExplainerTest::linear));
    TabularSamples samples = explanation.samples();
    double[] inputs = samples.inputValues();
    double[] row = table().row(0);
    for (int i = 1; i < samples.rows(); i++) {
      double squared = 0;
      for (int j = 0; j < 4; j++) {
        double sigma = explanation.features().get(j).deviation();
        squared += Math.pow((inputs[i * 4 + j] - row[j]) / sigma, 2);
      }
      assertEquals(Math.exp(-squared / (2 * 0.8 * 0.8)), samples.weights()[i], 1e-12);
    }
    assertEquals(0, samples.weights()[0], "the row itself is no part of a balanced design");
    assertEquals(
        1,
        explain(
                table(),
                0,
                options(TabularDesign.GAUSSIAN, 1),
                regression(TabularExplainerTest::linear))
            .samples()
            .weights()[0]);
    assertArrayEquals(row, Arrays.copyOf(inputs, 4));
    assertEquals(0.75 * 2, TabularExplainerTest.defaultWidth(), 1e-15);
  }

  private static double defaultWidth() {
    return explain(
            table(),
            0,
            options(TabularDesign.GAUSSIAN, 1),
            regression(TabularExplainerTest::linear))
        .samples()
        .width();
  }

  @Test
  void shouldTakeTheDeviationsOverNMinusOneOrThoseGiven() {
    Table table = Table.of(List.of("x", "y"), new double[][] {{1, 5}, {2, 7}, {6, 9}});
    RowScorer sum = regression(row -> row[0] + row[1]);
    List<Feature> own = explain(table, 0, TabularOptions.defaults(), sum).features();
    assertEquals(Math.sqrt(7), own.get(0).deviation(), 1e-15);
    assertEquals(2, own.get(1).deviation(), 1e-15);
    TabularOptions given = TabularOptions.defaults().withDeviations(List.of(0.5, 0.0));
    TabularExplanation explanation = explain(table, 0, given, sum);
    assertEquals(0.5, explanation.features().getFirst().deviation());
    assertTrue(explanation.features().get(1).fixed());
    assertTrue(explanation.notices().getFirst().contains("column y"));
    assertEquals(1, explanation.classes().getFirst().fit().effects().size());
  }

  /** A number, a category of three values, a column that never changes. */
  private static Table mixed() {
    double[][] rows = new double[40][];
    for (int i = 0; i < rows.length; i++) {
      rows[i] = new double[] {i * 0.1, i % 4 == 3 ? 30 : i % 4 == 2 ? 20 : 10, 5};
    }
    return Table.of(List.of("x", "kind", "constant"), rows, Set.of("kind"));
  }

  @ParameterizedTest
  @EnumSource(TabularDesign.class)
  void shouldGiveWhatTheRowsCategoryAddsBesideOthers(TabularDesign design) {
    // Additive in the number and in "kind is 20", so that the surrogate is exact.
    RowScorer scorer = regression(row -> 3 * row[0] + (row[1] == 20 ? 4 : 0) + row[2]);
    TabularExplanation explanation = explain(mixed(), 2, options(design, 2), scorer);
    List<Effect> effects = explanation.classes().getFirst().fit().effects();
    assertEquals(2, effects.size());
    assertEquals(3, effects.get(0).coefficient(), 1e-10);
    assertEquals(1, effects.get(1).feature());
    assertEquals(4, effects.get(1).coefficient(), 1e-10);
    assertEquals(4, effects.get(1).perDeviation(), 1e-10);
    assertEquals(3 * 0.2 + 4 + 5, explanation.classes().getFirst().fit().localPrediction(), 1e-10);
    assertTrue(explanation.features().get(2).fixed());
    assertEquals("20", explanation.features().get(1).value());
    assertTrue(explanation.notices().getFirst().contains("column constant"));
  }

  @ParameterizedTest
  @EnumSource(TabularDesign.class)
  void shouldDrawCategoriesAsOftenAsTheColumnHasThem(TabularDesign design) {
    TabularExplanation explanation =
        explain(
            mixed(), 2, options(design, 5).withSamples(8000), regression(row -> row[0] + row[1]));
    double[] inputs = explanation.samples().inputValues();
    double[] weights = explanation.samples().weights();
    int[] counts = new int[4];
    for (int i = 1; i <= 8000; i++) {
      int kind = (int) (inputs[3 * i + 1] / 10);
      counts[kind]++;
      assertEquals(5, inputs[3 * i + 2]);
      double own = explanation.samples().matrix().get(i, 1);
      assertEquals(kind == 2 ? 1 : 0, own);
      double noise = explanation.samples().matrix().get(i, 0);
      double squared = noise * noise + (1 - own);
      double width = explanation.samples().width();
      assertEquals(Math.exp(-squared / (2 * width * width)), weights[i], 1e-12);
    }
    assertEquals(4000, counts[1], 250);
    assertEquals(2000, counts[2], 250);
    assertEquals(2000, counts[3], 250);
  }

  @Test
  void shouldGiveOneInputForEachCategoryWhereAsked() {
    RowScorer scorer =
        rows -> {
          for (double[] row : rows) {
            assertEquals(5, row.length);
            assertEquals(1, row[1] + row[2] + row[3]);
          }
          return regression(row -> row[0] + 2 * row[1] + 5 * row[2]).score(rows);
        };
    TabularExplanation explanation =
        explain(mixed(), 2, options(TabularDesign.GAUSSIAN, 0).withOneHot(true), scorer);
    assertEquals(
        List.of("x", "kind=10", "kind=20", "kind=30", "constant"), explanation.samples().inputs());
    // Beside it are twice as many rows of kind 10, which is worth 2, as of kind 30, worth nothing.
    assertEquals(
        5 - 2 * 2 / 3.0,
        explanation.classes().getFirst().fit().effects().get(1).coefficient(),
        0.15);
  }

  @Test
  void shouldExplainTheBestClassOrThoseThatAreNamed() {
    RowScorer scorer =
        rows ->
            Arrays.stream(rows)
                .map(row -> new double[] {row[0], 2 * row[0], -row[0]})
                .toArray(double[][]::new);
    TabularOptions options = options(TabularDesign.GAUSSIAN, 0).withTarget(Target.LOGIT);
    TabularExplanation best = explain(table(), 0, options, scorer);
    assertEquals(1, best.classes().getFirst().scored().index());
    assertEquals(2, best.classes().getFirst().fit().effects().getFirst().coefficient(), 1e-10);
    TabularExplanation named =
        explain(table(), 0, options.withClasses(ClassChoice.of(2, 0)), scorer);
    assertEquals(List.of(2, 0), named.samples().classes());
    assertEquals(-1, named.classes().get(0).fit().effects().getFirst().coefficient(), 1e-10);
    assertEquals(1, named.classes().get(1).fit().effects().getFirst().coefficient(), 1e-10);
    assertThrows(
        InvalidInputException.class,
        () -> explain(table(), 0, options.withClasses(ClassChoice.of(3)), scorer));
    // Probabilities of three classes do not follow a line.
    TabularExplanation likely = explain(table(), 0, options.withTarget(Target.PROBABILITY), scorer);
    assertFalse(likely.regression());
    double x = table().row(0)[0];
    assertEquals(
        1 / (1 + Math.exp(-x) + Math.exp(-3 * x)), likely.classes().getFirst().value(), 1e-12);
  }

  @Test
  void shouldGiveIntervalsToLeastSquaresAndRidgeOnly() {
    RowScorer scorer = regression(TabularExplainerTest::exponential);
    TabularExplanation explanation =
        explain(table(), 0, options(TabularDesign.GAUSSIAN, 0), scorer);
    TabularSamples samples = explanation.samples();
    Effect first = explanation.classes().getFirst().fit().effects().getFirst();
    double reach = requireNonNull(first.margin()) / requireNonNull(first.standardError());
    assertEquals(1.96, reach, 0.01);
    assertEquals(
        requireNonNull(first.margin()) * explanation.features().getFirst().deviation(),
        requireNonNull(first.marginPerDeviation(explanation.features().getFirst())));
    // A penalty of one among two thousand rows changes next to nothing.
    assertEquals(
        requireNonNull(first.margin()),
        requireNonNull(samples.fit(new Ridge(1, true)).getFirst().effects().getFirst().margin()),
        0.01 * first.margin());
    List<Surrogate> chosen =
        List.of(
            new BestSubset(2, 10, true),
            new L1Ball(0.1, true),
            new L2Ball(0.1, true),
            Lasso.defaults());
    for (Surrogate surrogate : chosen) {
      TabularFit fit = samples.fit(surrogate).getFirst();
      assertNull(fit.effects().getFirst().standardError());
      assertNull(fit.effects().getFirst().margin());
      assertFalse(
          assertInstanceOf(Intervals.None.class, fit.fit().intervals())
              .reason()
              .contains("superpixel"));
    }
    assertEquals(2, samples.fit(new BestSubset(2, 10, true)).getFirst().selected());
  }

  @Test
  void shouldEndWhenItsThreadIsInterrupted() {
    RowScorer scorer =
        rows -> {
          Thread.currentThread().interrupt();
          return regression(TabularExplainerTest::linear).score(rows);
        };
    assertThrows(
        CancellationException.class,
        () -> explain(table(), 0, options(TabularDesign.GAUSSIAN, 0), scorer));
    assertFalse(Thread.interrupted());
  }

  @Test
  void shouldRefuseScoresThatAreNone() {
    TabularOptions options = options(TabularDesign.GAUSSIAN, 0);
    List<RowScorer> wrong =
        List.of(
            regression(row -> Double.NaN),
            regression(row -> row[0] > 5 ? Double.POSITIVE_INFINITY : 0),
            rows -> new double[rows.length][0],
            rows -> new double[1][1],
            rows -> {
              double[][] ragged = new double[rows.length][2];
              ragged[rows.length - 1] = new double[1];
              return ragged;
            });
    for (RowScorer scorer : wrong) {
      assertThrows(QuicklimeException.class, () -> explain(table(), 0, options, scorer));
    }
  }

  @Test
  void shouldRefuseWhatCannotBeExplained() {
    RowScorer scorer = regression(row -> row[0]);
    TabularOptions options = TabularOptions.defaults().withSamples(10);
    Table still = Table.of(List.of("x"), new double[][] {{2}, {2}});
    Table single = Table.of(List.of("x"), new double[][] {{2}});
    List<Runnable> wrong =
        List.of(
            () -> explain(still, 0, options, scorer),
            () -> explain(single, 0, options, scorer),
            () -> explain(table(), 60, options, scorer),
            () -> explain(table(), -1, options, scorer),
            () -> explain(table(), 0, options.withDeviations(List.of(1.0)), scorer),
            () -> explain(table(), 0, options.withWidth(1e-12), scorer),
            () -> options.withWidth(-1),
            () -> options.withSamples(1),
            () -> options.withDeviations(List.of(-1.0)),
            () -> Table.of(List.of("x", "x"), new double[][] {{2, 2}}),
            () -> Table.of(List.of("x"), new double[][] {{2, 2}}),
            () -> Table.of(List.of("x"), new double[][] {{Double.NaN}}),
            () -> Table.of(List.of("x"), new double[0][]),
            () -> Table.of(List.of("x"), new double[][] {{1}}, Set.of("y")));
    for (Runnable attempt : wrong) {
      assertThrows(InvalidInputException.class, attempt::run);
    }
    TabularExplanation given = explain(single, 0, options.withDeviations(List.of(3.0)), scorer);
    assertEquals(1, given.classes().getFirst().fit().effects().getFirst().coefficient(), 1e-10);
    assertThrows(
        InvalidInputException.class,
        () -> {
          try (TabularExplainer explainer =
              TabularExplainer.of(RowModel.of("f", scorer), Labels.none())) {
            explainer.explain(mixed(), new double[] {0, 15, 5}, options, Progress.none());
          }
        });
  }

  @Test
  void shouldTellTheProgress() {
    List<Long> heard = new ArrayList<>();
    try (TabularExplainer explainer =
        TabularExplainer.of(
            RowModel.of("f", 400, regression(TabularExplainerTest::linear)), Labels.none())) {
      explainer.explain(
          table(),
          0,
          TabularOptions.defaults().withSamples(999),
          (done, total) -> {
            assertEquals(1000, total);
            heard.add(done);
          });
    }
    assertEquals(List.of(400L, 800L, 1000L), heard);
  }
}
