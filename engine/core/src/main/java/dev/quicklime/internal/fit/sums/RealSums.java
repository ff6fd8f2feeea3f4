package dev.quicklime.internal.fit.sums;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Sums over rows of real numbers. Plain loops that run along a row, four rows at a time, which the
 * JVM's compiler turns into vector instructions by itself: with twins of the kernels' kind there
 * would be little to gain beside a model's forward passes.
 */
final class RealSums {

  /** Rows whose products are added at once, so that each sum is loaded and stored less often. */
  private static final int AT_ONCE = 4;

  private static final int LANES = 8;

  private RealSums() {}

  /**
   * Σw, Σw·z and ZᵀWZ.
   *
   * @param size d
   * @param values n · d numbers, row by row
   */
  static Gram gram(int size, double[] values, double[] weights) {
    int count = values.length / size;
    double total = GramBuilder.checkWeights(count, weights);
    int stride = (size + LANES - 1) / LANES * LANES;
    double[] products = new double[stride * stride];
    double[] sums = new double[size];
    double[][] rows = new double[AT_ONCE][stride];
    double[] w = new double[AT_ONCE];
    for (int first = 0; first < count; first += AT_ONCE) {
      for (int r = 0; r < AT_ONCE; r++) {
        boolean there = first + r < count;
        // The rows of earlier sums stay where there is none, without weight.
        w[r] = there ? weights[first + r] : 0;
        if (there) {
          System.arraycopy(values, (first + r) * size, rows[r], 0, size);
        }
      }
      add(rows, w, size, stride, sums, products);
    }
    for (int j = 0; j < size; j++) {
      for (int k = 0; k < j; k++) {
        products[j * stride + k] = products[k * stride + j];
      }
    }
    return new Gram(total, size, stride, products, sums);
  }

  private static void add(
      double[][] rows, double[] w, int size, int stride, double[] sums, double[] products) {
    double[] row0 = rows[0];
    double[] row1 = rows[1];
    double[] row2 = rows[2];
    double[] row3 = rows[3];
    for (int j = 0; j < size; j++) {
      double a0 = w[0] * row0[j];
      double a1 = w[1] * row1[j];
      double a2 = w[2] * row2[j];
      double a3 = w[3] * row3[j];
      sums[j] += (a0 + a1) + (a2 + a3);
      int at = j * stride;
      for (int k = j; k < size; k++) {
        products[at + k] += (a0 * row0[k] + a1 * row1[k]) + (a2 * row2[k] + a3 * row3[k]);
      }
    }
  }

  /** For each class ȳ, Σw·zⱼ·(y − ȳ) and Σw·(y − ȳ)². */
  static List<Moments> moments(
      int size, double[] values, double[] weights, double[] scores, int classes) {
    double total = Arrays.stream(weights).sum();
    List<Moments> all = new ArrayList<>();
    for (int c = 0; c < classes; c++) {
      double sum = 0;
      for (int row = 0; row < weights.length; row++) {
        sum += weights[row] * scores[row * classes + c];
      }
      all.add(moments(size, values, weights, scores, classes, c, sum / total, total));
    }
    return all;
  }

  private static Moments moments(
      int size,
      double[] values,
      double[] weights,
      double[] scores,
      int classes,
      int column,
      double mean,
      double total) {
    double[] products = new double[size];
    double deviation = 0;
    for (int row = 0; row < weights.length; row++) {
      double y = scores[row * classes + column] - mean;
      double wy = weights[row] * y;
      deviation += wy * y;
      int at = row * size;
      for (int j = 0; j < size; j++) {
        products[j] += wy * values[at + j];
      }
    }
    Moments.check(mean, deviation, total);
    return new Moments(mean, products, deviation);
  }
}
