package dev.quicklime.files.csv;

import dev.quicklime.InvalidInputException;
import java.util.List;
import java.util.Objects;
import java.util.Set;

/**
 * How a CSV file is read.
 *
 * @param separator between values, unless the file's first line names another, as {@code sep=;}
 * @param decimal a point or a comma: what is between a number's whole and its fraction; where it is
 *     the separator too, such numbers stand in quotes
 * @param header whether the first line has the columns' names
 * @param columns names of the columns that are taken, in this order; all if there are none
 * @param drop names of columns that are not taken
 * @param categorical names of the columns whose values are categories
 */
public record CsvOptions(
    char separator,
    char decimal,
    Header header,
    List<String> columns,
    Set<String> drop,
    Set<String> categorical) {

  /** Whether the first line has the columns' names. */
  public enum Header {
    /**
     * It does where none of its values is a number, where one is a text over numbers alone, and
     * where the left one is empty over an index of rows.
     */
    AUTO,
    /** It does. */
    YES,
    /** It does not: columns are called x1, x2 and so on. */
    NO
  }

  /** Copies the names and checks the separator. */
  public CsvOptions {
    Objects.requireNonNull(header, "header");
    Objects.requireNonNull(columns, "columns");
    Objects.requireNonNull(drop, "drop");
    Objects.requireNonNull(categorical, "categorical");
    checkSeparator(separator);
    if (decimal != '.' && decimal != ',') {
      throw new InvalidInputException("decimal must be a point or a comma, got " + decimal);
    }
    columns = List.copyOf(columns);
    drop = Set.copyOf(drop);
    categorical = Set.copyOf(categorical);
  }

  static char checkSeparator(char separator) {
    if (separator == '"' || separator == '\n' || separator == '\r' || separator == '.') {
      throw new InvalidInputException(
          "separator must not be a quote, a line end or a point, got " + separator);
    }
    return separator;
  }

  /** Commas, decimal points, a header where there seems to be one, all columns numbers. */
  public static CsvOptions defaults() {
    return new CsvOptions(',', '.', Header.AUTO, List.of(), Set.of(), Set.of());
  }

  /** The same with another separator. */
  public CsvOptions withSeparator(char value) {
    return new CsvOptions(value, decimal, header, columns, drop, categorical);
  }

  /** The same with decimal points or decimal commas. */
  public CsvOptions withDecimal(char value) {
    return new CsvOptions(separator, value, header, columns, drop, categorical);
  }

  /** The same with another rule for the first line. */
  public CsvOptions withHeader(Header value) {
    return new CsvOptions(separator, decimal, value, columns, drop, categorical);
  }

  /** The same for other columns. */
  public CsvOptions withColumns(List<String> value) {
    return new CsvOptions(separator, decimal, header, value, drop, categorical);
  }

  /** The same without some columns. */
  public CsvOptions withDrop(Set<String> value) {
    return new CsvOptions(separator, decimal, header, columns, value, categorical);
  }

  /** The same with other categorical columns. */
  public CsvOptions withCategorical(Set<String> value) {
    return new CsvOptions(separator, decimal, header, columns, drop, value);
  }
}
