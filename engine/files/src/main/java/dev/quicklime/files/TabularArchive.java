package dev.quicklime.files;

import dev.quicklime.files.npy.NpzWriter;
import dev.quicklime.tabular.Effect;
import dev.quicklime.tabular.TabularClass;
import dev.quicklime.tabular.TabularExplanation;
import dev.quicklime.tabular.TabularSamples;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.function.ToDoubleFunction;

/**
 * The matrices of an explanation of a row as one {@code .npz} file, so that others can fit what
 * they like.
 *
 * <p>With n drawn rows, m inputs of the model, d features that vary and C explained classes: {@code
 * rows} float64 [n + 1, m], what the model was given, row 0 being the explained one; {@code
 * features} float64 [n + 1, d], what the surrogate was fitted to: how many standard deviations a
 * row is away from the explained one, or 1 for the same category and 0 for another; {@code scores}
 * float64 [n + 1, C], the target; {@code classes} int32 [C]; {@code weights} float64 [n + 1] as
 * used in the fit; {@code coefficients} float64 [C, d] and {@code intercepts} float64 [C] of that
 * fit; {@code deviations} float64 [d], by which coefficients are divided for those in original
 * units; {@code columns} int32 [d], which of the table's columns vary; {@code alpha} float64 [C] as
 * used; {@code fit_intercept} int32, a single 1, or 0 where the fit was made without.
 */
public final class TabularArchive {

  private TabularArchive() {}

  /**
   * Writes the file, over what is there.
   *
   * @throws IOException if the file cannot be written; what was written so far is left
   */
  public static void write(TabularExplanation explanation, Path file) throws IOException {
    TabularSamples samples = explanation.samples();
    List<TabularClass> classes = explanation.classes();
    int rows = samples.rows();
    int columns = samples.matrix().columns();
    int count = classes.size();
    List<Effect> effects = classes.getFirst().fit().effects();
    try (NpzWriter npz = new NpzWriter(file)) {
      npz.doubles("rows", new int[] {rows, samples.inputs().size()}, samples.inputValues());
      npz.doubles("features", new int[] {rows, columns}, samples.matrix().toArray());
      npz.doubles("scores", new int[] {rows, count}, samples.scores());
      npz.ints(
          "classes",
          new int[] {count},
          samples.classes().stream().mapToInt(Integer::intValue).toArray());
      npz.doubles("weights", new int[] {rows}, samples.weights());
      npz.doubles(
          "coefficients",
          new int[] {count, columns},
          classes.stream()
              .flatMap(c -> c.fit().fit().coefficients().stream())
              .mapToDouble(Double::doubleValue)
              .toArray());
      npz.doubles("intercepts", new int[] {count}, each(classes, c -> c.fit().fit().intercept()));
      npz.doubles(
          "deviations",
          new int[] {columns},
          effects.stream()
              .mapToDouble(e -> explanation.features().get(e.feature()).deviation())
              .toArray());
      npz.ints(
          "columns", new int[] {columns}, effects.stream().mapToInt(Effect::feature).toArray());
      npz.doubles("alpha", new int[] {count}, each(classes, c -> c.fit().fit().alpha()));
      boolean intercept = explanation.options().surrogate().intercept();
      npz.ints("fit_intercept", new int[0], new int[] {intercept ? 1 : 0});
    }
  }

  private static double[] each(List<TabularClass> classes, ToDoubleFunction<TabularClass> value) {
    return classes.stream().mapToDouble(value).toArray();
  }
}
