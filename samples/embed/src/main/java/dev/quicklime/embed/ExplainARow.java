package dev.quicklime.embed;

import dev.quicklime.model.Labels;
import dev.quicklime.model.RowModel;
import dev.quicklime.run.Progress;
import dev.quicklime.tabular.Effect;
import dev.quicklime.tabular.Table;
import dev.quicklime.tabular.TabularExplainer;
import dev.quicklime.tabular.TabularExplanation;
import dev.quicklime.tabular.TabularOptions;
import java.util.List;

/** Explains what a plain function makes of one row of a table. */
public final class ExplainARow {
  private ExplainARow() {}

  /** Prints the effect of each column. */
  public static void main(String[] args) {
    Table table =
        Table.of(List.of("width", "height"), new double[][] {{2, 3}, {4, 1}, {3, 2}, {5, 4}});
    RowModel area =
        RowModel.of(
            "area",
            rows -> {
              double[][] scores = new double[rows.length][];
              for (int i = 0; i < rows.length; i++) {
                scores[i] = new double[] {rows[i][0] * rows[i][1]};
              }
              return scores;
            });
    try (TabularExplainer explainer = TabularExplainer.of(area, Labels.none())) {
      TabularExplanation explanation =
          explainer.explain(table, 0, TabularOptions.defaults(), Progress.none());
      for (Effect effect : explanation.classes().getFirst().fit().effects()) {
        System.out.printf(
            "%s: %+.2f ± %.2f for one more%n",
            explanation.features().get(effect.feature()).name(),
            effect.coefficient(),
            effect.margin());
      }
    }
  }
}
