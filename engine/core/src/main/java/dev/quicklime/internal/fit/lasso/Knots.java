package dev.quicklime.internal.fit.lasso;

import java.util.Arrays;

/** Corners of a piecewise linear path of coefficients, from the largest α to the smallest. */
public final class Knots {

  private int size;
  private int count;
  private double[] alphas = new double[0];
  private double[] coefficients = new double[0];

  /** Forgets all knots and expects coefficients of another size. */
  void clear(int newSize) {
    size = newSize;
    count = 0;
  }

  /** Adds a knot with coefficients 0. */
  void add(double alpha) {
    if (count == alphas.length) {
      alphas = Arrays.copyOf(alphas, 2 * count + 16);
    }
    if (coefficients.length < (count + 1) * size) {
      coefficients = Arrays.copyOf(coefficients, Math.multiplyExact(2 * count + 16, size));
    }
    alphas[count] = alpha;
    Arrays.fill(coefficients, count * size, (count + 1) * size, 0);
    count++;
  }

  /** Sets a coefficient of the last knot. */
  void set(int column, double value) {
    coefficients[(count - 1) * size + column] = value;
  }

  public int count() {
    return count;
  }

  double alpha(int knot) {
    return alphas[knot];
  }

  public double coefficient(int knot, int column) {
    return coefficients[knot * size + column];
  }

  /**
   * Writes the coefficients at an α, which are linear in it between two knots.
   *
   * @param alpha at least that of the last knot
   */
  public void interpolate(double alpha, double[] into) {
    int after = 0;
    while (after < count && alphas[after] > alpha) {
      after++;
    }
    assert after < count;
    if (after == 0) {
      Arrays.fill(into, 0, size, 0);
      return;
    }
    int from = (after - 1) * size;
    double share = (alphas[after - 1] - alpha) / (alphas[after - 1] - alphas[after]);
    for (int j = 0; j < size; j++) {
      double left = coefficients[from + j];
      double right = coefficients[from + size + j];
      into[j] = (1 - share) * left + share * right;
    }
  }
}
