package dev.quicklime.files.csv;

import dev.quicklime.files.csv.TableProblem.Remedy;
import dev.quicklime.files.csv.TableProblem.Remedy.UseSeparator;
import java.util.List;
import java.util.Objects;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What a text seems to be that cannot be read as it was asked for.
 *
 * @param lines its values, as they were separated
 * @param separator by which
 * @param numbers how its numbers were said to be written
 */
record CsvDoubt(List<List<String>> lines, char separator, CsvNumbers numbers) {

  private static final char[] SEPARATORS = {';', '\t', '|', ','};

  /** What a message says of the separator that most lines hold, or nothing. */
  String hint() {
    return otherSeparator() instanceof UseSeparator(char other, _)
        ? "; lines hold '%s'".formatted(shown(other))
        : "";
  }

  /**
   * The separator that most lines hold, not only between the digits of numbers, and that gives them
   * equally many values, with what numbers seem to be written with then; else null.
   */
  @Nullable Remedy otherSeparator() {
    for (char other : SEPARATORS) {
      if (other != separator && holds(other) && splits(other)) {
        return new UseSeparator(other, decimal(other));
      }
    }
    return null;
  }

  /** Whether most lines hold it, a comma of a number not counted where there are other columns. */
  private boolean holds(char other) {
    CsvNumbers commas = new CsvNumbers(',');
    boolean numbersToo = other != ',' || lines.getFirst().size() == 1;
    long holding =
        lines.stream()
            .filter(
                line ->
                    line.stream()
                        .anyMatch(
                            v -> v.indexOf(other) >= 0 && (numbersToo || !commas.isNumber(v))))
            .count();
    return 2 * holding > lines.size();
  }

  /** Whether it would give most lines as many values as the first, more than one. */
  private boolean splits(char other) {
    int wanted = split(lines.getFirst(), other).length;
    long same = lines.stream().filter(line -> split(line, other).length == wanted).count();
    return wanted > 1 && 2 * same > lines.size();
  }

  private String[] split(List<String> line, char other) {
    return String.join(String.valueOf(separator), line)
        .split(Pattern.quote(String.valueOf(other)), -1);
  }

  /** Point or comma, whichever numbers are written with when lines are separated otherwise. */
  private char decimal(char other) {
    CsvNumbers opposite = numbers.other();
    boolean own = false;
    boolean opposed = false;
    for (List<String> line : lines) {
      for (String value : split(line, other)) {
        own |= numbers.isFraction(value);
        opposed |= opposite.isFraction(value);
      }
    }
    return opposed && !own && other != opposite.decimal() ? opposite.decimal() : numbers.decimal();
  }

  /** The problem of a value that is no number. */
  TableProblem notANumber(String place, String value, String column) {
    String got = shortened(value);
    if (numbers.other().isFraction(value) && !mixed()) {
      return new TableProblem(
          "%s: must be a number with a decimal %s, got '%s'"
              .formatted(place, numbers.decimal() == ',' ? "comma" : "point", got),
          new Remedy.UseDecimal(numbers.other().decimal()));
    }
    if (CsvNumbers.isGrouped(value)) {
      return new TableProblem(
          "%s: must be a number whose thousands are not set apart, got '%s'".formatted(place, got),
          null);
    }
    if (numbers.other().isFraction(value)) {
      return new TableProblem(
          "%s: must be a number with a decimal %s, as others of the file are, got '%s'"
              .formatted(place, numbers.decimal() == ',' ? "comma" : "point", got),
          null);
    }
    return new TableProblem(
        "%s: must be a number, got '%s'%s".formatted(place, got, hint()),
        Objects.requireNonNullElseGet(otherSeparator(), () -> new Remedy.NameCategorical(column)));
  }

  /** Whether some numbers are written as they were said to be, so that the other way is none. */
  private boolean mixed() {
    return lines.stream().anyMatch(line -> line.stream().anyMatch(numbers::isFraction));
  }

  static String shortened(String value) {
    return value.length() > 40 ? value.substring(0, 40) + "…" : value;
  }

  static String shown(char separator) {
    return separator == '\t' ? "tab" : String.valueOf(separator);
  }
}
