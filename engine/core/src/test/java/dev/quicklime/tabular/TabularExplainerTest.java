package dev.quicklime.tabular;

import static dev.quicklime.tabular.TabularCases.explain;
import static dev.quicklime.tabular.TabularCases.mixed;
import static dev.quicklime.tabular.TabularCases.options;
import static dev.quicklime.tabular.TabularCases.regression;
import static dev.quicklime.tabular.TabularCases.table;
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
import java.util.Set;
import java.util.concurrent.CancellationException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class TabularExplainerTest {

  @Test
  void shouldGiveTheSameExplanationWhateverTheBatch() {
    List<List<Double>> found = new ArrayList<>();
    for (int batch : new int[] {1, 7, 5000}) {
      try (TabularExplainer explainer =
          TabularExplainer.of(
              RowModel.of("f", batch, regression(TabularCases::exponential)), Labels.none())) {
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
    TabularExplanation explanation = explain(table(), 0, options, regression(TabularCases::linear));
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
        explain(table(), 0, options(TabularDesign.GAUSSIAN, 1), regression(TabularCases::linear))
            .samples()
            .weights()[0]);
    assertArrayEquals(row, Arrays.copyOf(inputs, 4));
    assertEquals(0.75 * 2, defaultWidth(), 1e-15);
  }

  private static double defaultWidth() {
    return explain(table(), 0, options(TabularDesign.GAUSSIAN, 1), regression(TabularCases::linear))
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
    RowScorer scorer = regression(TabularCases::exponential);
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
          return regression(TabularCases::linear).score(rows);
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
            RowModel.of("f", 400, regression(TabularCases::linear)), Labels.none())) {
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
