package dev.quicklime.internal.fit.subset;

import dev.quicklime.internal.kernel.KernelSet;
import dev.quicklime.internal.kernel.matrix.CombineKernel;
import java.util.Arrays;

/**
 * Fits columns of a {@link SubsetNode} one after the other, by a Cholesky factorisation that goes
 * as far as they do, and keeps for every column what they leave of its variance and of its product
 * with the scores. Memory is kept for the next fit. Not safe for use by several threads.
 */
final class SubsetFactor {

  private final CombineKernel combining;
  private SubsetNode node = new SubsetNode();
  private int depth;
  private int[] rows = new int[0];
  private double[] added = new double[0];
  private double[] half = new double[0];
  private double[] variances = new double[0];
  private double[] products = new double[0];

  SubsetFactor(KernelSet kernels) {
    combining = kernels.combine();
  }

  /** Starts with no columns of a node, of which at most so many will be fitted. */
  void clear(SubsetNode next, int most) {
    node = next;
    depth = 0;
    int stride = node.stride();
    if (rows.length < most) {
      rows = new int[most];
      Arrays.setAll(rows, i -> i);
      added = new double[most];
    }
    if (half.length < most * stride) {
      half = new double[most * stride];
    }
    if (products.length < stride) {
      variances = new double[stride];
      products = new double[stride];
    }
    Arrays.fill(variances, 0, node.count(), 1);
    System.arraycopy(node.linear(), 0, products, 0, stride);
  }

  /**
   * Fits one more column.
   *
   * @return what it gains; 0 where it depends on those fitted before, and stays out
   */
  double push(int column) {
    if (!(variances[column] > SubsetNode.DEPENDENT)) {
      return 0;
    }
    int stride = node.stride();
    for (int i = 0; i < depth; i++) {
      added[i] = half[i * stride + column];
    }
    int to = depth * stride;
    combining.subtract(node.matrix(), column * stride, half, stride, rows, depth, added, half, to);
    double scale = 1 / Math.sqrt(variances[column]);
    double product = products[column] * scale;
    for (int j = 0; j < node.count(); j++) {
      double element = half[to + j] * scale;
      half[to + j] = element;
      variances[j] -= element * element;
      products[j] -= product * element;
    }
    variances[column] = 0;
    products[column] = 0;
    depth++;
    return product * product;
  }

  /** The share of a column's variance that the columns fitted leave. */
  double variance(int column) {
    return variances[column];
  }

  /** What the columns fitted leave of a column's product with the scores. */
  double product(int column) {
    return products[column];
  }

  /** What a column would gain; 0 where it depends on those fitted. */
  double gain(int column) {
    double variance = variances[column];
    return variance > SubsetNode.DEPENDENT ? products[column] * products[column] / variance : 0;
  }
}
