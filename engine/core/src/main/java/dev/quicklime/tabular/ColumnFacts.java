package dev.quicklime.tabular;

import dev.quicklime.InvalidInputException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;

/** What is known of columns from their values. */
public final class ColumnFacts {

  private ColumnFacts() {}

  /** Mean and deviation in two passes, so that large values lose no digits. */
  public static Column.Numeric numeric(String name, double[] values) {
    Objects.requireNonNull(name, "name");
    Objects.requireNonNull(values, "values");
    double first = values[0];
    double sum = 0;
    for (double value : values) {
      sum += value - first;
    }
    double mean = first + sum / values.length;
    double squares = 0;
    for (double value : values) {
      squares += (value - mean) * (value - mean);
    }
    double deviation = values.length > 1 ? Math.sqrt(squares / (values.length - 1)) : Double.NaN;
    if (!Double.isFinite(mean) || deviation == Double.POSITIVE_INFINITY) {
      throw new InvalidInputException(
          "values of column " + name + " must be so small that their squares can be summed up");
    }
    return new Column.Numeric(name, mean, deviation);
  }

  /** Categories that are numbers already. */
  public static Column.Categorical codes(String name, double[] values) {
    Objects.requireNonNull(name, "name");
    Objects.requireNonNull(values, "values");
    Map<Double, Integer> counts = new TreeMap<>();
    for (double value : values) {
      // −0 and 0 are one value.
      counts.merge(value + 0.0, 1, Integer::sum);
    }
    List<Column.Category> categories = new ArrayList<>();
    counts.forEach((code, count) -> categories.add(new Column.Category(text(code), code, count)));
    return new Column.Categorical(name, categories);
  }

  /**
   * Categories in the order of their text by code points, as Python sorts; each one's code is its
   * place, from 0, which is what {@code pandas.Categorical(values).codes} has.
   */
  public static Column.Categorical texts(String name, List<String> values) {
    Objects.requireNonNull(name, "name");
    Objects.requireNonNull(values, "values");
    Map<String, Integer> counts = new TreeMap<>(ColumnFacts::byCodePoints);
    for (String value : values) {
      counts.merge(value, 1, Integer::sum);
    }
    List<Column.Category> categories = new ArrayList<>();
    counts.forEach(
        (value, count) -> categories.add(new Column.Category(value, categories.size(), count)));
    return new Column.Categorical(name, categories);
  }

  /** Letters beyond the first 65,536 come last, unlike in the order of {@link String}. */
  private static int byCodePoints(String one, String other) {
    int same = 0;
    int shorter = Math.min(one.length(), other.length());
    while (same < shorter && one.charAt(same) == other.charAt(same)) {
      same++;
    }
    if (same == shorter) {
      return Integer.compare(one.length(), other.length());
    }
    char a = one.charAt(same);
    char b = other.charAt(same);
    return Character.isSurrogate(a) == Character.isSurrogate(b)
        ? Character.compare(a, b)
        : Boolean.compare(Character.isSurrogate(a), Character.isSurrogate(b));
  }

  /** A whole number without a point. */
  static String text(double value) {
    return value == Math.rint(value) && Math.abs(value) < 1e15
        ? Long.toString((long) value)
        : Double.toString(value);
  }
}
