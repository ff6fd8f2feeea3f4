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
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.IntStream;

/**
 * Reads tables from CSV files. Every column is numbers, unless it is named as categorical; the
 * codes of its values are then, where all are numbers, these themselves, and otherwise their places
 * from 0 in the order of their text, by code points, as pandas has them. Texts are categories
 * exactly as they stand, blanks included. Nothing is guessed and nothing filled in: what is missing
 * or no number is refused, with its line. Columns without a name at the left, an index as pandas
 * writes it, are left out with a notice, unless they are asked for as {@code Unnamed: 0} and so on;
 * separators at the end of all lines are no columns. Time and memory grow linearly with the file.
 */
public final class CsvFile {

  private final CsvText text;
  private final CsvOptions options;
  private final CsvNumbers numbers;
  private final CsvHeader header;
  private final Map<String, Integer> places = new HashMap<>();
  private final List<String> notices = new ArrayList<>();

  private CsvFile(CsvText text, CsvOptions options) {
    this.text = text;
    this.options = options;
    numbers = text.decimal();
    header = CsvHeader.of(text, options.header(), numbers);
    notices.addAll(header.notices());
    if (rows() == 0) {
      throw new InvalidInputException(
          text.name() + " must have at least one row under its header, got none");
    }
    for (String name : header.names()) {
      places.put(name, places.size());
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
    return new CsvFile(CsvText.read(file, options), options).table();
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
    return new CsvFile(CsvText.read(name, new BufferedReader(in), options), options).table();
  }

  private int firstRow() {
    return header.there() ? 1 : 0;
  }

  private int rows() {
    return text.lines().size() - firstRow();
  }

  private Table table() {
    List<Integer> taken = taken();
    List<Column> columns = new ArrayList<>();
    int rows = rows();
    double[] values = new double[Math.multiplyExact(rows, taken.size())];
    for (int j = 0; j < taken.size(); j++) {
      int column = taken.get(j);
      double[] own =
          options.categorical().contains(header.names().get(column))
              ? categorical(column, columns)
              : numeric(column, columns);
      for (int row = 0; row < rows; row++) {
        values[row * taken.size() + j] = own[row];
      }
    }
    return new Table(columns, rows, values).withNotices(notices);
  }

  private List<Integer> taken() {
    checkKnown(Named.COLUMNS, "columns to take", options.columns());
    checkKnown(Named.DROP, "columns to leave out", options.drop());
    checkKnown(Named.CATEGORICAL, "categorical columns", options.categorical());
    List<String> names = options.columns().isEmpty() ? named() : options.columns();
    List<Integer> taken = new ArrayList<>();
    for (String name : names) {
      if (!options.drop().contains(name)) {
        taken.add(Objects.requireNonNull(places.get(name), name));
      }
    }
    if (taken.isEmpty() || new HashSet<>(taken).size() != taken.size()) {
      throw new InvalidInputException(
          "%s must keep one column or more, each once, got %s"
              .formatted(text.name(), taken.stream().map(header.names()::get).toList()));
    }
    return taken;
  }

  /** The columns that have a name; says which are left out. */
  private List<String> named() {
    List<String> index = header.names().subList(0, header.labels());
    if (!options.drop().containsAll(index)) {
      notices.add(
          "the first %s of %s no name, and was left out as an index of the rows: where the model"
                  .formatted(
                      index.size() == 1 ? "column" : index.size() + " columns",
                      text.name() + (index.size() == 1 ? " has" : " have"))
              + " takes it, name all columns that it takes, with "
              + String.join(", ", index)
              + " for this");
    }
    return header.names().subList(header.labels(), header.names().size());
  }

  private void checkKnown(Named option, String what, Iterable<String> asked) {
    for (String name : asked) {
      if (!places.containsKey(name)) {
        throw new TableProblem(
            "%s must be of %s (%s), got %s"
                .formatted(what, text.name(), String.join(", ", header.names()), name),
            new Remedy.OtherNames(option));
      }
    }
  }

  private double[] numeric(int column, List<Column> columns) {
    double[] values = new double[rows()];
    for (int row = 0; row < values.length; row++) {
      String value = text(row, column);
      if (CsvNumbers.isMissing(value)) {
        throw missing(row, column, CsvNumbers.bare(value));
      }
      if (!numbers.isNumber(value)) {
        throw text.doubt()
            .notANumber(place(row, column), CsvNumbers.bare(value), header.names().get(column));
      }
      values[row] = number(value, row, column);
    }
    checkDigits(column, values);
    columns.add(ColumnFacts.numeric(header.names().get(column), values));
    return values;
  }

  private double[] categorical(int column, List<Column> columns) {
    String name = header.names().get(column);
    List<String> values =
        IntStream.range(0, rows()).mapToObj(row -> category(row, column)).toList();
    double[] codes = new double[values.size()];
    Column.Categorical found;
    if (values.stream().allMatch(numbers::isNumber)) {
      for (int row = 0; row < codes.length; row++) {
        codes[row] = number(values.get(row), row, column);
      }
      checkDigits(column, codes);
      found = ColumnFacts.codes(name, codes);
    } else {
      found = ColumnFacts.texts(name, values);
      Map<String, Double> known = new HashMap<>();
      found.categories().forEach(category -> known.put(category.value(), category.code()));
      for (int row = 0; row < codes.length; row++) {
        codes[row] = Objects.requireNonNull(known.get(values.get(row)), "code");
      }
    }
    columns.add(found);
    return codes;
  }

  private String category(int row, int column) {
    String value = text(row, column);
    if (CsvNumbers.isMissingText(value)) {
      throw missing(row, column, value.strip());
    }
    return value;
  }

  private String text(int row, int column) {
    return text.lines().get(firstRow() + row).get(column);
  }

  private InvalidInputException missing(int row, int column, String value) {
    return new InvalidInputException(
        "%s: must have a value, got %s; fill it in or leave such rows out"
            .formatted(place(row, column), value.isEmpty() ? "nothing" : "'" + value + "'"));
  }

  private double number(String value, int row, int column) {
    double number = numbers.parse(value);
    if (!Double.isFinite(number)) {
      throw new InvalidInputException(
          "%s: must be a finite number, got '%s'"
              .formatted(place(row, column), CsvDoubt.shortened(value)));
    }
    return number;
  }

  /** Says where whole numbers have more digits than double precision keeps. */
  private void checkDigits(int column, double[] values) {
    for (int row = 0; row < values.length; row++) {
      if (CsvNumbers.losesDigits(text(row, column), values[row])) {
        notices.add(
            "column %s has numbers of more digits than double precision keeps, as %s in line %d:"
                    .formatted(
                        header.names().get(column),
                        CsvDoubt.shortened(CsvNumbers.bare(text(row, column))),
                        text.numbers().get(firstRow() + row))
                + " leave it out if it is an identifier, take a constant off it if it is a time");
        return;
      }
    }
  }

  private String place(int row, int column) {
    return "%s, line %d, column %s"
        .formatted(text.name(), text.numbers().get(firstRow() + row), header.names().get(column));
  }
}
