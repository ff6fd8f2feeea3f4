package dev.quicklime.internal.fit.sums;

import dev.quicklime.InvalidInputException;
import dev.quicklime.design.MaskMatrix;
import dev.quicklime.internal.kernel.KernelSet;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Sums of some rows of masks and their scores, which add up with those of other rows: to the same
 * bits in whatever parts rows come, as long as no block is torn apart, and in whatever order parts
 * are added. Immutable.
 */
public final class AdditiveSums {

  private final RowSpans rows;
  private final PairCounts counts;
  private final ExactNumber[] moments;
  private final double[] largest;

  private AdditiveSums(RowSpans rows, PairCounts counts, ExactNumber[] moments, double[] largest) {
    this.rows = rows;
    this.counts = counts;
    this.moments = moments;
    this.largest = largest;
  }

  /**
   * Sums up rows.
   *
   * @param kernels what they are summed by
   * @param first number of the first of them
   * @param masks the rows
   * @param weights one for each row, finite and ≥ 0
   * @param scores finite scores, row by row
   * @param classes how many scores a row has, ≥ 1
   * @param block rows of a block; blocks begin at row 1, and row 0 belongs to the first of them
   */
  public static AdditiveSums of(
      KernelSet kernels,
      int first,
      MaskMatrix masks,
      double[] weights,
      double[] scores,
      int classes,
      int block) {
    BlockMoments moments = new BlockMoments(kernels, masks.columns(), classes);
    for (int from = 0, to; from < masks.rows(); from = to) {
      to = Math.min(masks.rows(), from + block + (first + from == 0 ? 1 : 0));
      moments.add(
          masks.slice(from, to - from), Arrays.copyOfRange(weights, from, to), scores, from);
    }
    double[] largest = new double[classes];
    for (int i = 0; i < scores.length; i++) {
      largest[i % classes] = Math.max(largest[i % classes], Math.abs(scores[i]));
    }
    return new AdditiveSums(
        RowSpans.of(first, first + masks.rows()),
        PairCounts.of(masks, weights, first, kernels),
        moments.sums(),
        largest);
  }

  /** With other rows of as many columns and classes, none of which are here. */
  public AdditiveSums plus(AdditiveSums other) {
    double[] most = largest.clone();
    for (int c = 0; c < most.length; c++) {
      most[c] = Math.max(most[c], other.largest[c]);
    }
    return new AdditiveSums(
        rows.plus(other.rows),
        counts.plus(other.counts),
        ExactNumber.sums(moments, other.moments),
        most);
  }

  /** Which rows these are. */
  public RowSpans rows() {
    return rows;
  }

  /** (Σw)²/Σw². */
  public double effectiveSamples() {
    return counts.effectiveSamples();
  }

  /**
   * What surrogates are fitted to, once all rows are here.
   *
   * @param columns what is known of the rows
   * @param blockRows how many consecutive rows after row 0 depend on each other
   * @param balancedRows after multiples of how many rows they are balanced
   * @throws InvalidInputException if no row has weight, or squares of scores overflow
   */
  public SampleSums finished(SummedColumns columns, int blockRows, int balancedRows) {
    double weight = counts.total().rounded();
    if (!(weight >= Double.MIN_NORMAL)) {
      throw new InvalidInputException(
          "weights must have a sum of at least %s, got %s".formatted(Double.MIN_NORMAL, weight));
    }
    int weightExponent = PowersOfTwo.exponent(counts.largest());
    int[] exponents = Arrays.stream(largest).mapToInt(PowersOfTwo::exponent).toArray();
    List<Moments> centred = new ArrayList<>();
    for (int c = 0; c < exponents.length; c++) {
      centred.add(centred(c, columns.columns(), weightExponent, exponents[c]));
    }
    return SampleSums.ofSums(
        columns,
        counts.rows(),
        weightExponent,
        exponents,
        blockRows,
        balancedRows,
        counts.effectiveSamples(),
        counts.gram(weightExponent),
        centred);
  }

  /** Sums of one class about its mean. */
  private Moments centred(int column, int columns, int weightExponent, int exponent) {
    int own = column * BlockMoments.numbers(columns);
    int ones = largest.length * BlockMoments.numbers(columns);
    ExactNumber total = moments[ones + columns];
    ExactNumber sum = moments[own + columns];
    ExactNumber squares = moments[own + columns + 1];
    double[] products = new double[columns];
    for (int j = 0; j < columns; j++) {
      products[j] =
          moments[own + j]
              .times(total)
              .minus(sum.times(moments[ones + j]))
              .scaled(-weightExponent - exponent)
              .over(total);
    }
    double mean = sum.scaled(-exponent).over(total);
    double deviation =
        squares
            .times(total)
            .minus(sum.times(sum))
            .scaled(-weightExponent - 2 * exponent)
            .over(total);
    Moments.check(mean, deviation, total.scaled(-weightExponent).rounded());
    // Rounding within blocks can leave less than nothing of scores that do not vary.
    return new Moments(mean, products, Math.max(0, deviation));
  }

  /** Writes all that {@link #read} needs. */
  public void write(DataOutput out) throws IOException {
    rows.write(out);
    counts.write(out);
    ExactNumber.writeAll(moments, out);
    out.writeInt(largest.length);
    for (double most : largest) {
      out.writeDouble(most);
    }
  }

  /** What {@link #write} wrote. */
  public static AdditiveSums read(DataInput in) throws IOException {
    RowSpans rows = RowSpans.read(in);
    PairCounts counts = PairCounts.read(in);
    ExactNumber[] moments = ExactNumber.readAll(in);
    double[] largest = new double[in.readInt()];
    for (int c = 0; c < largest.length; c++) {
      largest[c] = in.readDouble();
    }
    return new AdditiveSums(rows, counts, moments, largest);
  }
}
