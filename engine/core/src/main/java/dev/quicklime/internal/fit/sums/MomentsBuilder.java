package dev.quicklime.internal.fit.sums;

import dev.quicklime.InvalidInputException;
import dev.quicklime.design.MaskMatrix;
import dev.quicklime.internal.kernel.KernelSet;
import dev.quicklime.internal.kernel.sums.ColumnSumKernel;
import java.util.Arrays;

/**
 * Computes {@link Moments} of some classes at once. Working memory does not grow with the samples
 * and is kept for the next call. Not safe for use by several threads.
 */
public final class MomentsBuilder {

  private static final int SERIES = ColumnSumKernel.SERIES;
  private static final int ROWS = ColumnBits.ROWS;

  private final ColumnSumKernel kernel;
  private final ColumnBits columns;
  private final double[] scratch = new double[ColumnSumKernel.SCRATCH];
  private final double[] values = new double[SERIES * ROWS];
  private long[] rowWords = new long[0];
  private double[] means = new double[0];
  private double[] deviations = new double[0];

  /** Sums of some classes at a time, series by series. */
  private double[][] sums = new double[0][];

  private int size;
  private int stride;
  private double total;

  public MomentsBuilder(KernelSet kernels) {
    kernel = kernels.columnSum();
    columns = new ColumnBits(kernels);
  }

  /**
   * Sums up scores; what was computed before is overwritten.
   *
   * @param scores all classes, row by row
   * @param classes how many scores a row has
   * @param first the first class that is meant
   * @param count how many are meant
   */
  public void build(
      MaskMatrix masks, double[] weights, double[] scores, int classes, int first, int count) {
    int rows = masks.rows();
    if (weights.length != rows || scores.length != (long) rows * classes) {
      throw new InvalidInputException(
          "weights and scores must be %s, one and %s for each mask, got %s and %s"
              .formatted(rows, classes, weights.length, scores.length));
    }
    size = masks.columns();
    int groups = ColumnBits.groups(size);
    stride = groups * ColumnBits.LANES;
    reserve(masks, count);
    for (int c = 0; c < count; c += SERIES) {
      average(weights, scores, classes, first, c, count);
    }
    add(masks, weights, scores, classes, first, count, groups);
    checkDeviations(count);
  }

  /**
   * Sums up scores of all classes as they are, about 0 instead of their mean; what was computed
   * before is overwritten.
   *
   * @param scores row by row
   * @param classes how many scores a row has
   */
  void sum(MaskMatrix masks, double[] weights, double[] scores, int classes) {
    size = masks.columns();
    int groups = ColumnBits.groups(size);
    stride = groups * ColumnBits.LANES;
    reserve(masks, classes);
    Arrays.fill(means, 0);
    add(masks, weights, scores, classes, 0, classes, groups);
  }

  private void add(
      MaskMatrix masks,
      double[] weights,
      double[] scores,
      int classes,
      int first,
      int count,
      int groups) {
    int rows = masks.rows();
    for (int from = 0; from < rows; from += ROWS) {
      int end = Math.min(rows, from + ROWS);
      masks.copyWords(from, end - from, rowWords);
      columns.put(0, rowWords, masks.wordsPerRow(), end - from);
      for (int c = 0; c < count; c += SERIES) {
        center(weights, scores, classes, first, c, count, from, end);
        kernel.add(columns.bits(), 0, columns.step(), groups, values, sums[c / SERIES], scratch);
      }
    }
  }

  private void reserve(MaskMatrix masks, int count) {
    columns.resize(masks, 1);
    if (rowWords.length < ROWS * masks.wordsPerRow()) {
      rowWords = new long[ROWS * masks.wordsPerRow()];
    }
    int calls = (count + SERIES - 1) / SERIES;
    if (sums.length < calls || sums[0].length < SERIES * stride) {
      means = new double[calls * SERIES];
      deviations = new double[calls * SERIES];
      sums = new double[calls][SERIES * stride];
    }
    Arrays.fill(deviations, 0);
    for (int i = 0; i < calls; i++) {
      Arrays.fill(sums[i], 0);
    }
  }

  /** Three means at a time, since one addition has to wait for the one before. */
  private void average(
      double[] weights, double[] scores, int classes, int first, int index, int count) {
    int at0 = first + index;
    int at1 = first + Math.min(index + 1, count - 1);
    int at2 = first + Math.min(index + 2, count - 1);
    total = 0;
    double sum0 = 0;
    double sum1 = 0;
    double sum2 = 0;
    int row = 0;
    for (double weight : weights) {
      total += weight;
      sum0 += weight * scores[row + at0];
      sum1 += weight * scores[row + at1];
      sum2 += weight * scores[row + at2];
      row += classes;
    }
    means[index] = sum0 / total;
    means[index + 1] = sum1 / total;
    means[index + 2] = sum2 / total;
  }

  /** Series of w·(y − ȳ), 0 past the last row; what stands past the last class is not used. */
  private void center(
      double[] weights,
      double[] scores,
      int classes,
      int first,
      int index,
      int count,
      int from,
      int end) {
    int at0 = first + index;
    int at1 = first + Math.min(index + 1, count - 1);
    int at2 = first + Math.min(index + 2, count - 1);
    double deviation0 = deviations[index];
    double deviation1 = deviations[index + 1];
    double deviation2 = deviations[index + 2];
    for (int row = from; row < end; row++) {
      double weight = weights[row];
      double y0 = scores[row * classes + at0] - means[index];
      double y1 = scores[row * classes + at1] - means[index + 1];
      double y2 = scores[row * classes + at2] - means[index + 2];
      double wy0 = weight * y0;
      double wy1 = weight * y1;
      double wy2 = weight * y2;
      values[row - from] = wy0;
      values[row - from + ROWS] = wy1;
      values[row - from + 2 * ROWS] = wy2;
      deviation0 += wy0 * y0;
      deviation1 += wy1 * y1;
      deviation2 += wy2 * y2;
    }
    for (int series = 0; series < SERIES; series++) {
      Arrays.fill(values, series * ROWS + end - from, (series + 1) * ROWS, 0);
    }
    deviations[index] = deviation0;
    deviations[index + 1] = deviation1;
    deviations[index + 2] = deviation2;
  }

  private void checkDeviations(int count) {
    for (int c = 0; c < count; c++) {
      Moments.check(means[c], deviations[c], total);
    }
  }

  /** The result for one of the classes that were meant. */
  public Moments moments(int index) {
    int from = index % SERIES * stride;
    double[] products = Arrays.copyOfRange(sums[index / SERIES], from, from + size);
    return new Moments(means[index], products, deviations[index]);
  }
}
