package dev.quicklime.surrogate;

import dev.quicklime.design.MaskMatrix;

/**
 * What a linear fit needs to know of masks and weights, whatever the scores: Σw, Σw·z and ZᵀWZ.
 * Computed once and shared by all explained classes and surrogates. Rows are summed in order, so
 * that the result does not depend on how the samples were batched. Immutable.
 */
public final class Gram {

  private final double totalWeight;
  private final double[] sums;
  private final double[] products;

  private Gram(double totalWeight, double[] sums, double[] products) {
    this.totalWeight = totalWeight;
    this.sums = sums;
    this.products = products;
  }

  /**
   * Sums up masks.
   *
   * @param masks n × d
   * @param weights n finite numbers ≥ 0, not all of them 0
   */
  public static Gram of(MaskMatrix masks, double[] weights) {
    double total = checkWeights(masks, weights);
    int d = masks.columns();
    double[] products = new double[Math.multiplyExact(d, d)];
    int[] shown = new int[d];
    for (int row = 0; row < weights.length; row++) {
      double w = weights[row];
      if (w != 0) {
        int count = indicesShown(masks, row, shown);
        for (int a = 0; a < count; a++) {
          int base = shown[a] * d;
          for (int b = a; b < count; b++) {
            products[base + shown[b]] += w;
          }
        }
      }
    }
    double[] sums = new double[d];
    for (int j = 0; j < d; j++) {
      sums[j] = products[j * d + j];
      for (int k = 0; k < j; k++) {
        products[j * d + k] = products[k * d + j];
      }
    }
    return new Gram(total, sums, products);
  }

  private static double checkWeights(MaskMatrix masks, double[] weights) {
    if (weights.length != masks.rows()) {
      throw new IllegalArgumentException(
          "weights must be as many as masks, " + masks.rows() + ", got " + weights.length);
    }
    double total = 0;
    for (double w : weights) {
      if (!(w >= 0 && w < Double.POSITIVE_INFINITY)) {
        throw new IllegalArgumentException("weights must be 0 or positive numbers, got " + w);
      }
      total += w;
    }
    if (!(total > 0 && total < Double.POSITIVE_INFINITY)) {
      throw new IllegalArgumentException("weights must have a positive sum, got " + total);
    }
    return total;
  }

  /**
   * Writes the superpixels that a row shows, in ascending order, and returns how many there are.
   */
  static int indicesShown(MaskMatrix masks, int row, int[] into) {
    int count = 0;
    for (int i = 0; i < masks.wordsPerRow(); i++) {
      for (long word = masks.word(row, i); word != 0; word &= word - 1) {
        into[count++] = (i << 6) + Long.numberOfTrailingZeros(word);
      }
    }
    return count;
  }

  /** Number of superpixels, d. */
  public int columns() {
    return sums.length;
  }

  /** Σw. */
  public double totalWeight() {
    return totalWeight;
  }

  /** Σw·zⱼ. */
  public double sum(int column) {
    return sums[column];
  }

  /** Σw·zⱼ·zₖ. */
  public double product(int j, int k) {
    return products[j * sums.length + k];
  }
}
