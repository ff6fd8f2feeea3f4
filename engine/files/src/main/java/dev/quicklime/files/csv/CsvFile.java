package dev.quicklime.files.csv;

import dev.quicklime.InvalidInputException;
import dev.quicklime.files.csv.TableProblem.Named;
import dev.quicklime.files.csv.TableProblem.Remedy;
import dev.quicklime.tabular.Column;
import dev.quicklime.tabular.ColumnFacts;
import dev.quicklime.tabular.Table;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.Reader;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.IntStream;

/**
 * Reads tables from CSV files. Every column is numbers, unless it is named as categorical; the
 * codes of its values are then, where all are numbers, these themselves, and otherwise their places
 * from 0 in the order of their text. Nothing is guessed and nothing filled in: what is missing or
 * no number is refused, with its line.
 */
public final class CsvFile {

  /** Narrower than Java's own, which takes {@code 1f} and {@code 0x1p3}. */
  private static final Pattern NUMBER =
      Pattern.compile("[+-]?([0-9]+\\.?[0-9]*|\\.[0-9]+)([eE][+-]?[0-9]{1,4})?");

  /** How a value that is not known is written. */
  private static final Set<String> MISSING = Set.of("", "na", "n/a", "nan", "null", "none", "?");

  private final CsvText text;
  private final CsvOptions options;
  private final List<String> names;
  private final int firstRow;

  private CsvFile(CsvText text, CsvOptions options) {
    this.text = text;
    this.options = options;
    boolean header =
        switch (options.header()) {
          case YES -> true;
          case NO -> false;
          case AUTO -> text.lines().getFirst().stream().noneMatch(CsvFile::isNumber);
        };
    firstRow = header ? 1 : 0;
    names = names(header);
    if (text.lines().size() == firstRow) {
      throw new InvalidInputException(
          text.name() + " must have at least one row under its header, got none");
    }
  }

  /**
   * Reads a file in UTF-8.
   *
   * @throws InvalidInputException if it is not there, is no table, or a value is missing or not
   *     what its column wants; the message names file, line and column
   */
  public static Table read(Path file, CsvOptions options) {
    Objects.requireNonNull(file, "file");
    Objects.requireNonNull(options, "options");
    return new CsvFile(CsvText.read(file, options.separator()), options).table();
  }

  /**
   * Reads text from somewhere else than a file.
   *
   * @param name what messages call it
   * @param in read to its end, not closed
   * @throws InvalidInputException if it is no table, as for a file
   * @throws IOException if it cannot be read
   */
  public static Table read(String name, Reader in, CsvOptions options) throws IOException {
    Objects.requireNonNull(name, "name");
    Objects.requireNonNull(in, "in");
    Objects.requireNonNull(options, "options");
    return new CsvFile(CsvText.read(name, new BufferedReader(in), options.separator()), options)
        .table();
  }

  private List<String> names(boolean header) {
    List<String> first = text.lines().getFirst();
    if (!header) {
      return IntStream.rangeClosed(1, first.size()).mapToObj(i -> "x" + i).toList();
    }
    Set<String> seen = new HashSet<>();
    for (String name : first) {
      if (name.isBlank() || !seen.add(name)) {
        throw new TableProblem(
            "%s, line %d: columns must have different names, got '%s'%s"
                .formatted(
                    text.name(), text.numbers().getFirst(), name, name.isBlank() ? "" : " twice"),
            new Remedy.NoHeader());
      }
    }
    return first;
  }

  private Table table() {
    List<Integer> taken = taken();
    List<Column> columns = new ArrayList<>();
    int rows = text.lines().size() - firstRow;
    double[] values = new double[Math.multiplyExact(rows, taken.size())];
    for (int j = 0; j < taken.size(); j++) {
      int column = taken.get(j);
      double[] own =
          options.categorical().contains(names.get(column))
              ? categorical(column, rows, columns)
              : numeric(column, rows, columns);
      for (int row = 0; row < rows; row++) {
        values[row * taken.size() + j] = own[row];
      }
    }
    return new Table(columns, rows, values);
  }

  private List<Integer> taken() {
    checkKnown(Named.COLUMNS, "columns to take", options.columns());
    checkKnown(Named.DROP, "columns to leave out", options.drop());
    checkKnown(Named.CATEGORICAL, "categorical columns", options.categorical());
    List<Integer> taken =
        (options.columns().isEmpty() ? names : options.columns())
            .stream().filter(name -> !options.drop().contains(name)).map(names::indexOf).toList();
    if (taken.isEmpty() || new HashSet<>(taken).size() != taken.size()) {
      throw new InvalidInputException(
          "%s must keep one column or more, each once, got %s"
              .formatted(text.name(), taken.stream().map(names::get).toList()));
    }
    return taken;
  }

  private void checkKnown(Named option, String what, Iterable<String> asked) {
    for (String name : asked) {
      if (!names.contains(name)) {
        throw new TableProblem(
            "%s must be of %s (%s), got %s"
                .formatted(what, text.name(), String.join(", ", names), name),
            new Remedy.OtherNames(option));
      }
    }
  }

  private double[] numeric(int column, int rows, List<Column> columns) {
    double[] values = new double[rows];
    for (int row = 0; row < rows; row++) {
      String value = value(row, column);
      if (!isNumber(value)) {
        throw new TableProblem(
            "%s: must be a number, got '%s'%s"
                .formatted(place(row, column), shortened(value), text.hint()),
            advice(column));
      }
      values[row] = number(value, row, column);
    }
    columns.add(ColumnFacts.numeric(names.get(column), values));
    return values;
  }

  private Remedy advice(int column) {
    Remedy separator = text.otherSeparator();
    return separator == null ? new Remedy.NameCategorical(names.get(column)) : separator;
  }

  private double[] categorical(int column, int rows, List<Column> columns) {
    List<String> values = IntStream.range(0, rows).mapToObj(row -> value(row, column)).toList();
    double[] codes = new double[rows];
    Column.Categorical found;
    if (values.stream().allMatch(CsvFile::isNumber)) {
      for (int row = 0; row < rows; row++) {
        codes[row] = number(values.get(row), row, column);
      }
      found = ColumnFacts.codes(names.get(column), codes);
    } else {
      found = ColumnFacts.texts(names.get(column), values);
      List<String> sorted = found.categories().stream().map(Column.Category::value).toList();
      for (int row = 0; row < rows; row++) {
        codes[row] = sorted.indexOf(values.get(row));
      }
    }
    columns.add(found);
    return codes;
  }

  /** A value that is there. */
  private String value(int row, int column) {
    String value = text.lines().get(firstRow + row).get(column).strip();
    if (MISSING.contains(value.toLowerCase(java.util.Locale.ROOT))) {
      throw new InvalidInputException(
          "%s: must have a value, got %s; fill it in or leave such rows out"
              .formatted(place(row, column), value.isEmpty() ? "nothing" : "'" + value + "'"));
    }
    return value;
  }

  private double number(String value, int row, int column) {
    double number = Double.parseDouble(value);
    if (!Double.isFinite(number)) {
      throw new InvalidInputException(
          "%s: must be a finite number, got '%s'".formatted(place(row, column), shortened(value)));
    }
    // −0 and 0 are one value.
    return number + 0.0;
  }

  private String place(int row, int column) {
    return "%s, line %d, column %s"
        .formatted(text.name(), text.numbers().get(firstRow + row), names.get(column));
  }

  private static String shortened(String value) {
    return value.length() > 40 ? value.substring(0, 40) + "…" : value;
  }

  private static boolean isNumber(String value) {
    return NUMBER.matcher(value.strip()).matches();
  }
}
