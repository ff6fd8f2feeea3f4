package dev.quicklime.tabular;

import dev.quicklime.InvalidInputException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Decides how each column is perturbed around a row. */
final class Features {

  /** A deviation under so many steps of single precision is mostly rounding. */
  private static final double FINE = 16;

  private Features() {}

  /**
   * One feature for each column.
   *
   * @param row the explained one
   * @param single whether the model rounds its inputs to single precision
   * @param notices hears of columns that are held fixed
   */
  static List<Feature> of(
      List<Column> columns,
      double[] row,
      TabularOptions options,
      boolean single,
      List<String> notices) {
    checkRow(columns, row);
    checkDeviations(columns, options.deviations());
    List<Feature> features = new ArrayList<>();
    int numeric = 0;
    for (int j = 0; j < columns.size(); j++) {
      features.add(
          switch (columns.get(j)) {
            case Column.Numeric column -> {
              double sigma =
                  options.deviations().isEmpty()
                      ? column.deviation()
                      : options.deviations().get(numeric);
              numeric++;
              double value = single ? (float) row[j] : row[j];
              yield numeric(column, value, ColumnFacts.text(row[j]), sigma, single, notices);
            }
            case Column.Categorical column -> categorical(column, row[j], notices);
          });
    }
    if (features.stream().allMatch(Feature::fixed)) {
      throw new InvalidInputException(
          "at least one column must vary, or have a deviation above 0, got none");
    }
    return features;
  }

  /** Refuses a row that is none of a table with such columns. */
  static void checkRow(List<Column> columns, double[] row) {
    if (row.length != columns.size()) {
      throw new InvalidInputException(
          "the row must have %s values, got %s".formatted(columns.size(), row.length));
    }
    for (int j = 0; j < row.length; j++) {
      if (!Double.isFinite(row[j])) {
        throw new InvalidInputException("the row must be finite numbers, got " + row[j]);
      }
      if (columns.get(j) instanceof Column.Categorical categorical) {
        categorical.indexOf(row[j]);
      }
    }
  }

  private static void checkDeviations(List<Column> columns, List<Double> given) {
    long numeric = columns.stream().filter(Column.Numeric.class::isInstance).count();
    if (!given.isEmpty() && given.size() != numeric) {
      throw new InvalidInputException(
          "deviations must be one for each of %s numeric columns, got %s"
              .formatted(numeric, given.size()));
    }
  }

  private static Feature numeric(
      Column.Numeric column,
      double value,
      String text,
      double sigma,
      boolean single,
      List<String> notices) {
    if (Double.isNaN(sigma)) {
      throw new InvalidInputException(
          "a table of one row has no standard deviations: give them, or more rows");
    }
    if (single && Float.isInfinite((float) value)) {
      throw new InvalidInputException(
          "column %s must be within single precision for this model, up to %s, got %s"
              .formatted(column.name(), Float.MAX_VALUE, text));
    }
    // What is left of equal values after their mean was taken off.
    boolean fixed = !(sigma > 1e-14 * Math.abs(column.mean())) || sigma == 0;
    if (fixed) {
      notices.add(
          "column %s has a standard deviation of 0: it is held at %s and has no coefficient"
              .formatted(column.name(), text));
    } else if (single && isMostlyRounding(sigma, value)) {
      notices.add(
          String.format(
              Locale.ROOT,
              "column %s varies by %.3g around %.9g, which single precision resolves to %.3g only:"
                  + " leave it out if it is an identifier, take a constant off it (in the table and"
                  + " in the model) if it is a time",
              column.name(),
              sigma,
              value,
              Math.ulp((float) value)));
    }
    return new Feature(column.name(), text, value, false, fixed ? 0 : sigma, fixed);
  }

  /** Whether noise of a deviation around a value is hardly more than steps of single precision. */
  static boolean isMostlyRounding(double sigma, double value) {
    return sigma < FINE * Math.ulp((float) value);
  }

  private static Feature categorical(Column.Categorical column, double code, List<String> notices) {
    Column.Category category = column.categories().get(column.indexOf(code));
    boolean fixed = column.categories().size() == 1;
    if (fixed) {
      notices.add(
          "column %s has one value only, %s: it is held there and has no coefficient"
              .formatted(column.name(), category.value()));
    }
    return new Feature(column.name(), category.value(), category.code(), true, 1, fixed);
  }
}
