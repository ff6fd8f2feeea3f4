package dev.quicklime.tabular;

import dev.quicklime.model.Labels;
import dev.quicklime.model.RowModel;
import dev.quicklime.model.RowScorer;
import dev.quicklime.run.Progress;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.function.ToDoubleFunction;

/**
 * Tables and functions of their rows, of which the right explanation is known or which are rough.
 */
final class TabularCases {

  static final double[] SLOPES = {0.5, -2, 0, 1e-3};

  /** Four columns of very different scales. */
  static Table table() {
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

  static RowScorer regression(ToDoubleFunction<double[]> function) {
    return rows ->
        Arrays.stream(rows)
            .map(row -> new double[] {function.applyAsDouble(row)})
            .toArray(double[][]::new);
  }

  static TabularExplanation explain(
      Table table, int row, TabularOptions options, RowScorer scorer) {
    try (TabularExplainer explainer =
        TabularExplainer.of(RowModel.of("function", 700, scorer), Labels.none())) {
      return explainer.explain(table, row, options, Progress.none());
    }
  }

  static TabularOptions options(TabularDesign design, long seed) {
    return TabularOptions.defaults().withSamples(2001).withDesign(design).withSeed(seed);
  }

  static double linear(double[] row) {
    double sum = 7;
    for (int j = 0; j < SLOPES.length; j++) {
      sum += SLOPES[j] * row[j];
    }
    return sum;
  }

  /** A number, a category of three values, a column that never changes. */
  static Table mixed() {
    double[][] rows = new double[40][];
    for (int i = 0; i < rows.length; i++) {
      rows[i] = new double[] {i * 0.1, i % 4 == 3 ? 30 : i % 4 == 2 ? 20 : 10, 5};
    }
    return Table.of(List.of("x", "kind", "constant"), rows, Set.of("kind"));
  }

  static final double[] RATES = {0.3, 20, -0.7, 1e-3};

  static double exponential(double[] row) {
    double sum = 0;
    for (int j = 0; j < RATES.length; j++) {
      sum += RATES[j] * row[j];
    }
    return Math.exp(sum);
  }

  private TabularCases() {}
}
