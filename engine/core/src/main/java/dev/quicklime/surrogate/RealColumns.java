package dev.quicklime.surrogate;

import java.util.List;
import java.util.Objects;

/**
 * Real numbers as columns.
 *
 * @param matrix n × d
 */
record RealColumns(FeatureMatrix matrix) implements Columns {

  RealColumns {
    // As the only public method that makes one calls it.
    Objects.requireNonNull(matrix, "features");
  }

  @Override
  public int rows() {
    return matrix.rows();
  }

  @Override
  public int columns() {
    return matrix.columns();
  }

  @Override
  public String noun() {
    return "feature";
  }

  @Override
  public Gram gram(double[] weights) {
    return RealSums.gram(matrix, weights);
  }

  @Override
  public List<Moments> moments(double[] weights, double[] scores, int classes) {
    return RealSums.moments(matrix, weights, scores, classes);
  }

  @Override
  public void copy(int column, int first, int count, double less, double[] into) {
    double[] values = matrix.values();
    int columns = matrix.columns();
    for (int i = 0, at = first * columns + column; i < count; i++, at += columns) {
      into[i] = values[at] - less;
    }
  }

  @Override
  public double linear(int row, double intercept, double[] coefficients) {
    double[] values = matrix.values();
    double sum = intercept;
    for (int j = 0, at = row * coefficients.length; j < coefficients.length; j++, at++) {
      sum += coefficients[j] * values[at];
    }
    return sum;
  }
}
