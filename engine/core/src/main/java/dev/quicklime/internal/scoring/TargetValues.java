package dev.quicklime.internal.scoring;

import dev.quicklime.model.ClassChoice;
import dev.quicklime.model.Labels;
import dev.quicklime.model.Target;
import java.util.Arrays;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Keeps the target's values of the explained classes, which the first sample, the explained one,
 * decides, or its scores in more bits; so that memory grows by 8·C bytes a sample. For one thread
 * and one use.
 */
public final class TargetValues {

  private final Labels labels;
  private final ClassChoice choice;
  private final Target asked;
  private final int samples;
  private final double @Nullable [] original;
  private @Nullable Selection selection;
  private int columns;
  private double[] values = new double[0];

  /**
   * Nothing is kept yet.
   *
   * @param samples how many there will be at most
   */
  public TargetValues(Labels labels, ClassChoice choice, Target asked, int samples) {
    this(labels, choice, asked, samples, null);
  }

  /**
   * Nothing is kept yet.
   *
   * @param samples how many there will be at most
   * @param original scores of sample 0 in more bits, which decide in its place, or null
   */
  public TargetValues(
      Labels labels, ClassChoice choice, Target asked, int samples, double @Nullable [] original) {
    this.labels = labels;
    this.choice = choice;
    this.asked = asked;
    this.samples = samples;
    this.original = original;
  }

  /**
   * Takes the raw scores of some samples, number 0 first of all.
   *
   * @param classes number of scores of a sample
   */
  public void keep(double[] scores, int first, int count, int classes) {
    Selection selected = selection;
    if (first == 0) {
      double[] deciding = original == null ? scores : original;
      selected = Selection.of(deciding, 0, classes, labels, choice, asked);
      selection = selected;
      columns = selected.explained().size();
      values = new double[Math.multiplyExact(samples, columns)];
    }
    Selection decided = Objects.requireNonNull(selected, "sample 0 comes first");
    for (int row = 0; row < count; row++) {
      for (int c = 0; c < columns; c++) {
        values[(first + row) * columns + c] =
            decided.target().of(scores, row * classes, classes, decided.explained().get(c).index());
      }
    }
  }

  /**
   * What the first sample decided.
   *
   * @throws NullPointerException before it was taken
   */
  public Selection selection() {
    return Objects.requireNonNull(selection, "sample 0 comes first");
  }

  /** Values row by row, of the first samples; not to be written to. */
  public double[] first(int count) {
    return count == samples ? values : Arrays.copyOf(values, count * columns);
  }
}
