package dev.quicklime.surrogate;

import dev.quicklime.design.MaskMatrix;

/**
 * What a linear fit needs to know of one class's scores y besides the {@link Gram}: their weighted
 * mean ȳ, Σw·zⱼ·(y − ȳ) and Σw·(y − ȳ)². The mean is taken off before anything is multiplied, so
 * that scores that vary little around a large value lose no digits. Immutable.
 */
public final class Moments {

  private final double mean;
  private final double[] products;
  private final double deviation;

  private Moments(double mean, double[] products, double deviation) {
    this.mean = mean;
    this.products = products;
    this.deviation = deviation;
  }

  /**
   * Sums up the scores of one class.
   *
   * @param masks n × d
   * @param weights n weights, as given to {@link Gram#of}
   * @param scores finite scores of all classes, row by row
   * @param classes how many scores a row has
   * @param column which of them is meant
   * @throws IllegalArgumentException if the scores are so large that their squares overflow
   */
  public static Moments of(
      MaskMatrix masks, double[] weights, double[] scores, int classes, int column) {
    int rows = masks.rows();
    if (weights.length != rows || scores.length != (long) rows * classes) {
      throw new IllegalArgumentException(
          "masks, weights and scores must have one length, got "
              + rows
              + ", "
              + weights.length
              + ", "
              + (double) scores.length / classes);
    }
    double total = 0;
    double sum = 0;
    for (int row = 0; row < rows; row++) {
      total += weights[row];
      sum += weights[row] * scores[row * classes + column];
    }
    double mean = sum / total;
    double[] products = new double[masks.columns()];
    double deviation = 0;
    int[] shown = new int[masks.columns()];
    for (int row = 0; row < rows; row++) {
      double y = scores[row * classes + column] - mean;
      double wy = weights[row] * y;
      deviation += wy * y;
      if (wy != 0) {
        int count = Gram.indicesShown(masks, row, shown);
        for (int a = 0; a < count; a++) {
          products[shown[a]] += wy;
        }
      }
    }
    if (!Double.isFinite(deviation)) {
      throw new IllegalArgumentException(
          "scores must be finite and their squares must not overflow, got a weighted mean of "
              + mean);
    }
    return new Moments(mean, products, deviation);
  }

  /** Weighted mean ȳ. */
  public double mean() {
    return mean;
  }

  /** Σw·zⱼ·(y − ȳ). */
  public double product(int column) {
    return products[column];
  }

  /** Σw·(y − ȳ)². */
  public double deviation() {
    return deviation;
  }
}
