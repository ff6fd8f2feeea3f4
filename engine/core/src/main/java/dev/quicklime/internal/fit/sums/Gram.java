package dev.quicklime.internal.fit.sums;

import dev.quicklime.design.MaskMatrix;
import dev.quicklime.internal.kernel.Kernels;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.Objects;

/**
 * What a linear fit needs to know of masks and weights, whatever the scores: Σw, Σw·z and ZᵀWZ.
 * Computed once and shared by all explained classes and surrogates. Where many rows have the same
 * weight, as when it depends on the number of superpixels shown, each product is a sum of weights
 * times integers. It does not depend on how the samples were batched. Immutable.
 */
public final class Gram {

  private final double totalWeight;
  private final int columns;
  private final int stride;
  private final double[] products;
  private final double[] sums;

  /** Sums over masks, where Σw·zⱼ² is Σw·zⱼ. */
  Gram(double totalWeight, int columns, int stride, double[] products) {
    this(totalWeight, columns, stride, products, new double[0]);
  }

  /**
   * Sums over real numbers.
   *
   * @param sums Σw·zⱼ, or nothing where they are on the diagonal
   */
  Gram(double totalWeight, int columns, int stride, double[] products, double[] sums) {
    this.totalWeight = totalWeight;
    this.columns = columns;
    this.stride = stride;
    this.products = products;
    this.sums = sums;
  }

  /**
   * Sums up masks.
   *
   * @param masks n × d
   * @param weights n finite numbers ≥ 0, not all of them 0
   */
  public static Gram of(MaskMatrix masks, double[] weights) {
    Objects.requireNonNull(masks, "masks");
    Objects.requireNonNull(weights, "weights");
    long pairs = (long) masks.columns() * masks.columns() / 2;
    GramBuilder builder =
        new GramBuilder(
            ColdStart.exact(masks.rows() / Long.SIZE * pairs + pairs), Kernels.chosen());
    builder.build(masks, weights);
    return builder.gram();
  }

  /**
   * Sums up real numbers.
   *
   * @param columns d
   * @param values n · d numbers, row by row
   * @param weights n finite numbers ≥ 0, not all of them 0
   */
  public static Gram of(int columns, double[] values, double[] weights) {
    Objects.requireNonNull(weights, "weights");
    return RealSums.gram(columns, values, weights);
  }

  /** Writes sums over masks. */
  void write(DataOutput out) throws IOException {
    out.writeDouble(totalWeight);
    for (int j = 0; j < columns; j++) {
      for (int k = j; k < columns; k++) {
        out.writeDouble(product(j, k));
      }
    }
  }

  /** What {@link #write} wrote. */
  static Gram read(int columns, DataInput in) throws IOException {
    double totalWeight = in.readDouble();
    int stride = ColumnBits.groups(columns) * ColumnBits.LANES;
    double[] products = new double[stride * stride];
    for (int j = 0; j < columns; j++) {
      for (int k = j; k < columns; k++) {
        products[j * stride + k] = in.readDouble();
        products[k * stride + j] = products[j * stride + k];
      }
    }
    return new Gram(totalWeight, columns, stride, products);
  }

  /** Number of columns, d: superpixels, or features of a table. */
  public int columns() {
    return columns;
  }

  /** Σw. */
  public double totalWeight() {
    return totalWeight;
  }

  /** Σw·zⱼ. */
  public double sum(int column) {
    return sums.length == 0 ? products[column * stride + column] : sums[column];
  }

  /** Row-major matrix of Σw·zⱼ·zₖ, whose rows are filled up with zeros; not to be written to. */
  public double[] products() {
    return products;
  }

  /** Length of a row of {@link #products()}: d, rounded up to a multiple of eight. */
  public int stride() {
    return stride;
  }

  /** Σw·zⱼ·zₖ. */
  public double product(int j, int k) {
    return products[j * stride + k];
  }
}
