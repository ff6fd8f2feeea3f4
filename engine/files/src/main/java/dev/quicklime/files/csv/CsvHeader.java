package dev.quicklime.files.csv;

import dev.quicklime.InvalidInputException;
import dev.quicklime.files.csv.CsvOptions.Header;
import dev.quicklime.files.csv.TableProblem.Remedy;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.IntStream;

/**
 * What the columns of a text are called.
 *
 * @param there whether the first line has the names
 * @param names of all columns, each once
 * @param labels how many columns at the left have no name, which are an index of the rows
 * @param notices what was decided that a reader should know
 */
record CsvHeader(boolean there, List<String> names, int labels, List<String> notices) {

  static CsvHeader of(CsvText text, Header asked, CsvNumbers numbers) {
    List<String> first = text.lines().getFirst();
    List<String> notices = new ArrayList<>();
    boolean there =
        switch (asked) {
          case YES -> true;
          case NO -> false;
          case AUTO -> seemsThere(text, numbers);
        };
    if (there) {
      int labels = unnamed(first);
      List<String> names = names(text, labels);
      return new CsvHeader(true, names, labels, notices);
    }
    if (asked == Header.AUTO && first.stream().allMatch(numbers::isNumber)) {
      notices.add(
          "the first line of %s is all numbers and was taken for row 0, not for the names of the"
                  .formatted(text.name())
              + " columns: say whether it is a header");
    }
    return new CsvHeader(
        false, IntStream.rangeClosed(1, first.size()).mapToObj(i -> "x" + i).toList(), 0, notices);
  }

  /**
   * Whether the first line names the columns: none of its values is a number, or one is a text over
   * numbers alone, or the left one is empty over an index of rows, as pandas and R write it.
   */
  private static boolean seemsThere(CsvText text, CsvNumbers numbers) {
    List<String> first = text.lines().getFirst();
    if (first.stream().noneMatch(numbers::isNumber)) {
      return true;
    }
    int labels = unnamed(first);
    for (int j = labels; j < first.size(); j++) {
      String value = first.get(j);
      if (!CsvNumbers.isMissing(value)
          && !numbers.isNumber(value)
          && below(text, j, numbers::isNumber)) {
        return true;
      }
    }
    return labels > 0 && labels < first.size() && (counted(first, labels) || countsRows(text));
  }

  private static boolean below(CsvText text, int column, Predicate<String> all) {
    List<List<String>> lines = text.lines();
    return lines.size() > 1
        && lines.subList(1, lines.size()).stream().allMatch(line -> all.test(line.get(column)));
  }

  /** Whether columns are numbered from 0 or 1. */
  private static boolean counted(List<String> first, int labels) {
    int start = CsvNumbers.count(first.get(labels));
    for (int j = labels; j < first.size(); j++) {
      if (CsvNumbers.count(first.get(j)) != start + j - labels) {
        return false;
      }
    }
    return start == 0 || start == 1;
  }

  /** Whether the left column numbers the rows under the first line from 0 or 1. */
  private static boolean countsRows(CsvText text) {
    List<List<String>> lines = text.lines();
    if (lines.size() < 2) {
      return false;
    }
    int start = CsvNumbers.count(lines.get(1).getFirst());
    for (int i = 1; i < lines.size(); i++) {
      if (CsvNumbers.count(lines.get(i).getFirst()) != start + i - 1) {
        return false;
      }
    }
    return start == 0 || start == 1;
  }

  /** How many values at the left are empty. */
  private static int unnamed(List<String> line) {
    int empty = 0;
    while (empty < line.size() && line.get(empty).isBlank()) {
      empty++;
    }
    return empty;
  }

  private static List<String> names(CsvText text, int labels) {
    List<String> names = new ArrayList<>();
    Set<String> seen = new HashSet<>();
    for (String value : text.lines().getFirst()) {
      int column = names.size();
      // pandas calls an index so when it reads what it has written.
      String name = column < labels ? "Unnamed: " + column : CsvNumbers.bare(value);
      if (name.isEmpty() && column > 0 && column >= labels) {
        throw new InvalidInputException(
            "%s, line %s: every column must have a name, got none for column %s: give it one"
                .formatted(text.name(), text.numbers().getFirst(), column + 1));
      }
      if (name.isEmpty() || labels == text.lines().getFirst().size() || !seen.add(name)) {
        throw new TableProblem(
            "%s, line %s: columns must have different names, got '%s'%s"
                .formatted(
                    text.name(),
                    text.numbers().getFirst(),
                    CsvNumbers.bare(value),
                    value.isBlank() ? "" : " twice"),
            new Remedy.NoHeader());
      }
      names.add(name);
    }
    return names;
  }
}
