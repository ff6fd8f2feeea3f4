package dev.quicklime.internal.fit.errors;

import dev.quicklime.internal.fit.sums.Columns;
import org.jspecify.annotations.Nullable;

/**
 * What whole blocks of Hadamard rows leave to chance, beside what as many rows, or pairs of a mask
 * and its complement, would that are independent. Let x = ±1 be a mask's signs. What a row moves a
 * coefficient by is a sum of products of them, Σ f_T·Π_{j∈T} xⱼ, and a sandwich adds up all of
 * their squares. But over a block of N rows whose columns are drawn at random out of those of a
 * Hadamard matrix of order N, products of one or two signs sum to 0, and those of three or four
 * come to N/(N − 3) times the square that independent ones have. With m rows of a block the square
 * of a sum is m·(1 + (m − 1)e), where e is the mean product between two rows: −1/(N − 1) for one or
 * two signs, 3/((N − 1)(N − 3)) for three or four. So a coefficient whose superpixel takes part in
 * all interactions is far surer than a sandwich says, and the others, which these are mistaken for,
 * are less.
 *
 * @param few mean of 1 + (m − 1)e over all rows, for products of one or two signs
 * @param many the same for three or four; more than that, which are rarer, are taken for such
 */
record Balance(double few, double many) {

  /**
   * The balance of rows, or pairs.
   *
   * @param order N, 1 where only chance balances them
   * @param count how many there are
   */
  static @Nullable Balance of(int order, int count) {
    if (order < 5 || count < 1) {
      return null;
    }
    int whole = count / order;
    int rest = count % order;
    double n = order;
    double pairs = (whole * n * (n - 1) + rest * (rest - 1.0)) / count;
    return new Balance(Math.max(0, 1 - pairs / (n - 1)), 1 + pairs * 3 / ((n - 1) * (n - 3)));
  }

  /**
   * By how much more a fit has taken of the products of many signs than of others: their part in
   * the residuals is to be multiplied by that.
   *
   * @param count rows or pairs
   * @param columns that were fitted
   */
  double taken(int count, int columns) {
    double left = count - columns * many;
    return left > 0.5 * (count - columns) ? (count - columns) / left : 2;
  }

  /** Signs of the first rows, or of the first of each pair, column by column. */
  static double[][] signs(Columns columns, int first, int blockRows, int count) {
    double[][] signs = new double[columns.columns()][count];
    double[] rows = new double[count * blockRows];
    int there = Math.min(rows.length, columns.rows() - first);
    for (int j = 0; j < signs.length; j++) {
      columns.copy(j, first, there, 0.5, rows);
      for (int g = 0; g < count; g++) {
        signs[j][g] = 2 * rows[g * blockRows];
      }
    }
    return signs;
  }
}
