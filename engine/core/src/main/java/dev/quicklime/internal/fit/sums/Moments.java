package dev.quicklime.internal.fit.sums;

import dev.quicklime.InvalidInputException;
import dev.quicklime.design.MaskMatrix;
import dev.quicklime.internal.kernel.Kernels;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.List;
import java.util.Objects;
import java.util.stream.IntStream;

/**
 * What a linear fit needs to know of one class's scores y besides the {@link Gram}: their weighted
 * mean ȳ, Σw·zⱼ·(y − ȳ) and Σw·(y − ȳ)². The mean is taken off before anything is multiplied, so
 * that scores that vary little around a large value lose no digits. Immutable.
 */
public final class Moments {

  private final double mean;
  private final double[] products;
  private final double deviation;

  Moments(double mean, double[] products, double deviation) {
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
   * @throws InvalidInputException if the scores are so large that their squares overflow
   */
  public static Moments of(
      MaskMatrix masks, double[] weights, double[] scores, int classes, int column) {
    Objects.requireNonNull(masks, "masks");
    Objects.requireNonNull(weights, "weights");
    Objects.requireNonNull(scores, "scores");
    check(classes, column);
    MomentsBuilder builder = new MomentsBuilder(Kernels.chosen());
    builder.build(masks, weights, scores, classes, column, 1);
    return builder.moments(0);
  }

  /**
   * Sums up the scores of all classes, which takes little longer than one of them.
   *
   * @param masks n × d
   * @param weights n weights, as given to {@link Gram#of}
   * @param scores finite scores of all classes, row by row
   * @param classes how many scores a row has, ≥ 1
   * @return one result for each class, in order
   * @throws InvalidInputException if the scores are so large that their squares overflow
   */
  public static List<Moments> ofAll(
      MaskMatrix masks, double[] weights, double[] scores, int classes) {
    Objects.requireNonNull(masks, "masks");
    Objects.requireNonNull(weights, "weights");
    Objects.requireNonNull(scores, "scores");
    check(classes, 0);
    MomentsBuilder builder = new MomentsBuilder(Kernels.chosen());
    builder.build(masks, weights, scores, classes, 0, classes);
    return IntStream.range(0, classes).mapToObj(builder::moments).toList();
  }

  /** The same with more of the deviation that no mask explains. */
  Moments with(double unexplained) {
    return new Moments(mean, products, deviation + unexplained);
  }

  /** Refuses scores whose squares overflow. */
  static void check(double mean, double deviation, double total) {
    if (!Double.isFinite(deviation / total) || !Double.isFinite(mean * mean)) {
      throw new InvalidInputException(
          "scores must be finite and their squares must not overflow, got a weighted mean of "
              + mean);
    }
  }

  private static void check(int classes, int column) {
    if (classes < 1) {
      throw new InvalidInputException("classes must be at least 1, got " + classes);
    }
    if (column < 0 || column >= classes) {
      throw new InvalidInputException(
          "column must be between 0 and " + (classes - 1) + ", got " + column);
    }
  }

  void write(DataOutput out) throws IOException {
    out.writeDouble(mean);
    out.writeDouble(deviation);
    for (double product : products) {
      out.writeDouble(product);
    }
  }

  static Moments read(int columns, DataInput in) throws IOException {
    double mean = in.readDouble();
    double deviation = in.readDouble();
    double[] products = new double[columns];
    for (int j = 0; j < columns; j++) {
      products[j] = in.readDouble();
    }
    return new Moments(mean, products, deviation);
  }

  /** Number of superpixels, d. */
  public int columns() {
    return products.length;
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
