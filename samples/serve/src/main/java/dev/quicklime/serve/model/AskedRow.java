package dev.quicklime.serve.model;

import dev.quicklime.InvalidInputException;
import dev.quicklime.tabular.Column;
import dev.quicklime.tabular.Column.Category;
import dev.quicklime.tabular.Table;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * A row as a request brought it: cells in the order of a table's columns, or by their names.
 *
 * @param name what messages call the instance
 * @param field what messages call the row within it
 * @param columns names of the cells' columns, or none where they are in the table's order
 * @param cells one or more, and as many as there are names where there are some
 */
public record AskedRow(String name, String field, List<String> columns, List<Cell> cells)
    implements AskedInstance {

  /** How many categories a message lists. */
  private static final int LISTED = 12;

  /** What a row has in a column. */
  public sealed interface Cell permits NumberCell, TextCell {}

  /**
   * A number, or the code of a category.
   *
   * @param value finite
   */
  public record NumberCell(double value) implements Cell {

    /** Refuses what a row cannot have. */
    public NumberCell {
      if (!Double.isFinite(value)) {
        throw new InvalidInputException("cells must be finite numbers, got " + value);
      }
    }
  }

  /**
   * The name of a category.
   *
   * @param value as the table has it
   */
  public record TextCell(String value) implements Cell {

    /** Refuses what is missing. */
    public TextCell {
      Objects.requireNonNull(value, "value");
    }
  }

  /** Copies the lists. */
  public AskedRow {
    Objects.requireNonNull(name, "name");
    Objects.requireNonNull(field, "field");
    columns = List.copyOf(columns);
    cells = List.copyOf(cells);
    if (!columns.isEmpty() && columns.size() != cells.size()) {
      throw new InvalidInputException(
          "%s must have as many columns as cells, got %s and %s"
              .formatted(field, columns.size(), cells.size()));
    }
  }

  /**
   * The row in the table's order, categories by their codes.
   *
   * @param single whether the model takes single precision
   * @throws InvalidInputException in one line that names the cell which does not fit
   */
  double[] values(Table table, boolean single) {
    List<Column> all = table.columns();
    List<Cell> ordered = columns.isEmpty() ? cells : inOrder(all);
    if (ordered.size() != all.size()) {
      throw new InvalidInputException(
          "%s must have %s cells, one for each column of the table, got %s"
              .formatted(field, all.size(), ordered.size()));
    }
    double[] values = new double[all.size()];
    for (int j = 0; j < values.length; j++) {
      values[j] = value(place(j, all.get(j)), all.get(j), ordered.get(j), single);
    }
    return values;
  }

  private String place(int j, Column column) {
    return columns.isEmpty() ? field + "[" + j + "]" : field + "." + column.name();
  }

  private List<Cell> inOrder(List<Column> all) {
    Map<String, Cell> byName = new HashMap<>();
    for (int i = 0; i < cells.size(); i++) {
      byName.put(columns.get(i), cells.get(i));
    }
    List<String> known = all.stream().map(Column::name).toList();
    Set<String> there = Set.copyOf(known);
    for (String column : columns) {
      if (!there.contains(column)) {
        throw new InvalidInputException(
            "%s.%s is no column of the table; there are %s".formatted(field, column, list(known)));
      }
    }
    return known.stream()
        .map(
            column -> {
              Cell cell = byName.get(column);
              if (cell == null) {
                throw new InvalidInputException(
                    "%s must have a cell for each column, got none for %s"
                        .formatted(field, column));
              }
              return cell;
            })
        .toList();
  }

  private static double value(String place, Column column, Cell cell, boolean single) {
    return switch (column) {
      case Column.Numeric numeric -> number(place, numeric, cell, single);
      case Column.Categorical categorical -> code(place, categorical, cell);
    };
  }

  private static double number(String place, Column column, Cell cell, boolean single) {
    if (!(cell instanceof NumberCell(double value))) {
      throw new InvalidInputException(
          "%s must be a number, as column %s has, got a text".formatted(place, column.name()));
    }
    if (single && Float.isInfinite((float) value)) {
      throw new InvalidInputException(
          "%s must be within single precision for this model, up to %s, got %s"
              .formatted(place, Float.MAX_VALUE, value));
    }
    return value;
  }

  private static double code(String place, Column.Categorical column, Cell cell) {
    for (Category category : column.categories()) {
      boolean same =
          switch (cell) {
            case TextCell(String text) -> category.value().equals(text);
            case NumberCell(double code) -> category.code() == code;
          };
      if (same) {
        return category.code();
      }
    }
    throw new InvalidInputException(
        "%s must be one of the %s values of column %s, got %s; there are %s"
            .formatted(
                place,
                column.categories().size(),
                column.name(),
                cell instanceof TextCell(String text) ? text : said((NumberCell) cell),
                list(column.categories().stream().map(Category::value).toList())));
  }

  private static String said(NumberCell number) {
    double value = number.value();
    return value == Math.rint(value) && Math.abs(value) < 1L << 53
        ? Long.toString((long) value)
        : Double.toString(value);
  }

  private static String list(List<String> names) {
    String some = names.stream().limit(LISTED).collect(Collectors.joining(", "));
    return names.size() > LISTED ? some + ", …" : some;
  }
}
