package dev.quicklime.internal.fit.sums;

import dev.quicklime.InvalidInputException;
import dev.quicklime.design.MaskMatrix;
import dev.quicklime.internal.kernel.KernelSet;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What a {@link Gram} is made from where many rows have the same weight: for each weight, how often
 * two columns are both 1. Integers add up to the same in any order, and are multiplied in the end
 * as {@link GramBuilder} does it, hence to the same bits. Immutable.
 */
final class PairCounts {

  /**
   * Rows of one weight.
   *
   * @param weight above 0
   * @param first the first of the rows
   * @param rows how many
   * @param pairs upper triangle of counts, row by row; not to be written to
   */
  @SuppressWarnings("ArrayRecordComponent") // Megabytes that stay among these classes.
  private record Counted(double weight, int first, int rows, int[] pairs) {

    Counted plus(Counted other) {
      int[] sum = pairs.clone();
      for (int i = 0; i < sum.length; i++) {
        sum[i] += other.pairs[i];
      }
      return new Counted(weight, Math.min(first, other.first), rows + other.rows, sum);
    }
  }

  private final int columns;
  private final List<Counted> classes;

  private PairCounts(int columns, List<Counted> classes) {
    this.columns = columns;
    this.classes = classes.stream().sorted(Comparator.comparingInt(Counted::first)).toList();
  }

  /**
   * Counts rows; those of weight 0 are left out.
   *
   * @param weights one for each row, finite and ≥ 0
   * @param first number of the first row
   */
  static PairCounts of(MaskMatrix masks, double[] weights, int first, KernelSet kernels) {
    WeightClasses sorted = new WeightClasses();
    sorted.sort(weights);
    if (sorted.count() == 0 && Arrays.stream(weights).anyMatch(w -> w > 0)) {
      throw new InvalidInputException(
          "rows that are counted must have at most %s different weights; take fewer superpixels"
              .formatted(WeightClasses.MOST));
    }
    int size = masks.columns();
    int stride = ColumnBits.groups(size) * ColumnBits.LANES;
    ClassCounter counter = new ClassCounter(kernels.pairCount(), new ColumnBits(kernels));
    double[] counts = new double[stride * stride];
    List<Counted> classes = new ArrayList<>();
    for (int c = 0, from = 0; c < sorted.count(); from = sorted.end(c++)) {
      Arrays.fill(counts, 0);
      int to = sorted.end(c);
      counter.add(masks, sorted.order(), from, to, counts);
      int[] pairs = new int[size * (size + 1) / 2];
      for (int j = 0, at = 0; j < size; j++) {
        for (int k = j; k < size; k++) {
          pairs[at++] = (int) counts[j * stride + k];
        }
      }
      classes.add(new Counted(sorted.weight(c), first + sorted.order()[from], to - from, pairs));
    }
    return new PairCounts(size, classes);
  }

  /** The counts of other rows of the same columns besides. */
  PairCounts plus(PairCounts other) {
    Map<Double, Counted> all = new LinkedHashMap<>();
    classes.forEach(c -> all.put(c.weight, c));
    other.classes.forEach(c -> all.merge(c.weight, c, Counted::plus));
    return new PairCounts(columns, List.copyOf(all.values()));
  }

  /** Rows whose weight is not 0. */
  int rows() {
    return classes.stream().mapToInt(Counted::rows).sum();
  }

  /** The largest weight, 0 where there is none. */
  double largest() {
    return classes.stream().mapToDouble(Counted::weight).max().orElse(0);
  }

  /** Σw. */
  ExactNumber total() {
    ExactNumber sum = ExactNumber.ZERO;
    for (Counted c : classes) {
      sum = sum.plus(ExactNumber.of(c.weight).times(c.rows));
    }
    return sum;
  }

  /** Σw·zⱼ of each column. */
  ExactNumber[] sums() {
    ExactNumber[] sums = new ExactNumber[columns];
    Arrays.fill(sums, ExactNumber.ZERO);
    for (Counted c : classes) {
      ExactNumber weight = ExactNumber.of(c.weight);
      for (int j = 0, at = 0; j < columns; at += columns - j++) {
        sums[j] = sums[j].plus(weight.times(c.pairs[at]));
      }
    }
    return sums;
  }

  /** (Σw)²/Σw². */
  double effectiveSamples() {
    ExactNumber squares = ExactNumber.ZERO;
    for (Counted c : classes) {
      ExactNumber weight = ExactNumber.of(c.weight);
      squares = squares.plus(weight.times(weight).times(c.rows));
    }
    ExactNumber total = total();
    return classes.isEmpty() ? 0 : total.times(total).over(squares);
  }

  /** Products of weights that are divided by 2 to the exponent. */
  Gram gram(int exponent) {
    int stride = ColumnBits.groups(columns) * ColumnBits.LANES;
    double[] products = new double[stride * stride];
    for (Counted c : classes) {
      double weight = Math.scalb(c.weight, -exponent);
      for (int j = 0, at = 0; j < columns; j++) {
        for (int k = j; k < columns; k++) {
          products[j * stride + k] += weight * c.pairs[at++];
        }
      }
    }
    for (int j = 0; j < columns; j++) {
      for (int k = 0; k < j; k++) {
        products[j * stride + k] = products[k * stride + j];
      }
    }
    return new Gram(total().scaled(-exponent).rounded(), columns, stride, products);
  }

  void write(DataOutput out) throws IOException {
    out.writeInt(columns);
    out.writeInt(classes.size());
    for (Counted c : classes) {
      out.writeDouble(c.weight);
      out.writeInt(c.first);
      out.writeInt(c.rows);
      PackedCounts.write(c.pairs, c.rows, out);
    }
  }

  static PairCounts read(DataInput in) throws IOException {
    int columns = in.readInt();
    List<Counted> classes = new ArrayList<>();
    for (int left = in.readInt(); left > 0; left--) {
      double weight = in.readDouble();
      int first = in.readInt();
      int rows = in.readInt();
      int[] pairs = PackedCounts.read(columns * (columns + 1) / 2, rows, in);
      classes.add(new Counted(weight, first, rows, pairs));
    }
    return new PairCounts(columns, classes);
  }
}
