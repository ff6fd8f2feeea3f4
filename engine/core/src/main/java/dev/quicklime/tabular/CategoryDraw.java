package dev.quicklime.tabular;

import java.util.Arrays;
import java.util.List;

/** Draws a categorical column's values as often as the column has them. Immutable. */
final class CategoryDraw {

  private final double[] codes;

  /** How many rows have a category or one before it. */
  private final long[] counts;

  CategoryDraw(Column.Categorical column) {
    List<Column.Category> categories = column.categories();
    codes = new double[categories.size()];
    counts = new long[categories.size()];
    long total = 0;
    for (int i = 0; i < codes.length; i++) {
      codes[i] = categories.get(i).code();
      total += categories.get(i).count();
      counts[i] = total;
    }
  }

  /**
   * The value under which a share of the column lies, as a code.
   *
   * @param share above 0 and below 1
   */
  double quantile(double share) {
    long before = (long) (share * counts[counts.length - 1]);
    int found = Arrays.binarySearch(counts, before);
    return codes[Math.min(found >= 0 ? found + 1 : -found - 1, codes.length - 1)];
  }
}
