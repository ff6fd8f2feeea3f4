package dev.quicklime.internal.fit.sums;

import java.util.List;

/** Real numbers as columns. Immutable. */
public final class RealColumns implements Columns {

  private final int columns;
  private final double[] values;

  /**
   * Takes numbers.
   *
   * @param columns d
   * @param values n · d finite numbers, row by row; not to be written to any more
   */
  public RealColumns(int columns, double[] values) {
    this.columns = columns;
    this.values = values;
  }

  @Override
  public int rows() {
    return values.length / columns;
  }

  @Override
  public int columns() {
    return columns;
  }

  @Override
  public String noun() {
    return "feature";
  }

  @Override
  public boolean exhaustive() {
    return false;
  }

  @Override
  public Gram gram(double[] weights) {
    return RealSums.gram(columns, values, weights);
  }

  @Override
  public List<Moments> moments(double[] weights, double[] scores, int classes) {
    return RealSums.moments(columns, values, weights, scores, classes);
  }

  @Override
  public void copy(int column, int first, int count, double less, double[] into) {
    for (int i = 0, at = first * columns + column; i < count; i++, at += columns) {
      into[i] = values[at] - less;
    }
  }

  @Override
  public double linear(int row, double intercept, double[] coefficients) {
    double sum = intercept;
    for (int j = 0, at = row * coefficients.length; j < coefficients.length; j++, at++) {
      sum += coefficients[j] * values[at];
    }
    return sum;
  }
}
