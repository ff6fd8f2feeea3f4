package dev.quicklime.tabular;

import dev.quicklime.surrogate.FeatureMatrix;
import java.util.Arrays;
import java.util.List;
import org.hipparchus.distribution.continuous.NormalDistribution;

/**
 * The rows around the explained one, which is row 0: as the table has them, as the surrogate sees
 * them, and how much each weighs.
 */
final class Neighbourhood {

  /** Numbers that fit into an array, with some room. */
  private static final long MOST_NUMBERS = 1L << 28;

  private static final NormalDistribution NORMAL = new NormalDistribution(0, 1);

  private final int columns;
  private final double[] values;
  private final FeatureMatrix matrix;
  private final double[] weights;
  private final double width;

  private Neighbourhood(
      int columns, double[] values, FeatureMatrix matrix, double[] weights, double width) {
    this.columns = columns;
    this.values = values;
    this.matrix = matrix;
    this.weights = weights;
    this.width = width;
  }

  /**
   * Draws rows.
   *
   * @param columns of the table
   * @param features what becomes of them
   * @param single whether the model rounds its inputs to single precision
   */
  static Neighbourhood draw(
      List<Column> columns, List<Feature> features, TabularOptions options, boolean single) {
    int varying = (int) features.stream().filter(feature -> !feature.fixed()).count();
    int rows = options.samples() + 1;
    if ((long) rows * columns.size() > MOST_NUMBERS) {
      throw new IllegalArgumentException(
          "samples times columns must be at most %d, got %d times %d"
              .formatted(MOST_NUMBERS, options.samples(), columns.size()));
    }
    double width = options.width() > 0 ? options.width() : 0.75 * Math.sqrt(varying);
    Drawing drawing = new Drawing(columns, features, options, single, varying);
    double[] values = new double[rows * columns.size()];
    double[] seen = new double[rows * varying];
    double[] weights = new double[rows];
    drawing.original(values, seen);
    weights[0] = options.design() == TabularDesign.GAUSSIAN ? 1 : 0;
    for (int row = 1; row < rows; row++) {
      double squared = drawing.row(row, values, seen);
      weights[row] = Math.exp(-squared / (2 * width * width));
    }
    return new Neighbourhood(
        columns.size(), values, FeatureMatrix.of(varying, seen), weights, width);
  }

  /** Rows, the explained one included. */
  int rows() {
    return weights.length;
  }

  /** Columns of the table. */
  int columns() {
    return columns;
  }

  /** Rows as the table has them, one after the other; not to be written to. */
  double[] values() {
    return values;
  }

  /** Rows as the surrogate sees them. */
  FeatureMatrix matrix() {
    return matrix;
  }

  /** What each row weighs in the fit; not to be written to. */
  double[] weights() {
    return weights;
  }

  /** The locality's width. */
  double width() {
    return width;
  }

  /** Draws one row after the other. */
  private static final class Drawing {

    private final List<Column> columns;
    private final List<Feature> features;
    private final boolean single;
    private final boolean paired;
    private final Uniforms uniforms;
    private final double[] point;
    private final double[] normal;

    Drawing(
        List<Column> columns,
        List<Feature> features,
        TabularOptions options,
        boolean single,
        int varying) {
      this.columns = columns;
      this.features = features;
      this.single = single;
      paired = options.design().paired();
      uniforms = Uniforms.of(options.design(), varying, options.seed());
      point = new double[varying];
      normal = new double[varying];
    }

    /** Row 0: the features' own values, no noise, nothing changed. */
    void original(double[] values, double[] seen) {
      int place = 0;
      for (int j = 0; j < features.size(); j++) {
        Feature feature = features.get(j);
        values[j] = feature.number();
        if (!feature.fixed()) {
          seen[place++] = feature.categorical() ? 1 : 0;
        }
      }
    }

    /** Draws a row; its squared distance from the explained one. */
    double row(int row, double[] values, double[] seen) {
      if (paired && row % 2 == 0) {
        for (int j = 0; j < point.length; j++) {
          point[j] = 1 - point[j];
          normal[j] = -normal[j];
        }
      } else {
        uniforms.next(point);
        Arrays.setAll(normal, j -> NORMAL.inverseCumulativeProbability(point[j]));
      }
      double squared = 0;
      int place = 0;
      for (int j = 0, at = row * columns.size(); j < features.size(); j++, at++) {
        Feature feature = features.get(j);
        if (feature.fixed()) {
          values[at] = feature.number();
          continue;
        }
        double own;
        if (columns.get(j) instanceof Column.Categorical column) {
          values[at] = drawn(column, point[place]);
          own = values[at] == feature.number() ? 1 : 0;
          squared += 1 - own;
        } else {
          double value = feature.number() + feature.deviation() * normal[place];
          values[at] = single ? (float) value : value;
          // What the model is given, rounding and all, is what a coefficient is about.
          own = (values[at] - feature.number()) / feature.deviation();
          squared += own * own;
        }
        seen[row * point.length + place++] = own;
      }
      return squared;
    }

    private static double drawn(Column.Categorical column, double share) {
      int total = column.categories().stream().mapToInt(Column.Category::count).sum();
      double left = share * total;
      for (Column.Category category : column.categories()) {
        left -= category.count();
        if (left < 0) {
          return category.code();
        }
      }
      return column.categories().getLast().code();
    }
  }
}
