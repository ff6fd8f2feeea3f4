package dev.quicklime.internal.fit.sums;

import dev.quicklime.InvalidInputException;
import dev.quicklime.design.MaskMatrix;
import dev.quicklime.internal.kernel.KernelSet;
import java.util.Arrays;

/**
 * Sums of scores, block by block: Σw·zⱼ·y, Σw·y and Σw·y², and Σw·zⱼ and Σw beside them. Each block
 * is summed about a mean m of its own, so that scores that vary little around a large value lose no
 * digits, and is brought to the common 0 by exact arithmetic, of which Σw·zⱼ(y − m) + m·Σw·zⱼ is an
 * example; blocks are added exactly. So a block comes to the same numbers wherever it is summed,
 * and all together to the same in any order; and since each block's Σw·zⱼ is the one that m was
 * multiplied by, taking the mean of all off in the end undoes what was added to the last digit.
 * Weights and scores of a block whose products would leave the range of a number are divided by a
 * power of two meanwhile. For one thread.
 */
final class BlockMoments {

  private final MomentsBuilder builder;
  private final int classes;
  private final int columns;
  private final ExactNumber[] sums;

  /** Nothing is summed yet. */
  BlockMoments(KernelSet kernels, int columns, int classes) {
    this.builder = new MomentsBuilder(kernels);
    this.columns = columns;
    this.classes = classes;
    sums = new ExactNumber[(classes + 1) * numbers(columns)];
    Arrays.fill(sums, ExactNumber.ZERO);
  }

  /**
   * Sums of one class: those of each column, of the scores and of their squares. Behind the classes
   * stand those of a score that is 1 throughout.
   */
  static int numbers(int columns) {
    return columns + 2;
  }

  /**
   * Adds one block.
   *
   * @param weights of its rows
   * @param scores finite scores of all rows, row by row
   * @param from the first of the block's rows among them
   */
  void add(MaskMatrix masks, double[] weights, double[] scores, int from) {
    int rows = masks.rows();
    double heaviest = Arrays.stream(weights).max().orElse(0);
    if (heaviest == 0) {
      return;
    }
    int weightExponent = PowersOfTwo.exponent(heaviest);
    double[] tame = new double[rows];
    for (int row = 0; row < rows; row++) {
      tame[row] = Math.scalb(weights[row], -weightExponent);
    }
    int series = classes + 1;
    double[] centred = new double[rows * series];
    double[] means = new double[series];
    int[] exponents = new int[series];
    for (int row = 0; row < rows; row++) {
      centred[row * series + classes] = 1;
    }
    for (int c = 0; c < classes; c++) {
      means[c] = mean(tame, scores, from * classes + c);
      exponents[c] = center(scores, from * classes + c, means[c], c, centred);
    }
    builder.sum(masks, tame, centred, series);
    ExactNumber[] ones = exact(classes, tame, centred, weightExponent, 0);
    addAll(classes, ones);
    for (int c = 0; c < classes; c++) {
      ExactNumber[] own = exact(c, tame, centred, weightExponent, exponents[c]);
      addAll(c, moved(own, ones, ExactNumber.of(means[c])));
    }
  }

  /** The mean of a block's scores but for rounding, or 0 where their sum is beyond all numbers. */
  private double mean(double[] weights, double[] scores, int at) {
    double sum = 0;
    double total = 0;
    for (int row = 0, i = at; row < weights.length; row++, i += classes) {
      sum += weights[row] * scores[i];
      total += weights[row];
    }
    return Double.isFinite(sum) ? sum / total : 0;
  }

  /** Scores of a class less their mean, divided by two to a power, which is given back. */
  private int center(double[] scores, int at, double mean, int column, double[] centred) {
    int series = classes + 1;
    double largest = 0;
    for (int i = column, from = at; i < centred.length; i += series, from += classes) {
      centred[i] = scores[from] - mean;
      largest = Math.max(largest, Math.abs(centred[i]));
    }
    if (!Double.isFinite(largest)) {
      throw new InvalidInputException(
          "scores must be so small that their differences are finite numbers; they are not");
    }
    int exponent = PowersOfTwo.exponent(largest);
    for (int i = column; i < centred.length && exponent != 0; i += series) {
      centred[i] = Math.scalb(centred[i], -exponent);
    }
    return exponent;
  }

  /** What the builder found for a class, in the units of weights and scores. */
  private ExactNumber[] exact(
      int column, double[] weights, double[] centred, int weightExponent, int exponent) {
    Moments block = builder.moments(column);
    ExactNumber[] found = new ExactNumber[numbers(columns)];
    int power = weightExponent + exponent;
    for (int j = 0; j < columns; j++) {
      found[j] = ExactNumber.of(block.product(j)).scaled(power);
    }
    double sum = 0;
    for (int row = 0; row < weights.length; row++) {
      sum += weights[row] * centred[row * (classes + 1) + column];
    }
    found[columns] = ExactNumber.of(sum).scaled(power);
    found[columns + 1] = ExactNumber.of(block.deviation()).scaled(power + exponent);
    return found;
  }

  /** Sums about a mean as sums about 0. */
  private ExactNumber[] moved(ExactNumber[] about, ExactNumber[] ones, ExactNumber mean) {
    ExactNumber[] moved = new ExactNumber[about.length];
    for (int j = 0; j <= columns; j++) {
      moved[j] = about[j].plus(ones[j].times(mean));
    }
    // Σw(y − m)² + m·(2·Σw(y − m) + m·Σw).
    moved[columns + 1] =
        about[columns + 1].plus(
            mean.times(about[columns].scaled(1).plus(mean.times(ones[columns]))));
    return moved;
  }

  private void addAll(int column, ExactNumber[] block) {
    int at = column * block.length;
    for (int i = 0; i < block.length; i++) {
      sums[at + i] = sums[at + i].plus(block[i]);
    }
  }

  /** The sums, class by class; the caller's own. */
  ExactNumber[] sums() {
    return sums.clone();
  }
}
