package dev.quicklime.tabular;

import java.util.List;
import org.hipparchus.distribution.continuous.NormalDistribution;
import org.jspecify.annotations.Nullable;

/** Draws one row after the other around the explained one. For one thread. */
final class RowDrawing {

  private static final NormalDistribution NORMAL = new NormalDistribution(0, 1);

  private final boolean single;
  private final boolean paired;
  private final double[] numbers;
  private final double[] deviations;
  private final @Nullable CategoryDraw[] categorical;

  /** Place of each column among those that vary, or −1 where it is fixed. */
  private final int[] places;

  private final Uniforms uniforms;
  private final double[] point;
  private final double[] normal;

  RowDrawing(List<Column> columns, List<Feature> features, TabularOptions options, boolean single) {
    this.single = single;
    paired = options.design().paired();
    int size = features.size();
    numbers = features.stream().mapToDouble(Feature::number).toArray();
    deviations = features.stream().mapToDouble(Feature::deviation).toArray();
    categorical = new @Nullable CategoryDraw[size];
    places = new int[size];
    int varying = 0;
    for (int j = 0; j < size; j++) {
      places[j] = features.get(j).fixed() ? -1 : varying++;
      categorical[j] =
          columns.get(j) instanceof Column.Categorical column ? new CategoryDraw(column) : null;
    }
    uniforms = Uniforms.of(options.design(), varying, options.seed());
    point = new double[varying];
    normal = new double[varying];
  }

  /** Row 0: the features' own values, no noise, nothing changed. */
  void original(double[] values, double[] seen) {
    for (int j = 0; j < numbers.length; j++) {
      values[j] = numbers[j];
      if (places[j] >= 0) {
        seen[places[j]] = categorical[j] == null ? 0 : 1;
      }
    }
  }

  /**
   * Draws a row.
   *
   * @param row its place, from 1
   * @param values of all columns, row by row, of which this one is filled in
   * @param seen the same for what the surrogate sees of the columns that vary
   * @return its squared distance from the explained row
   */
  double row(int row, double[] values, double[] seen) {
    draw(paired && row % 2 == 0);
    double squared = 0;
    int at = row * numbers.length;
    for (int j = 0; j < numbers.length; j++, at++) {
      int place = places[j];
      if (place < 0) {
        values[at] = numbers[j];
        continue;
      }
      double own;
      CategoryDraw column = categorical[j];
      if (column != null) {
        values[at] = column.quantile(point[place]);
        own = values[at] == numbers[j] ? 1 : 0;
        squared += 1 - own;
      } else {
        double value = numbers[j] + deviations[j] * normal[place];
        values[at] = single ? (float) value : value;
        // What the model is given, rounding and all, is what a coefficient is about.
        own = (values[at] - numbers[j]) / deviations[j];
        squared += own * own;
      }
      seen[row * point.length + place] = own;
    }
    return squared;
  }

  /** The next point of the cube with its normal numbers, or the mirror image of the last one. */
  private void draw(boolean mirrored) {
    if (mirrored) {
      for (int j = 0; j < point.length; j++) {
        point[j] = 1 - point[j];
        normal[j] = -normal[j];
      }
      return;
    }
    uniforms.next(point);
    for (int j = 0; j < point.length; j++) {
      normal[j] = NORMAL.inverseCumulativeProbability(point[j]);
    }
  }
}
