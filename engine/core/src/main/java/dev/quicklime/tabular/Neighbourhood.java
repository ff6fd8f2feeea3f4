package dev.quicklime.tabular;

import dev.quicklime.InvalidInputException;
import dev.quicklime.surrogate.FeatureMatrix;
import java.util.List;
import java.util.concurrent.CancellationException;

/**
 * The rows around the explained one, which is row 0: as the table has them, as the surrogate sees
 * them, and how much each weighs.
 */
final class Neighbourhood {

  /** Numbers that fit into an array, with some room. */
  private static final long MOST_NUMBERS = 1L << 28;

  /** Rows between two looks at whether somebody wants an end. */
  private static final int INTERRUPTIBLE = 1 << 14;

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
      throw new InvalidInputException(
          "samples times columns must be at most %s, got %s times %s"
              .formatted(MOST_NUMBERS, options.samples(), columns.size()));
    }
    double width = options.width() > 0 ? options.width() : 0.75 * Math.sqrt(varying);
    RowDrawing drawing = new RowDrawing(columns, features, options, single);
    double[] values = new double[rows * columns.size()];
    double[] seen = new double[rows * varying];
    double[] weights = new double[rows];
    drawing.original(values, seen);
    weights[0] = options.design() == TabularDesign.GAUSSIAN ? 1 : 0;
    for (int row = 1; row < rows; row++) {
      if (row % INTERRUPTIBLE == 0 && Thread.interrupted()) {
        throw new CancellationException("interrupted after drawing " + row + " rows");
      }
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
}
