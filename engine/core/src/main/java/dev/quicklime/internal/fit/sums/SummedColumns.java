package dev.quicklime.internal.fit.sums;

import java.util.List;

/**
 * Masks that were summed up elsewhere and are not kept: their sums are all that is known of them.
 *
 * @param rows n
 * @param columns d
 * @param exhaustive whether they are all masks, each once
 */
public record SummedColumns(int rows, int columns, boolean exhaustive) implements Columns {

  @Override
  public String noun() {
    return "superpixel";
  }

  @Override
  public Gram gram(double[] weights) {
    throw gone();
  }

  @Override
  public List<Moments> moments(double[] weights, double[] scores, int classes) {
    throw gone();
  }

  @Override
  public void copy(int column, int first, int count, double less, double[] into) {
    throw gone();
  }

  @Override
  public double linear(int row, double intercept, double[] coefficients) {
    throw gone();
  }

  /** What is to be thrown where rows are asked for. */
  static IllegalStateException gone() {
    return new IllegalStateException("these samples were summed up, and their rows are not kept");
  }
}
