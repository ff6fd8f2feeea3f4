package dev.quicklime.tabular;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/** What single precision leaves of columns whose values differ late in their digits. */
final class Resolution {

  /**
   * A column of fractions spans more steps of single precision than this where it is not far from
   * zero for its spread; values that meet then are as good as equal.
   */
  private static final double FINE = 1 << 20;

  private Resolution() {}

  /**
   * Says of which columns a model in single precision does not see all values: of whole numbers, as
   * identifiers and times in seconds are, any that differ in the table and not to the model; of
   * fractions the same where the column is far from zero for its spread, as days with their hours
   * are. Nothing of a column whose deviation is so small that {@link Features} speaks of it.
   */
  static List<String> notices(Table table, double[] row, TabularOptions options) {
    List<String> notices = new ArrayList<>();
    for (int j = 0; j < table.columns().size(); j++) {
      Column column = table.columns().get(j);
      boolean categorical = column instanceof Column.Categorical;
      boolean said =
          column instanceof Column.Numeric numeric
              && options.deviations().isEmpty()
              && Features.isMostlyRounding(numeric.deviation(), row[j]);
      if (!said && !(categorical && options.oneHot())) {
        String notice = notice(column.name(), table.column(j), categorical);
        if (!notice.isEmpty()) {
          notices.add(notice);
        }
      }
    }
    return notices;
  }

  private static String notice(String name, double[] values, boolean categorical) {
    double largest = 0;
    boolean whole = true;
    boolean rounded = false;
    for (double value : values) {
      largest = Math.max(largest, Math.abs(value));
      whole &= value == Math.rint(value);
      rounded |= (float) value != value;
    }
    if (!rounded) {
      return "";
    }
    double[] sorted = Arrays.stream(values).sorted().toArray();
    double step = Math.ulp((float) largest);
    double range = sorted[sorted.length - 1] - sorted[0];
    int different = 1;
    int seen = 1;
    for (int i = 1; i < sorted.length; i++) {
      different += sorted[i] != sorted[i - 1] ? 1 : 0;
      seen += (float) sorted[i] != (float) sorted[i - 1] ? 1 : 0;
    }
    if (seen == different || !(categorical || whole || range < FINE * step)) {
      return "";
    }
    return String.format(
        Locale.ROOT,
        "column %s has %d different values, of which the model's single precision, in steps of"
            + " %.3g there, leaves %d: leave it out if it is an identifier, take a constant off it"
            + " (in the table and in the model) if it is a time",
        name,
        different,
        step,
        seen);
  }
}
