package dev.quicklime.tabular;

import dev.quicklime.InvalidInputException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;

/**
 * Rows of numbers with what is known of each column. A categorical column is held by the numbers
 * that a model knows its values by. Immutable.
 */
public final class Table {

  private final List<Column> columns;
  private final int rows;
  private final double[] values;
  private final List<String> notices;

  private Table(List<Column> columns, int rows, double[] values, List<String> notices) {
    this.columns = columns;
    this.rows = rows;
    this.values = values;
    this.notices = notices;
  }

  /**
   * A table of which everything is known.
   *
   * @param columns at least one
   * @param rows how many, ≥ 1
   * @param values rows · columns finite numbers, row by row, categories by their codes; copied
   * @throws InvalidInputException if there are other than as many numbers or one is not finite
   */
  public Table(List<Column> columns, int rows, double[] values) {
    Objects.requireNonNull(columns, "columns");
    Objects.requireNonNull(values, "values");
    if (columns.isEmpty() || rows < 1 || values.length != (long) rows * columns.size()) {
      throw new InvalidInputException(
          "a table of %d rows of %d columns must have at least one of each and as many values, got"
                  .formatted(rows, columns.size())
              + " "
              + values.length);
    }
    for (double value : values) {
      if (!Double.isFinite(value)) {
        throw new InvalidInputException("values must be finite numbers, got " + value);
      }
    }
    this.columns = List.copyOf(columns);
    this.rows = rows;
    this.values = values.clone();
    notices = List.of();
  }

  /**
   * The same with what a reader of it should know, one line each; every explanation of its rows has
   * them among its own.
   */
  public Table withNotices(List<String> value) {
    Objects.requireNonNull(value, "value");
    return new Table(columns, rows, values, List.copyOf(value));
  }

  /** What a reader of the table should know, one line each; empty where there is nothing. */
  public List<String> notices() {
    return notices;
  }

  /**
   * A table of numbers.
   *
   * @param names of the columns, each once
   * @param rows one or more, each with a finite number for each column
   * @throws InvalidInputException if sizes do not match or a number is not finite
   */
  public static Table of(List<String> names, double[][] rows) {
    return of(names, rows, Set.of());
  }

  /**
   * A table of numbers, some of which are codes of categories.
   *
   * @param names of the columns, each once
   * @param rows one or more, each with a finite number for each column
   * @param categorical names of the columns whose numbers are codes
   * @throws InvalidInputException if sizes do not match, a number is not finite or a categorical
   *     column is not there
   */
  public static Table of(List<String> names, double[][] rows, Set<String> categorical) {
    Objects.requireNonNull(names, "names");
    Objects.requireNonNull(rows, "rows");
    Objects.requireNonNull(categorical, "categorical");
    checkNames(names, categorical);
    if (rows.length == 0) {
      throw new InvalidInputException("a table must have at least one row, got none");
    }
    double[] values = new double[Math.multiplyExact(rows.length, names.size())];
    for (int row = 0; row < rows.length; row++) {
      if (rows[row].length != names.size()) {
        throw new InvalidInputException(
            "rows must have %d numbers, got %d in row %d"
                .formatted(names.size(), rows[row].length, row));
      }
      for (double value : rows[row]) {
        if (!Double.isFinite(value)) {
          throw new InvalidInputException(
              "rows must be finite numbers, got %s in row %d".formatted(value, row));
        }
      }
      System.arraycopy(rows[row], 0, values, row * names.size(), names.size());
    }
    List<Column> columns = new ArrayList<>();
    for (int j = 0; j < names.size(); j++) {
      double[] column = column(values, names.size(), j);
      columns.add(
          categorical.contains(names.get(j))
              ? ColumnFacts.codes(names.get(j), column)
              : ColumnFacts.numeric(names.get(j), column));
    }
    return new Table(columns, rows.length, values);
  }

  static void checkNames(List<String> names, Set<String> categorical) {
    Set<String> known = new HashSet<>(names);
    if (names.isEmpty() || known.size() != names.size()) {
      throw new InvalidInputException(
          "columns must be one or more with different names, got " + names);
    }
    for (String name : categorical) {
      if (!known.contains(name)) {
        throw new InvalidInputException(
            "categorical columns must be among " + names + ", got " + name);
      }
    }
  }

  /** The values of one column, row by row. */
  double[] column(int column) {
    return column(values, columns.size(), column);
  }

  private static double[] column(double[] values, int columns, int column) {
    double[] one = new double[values.length / columns];
    for (int row = 0; row < one.length; row++) {
      one[row] = values[row * columns + column];
    }
    return one;
  }

  /** The columns, in order. */
  public List<Column> columns() {
    return columns;
  }

  /** Number of rows, ≥ 1. */
  public int rows() {
    return rows;
  }

  /**
   * One row; categorical columns by their codes.
   *
   * @param row from 0
   * @throws InvalidInputException if there is no such row
   */
  public double[] row(int row) {
    if (row < 0 || row >= rows) {
      throw new InvalidInputException("row must be between 0 and " + (rows - 1) + ", got " + row);
    }
    return Arrays.copyOfRange(values, row * columns.size(), (row + 1) * columns.size());
  }
}
