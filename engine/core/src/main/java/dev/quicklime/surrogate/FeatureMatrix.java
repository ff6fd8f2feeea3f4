package dev.quicklime.surrogate;

import dev.quicklime.InvalidInputException;
import java.util.Objects;

/**
 * Rows of real numbers that a surrogate is fitted to, where {@link dev.quicklime.design.MaskMatrix}
 * has bits. Columns should be of like scale and their means not far from 0 beside their deviations:
 * penalties weigh all columns alike, and products of large means cost digits. Immutable.
 */
public final class FeatureMatrix {

  private final int rows;
  private final int columns;
  private final double[] values;

  private FeatureMatrix(int rows, int columns, double[] values) {
    this.rows = rows;
    this.columns = columns;
    this.values = values;
  }

  /**
   * Copies numbers.
   *
   * @param columns d, ≥ 1
   * @param values n · d finite numbers, row by row, n ≥ 1
   * @throws InvalidInputException if there is no whole number of rows or a number is not finite
   */
  public static FeatureMatrix of(int columns, double[] values) {
    Objects.requireNonNull(values, "values");
    if (columns < 1 || values.length == 0 || values.length % columns != 0) {
      throw new InvalidInputException(
          "values must be one or more rows of at least one column, got %s for %s columns"
              .formatted(values.length, columns));
    }
    for (double value : values) {
      if (!Double.isFinite(value)) {
        throw new InvalidInputException("values must be finite numbers, got " + value);
      }
    }
    return new FeatureMatrix(values.length / columns, columns, values.clone());
  }

  /** Number of rows, n. */
  public int rows() {
    return rows;
  }

  /** Number of columns, d. */
  public int columns() {
    return columns;
  }

  /** The number in a row and a column. */
  public double get(int row, int column) {
    Objects.checkIndex(column, columns);
    return values[Objects.checkIndex(row, rows) * columns + column];
  }

  /** All numbers, row by row. */
  public double[] toArray() {
    return values.clone();
  }

  /** All numbers, row by row; not to be written to. */
  double[] values() {
    return values;
  }
}
