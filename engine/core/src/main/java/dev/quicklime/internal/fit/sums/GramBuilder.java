package dev.quicklime.internal.fit.sums;

import dev.quicklime.InvalidInputException;
import dev.quicklime.design.MaskMatrix;
import dev.quicklime.internal.kernel.KernelSet;
import dev.quicklime.internal.kernel.sums.PairCountKernel;
import dev.quicklime.internal.kernel.sums.PairSumKernel;
import java.util.Arrays;

/**
 * Computes {@link Gram}s. Rows of equal weight are counted, so that each of their products is a
 * weight times an integer; where hardly any two rows have the same, weights are summed row by row.
 *
 * <p>Working memory is bounded but for the order of the rows, and is kept for the next call. Not
 * safe for use by several threads.
 */
public final class GramBuilder {

  /** Words of a block of masks by column: with the sums they stay in the second-level cache. */
  static final int BLOCK = 1 << 15;

  /** Counting a word of a class costs about as much as summing this many rows. */
  private static final int ROWS_WORTH_COUNTING = 4;

  private final PairCountKernel counting;
  private final PairSumKernel summing;
  private final ColumnBits columns;
  private final ClassCounter counter;
  private final WeightClasses classes = new WeightClasses();
  private final int[] blockEnds = new int[WeightClasses.MOST];
  private final double[] blockWeights = new double[WeightClasses.MOST];
  private final double[] scratch = new double[PairSumKernel.SCRATCH];
  private double[] products = new double[0];
  private double[] counts = new double[0];
  private double[] sums = new double[0];
  private long[] rowWords = new long[0];
  private double[] rowWeights = new double[0];
  private double totalWeight;
  private int size;
  private int stride;

  public GramBuilder(KernelSet kernels) {
    this(kernels, kernels);
  }

  /**
   * Prepares to sum.
   *
   * @param exact whose kernels are taken that give the same bits in both sets
   * @param rounding whose kernels are taken that do not
   */
  public GramBuilder(KernelSet exact, KernelSet rounding) {
    counting = exact.pairCount();
    summing = rounding.pairSum();
    columns = new ColumnBits(exact);
    counter = new ClassCounter(counting, columns);
  }

  /** Sums up masks; what was computed before is overwritten. */
  public void build(MaskMatrix masks, double[] weights) {
    totalWeight = checkWeights(masks.rows(), weights);
    size = masks.columns();
    int groups = ColumnBits.groups(size);
    stride = groups * ColumnBits.LANES;
    int length = Math.multiplyExact(stride, stride);
    products = cleared(products, length);
    classes.sort(weights);
    int capacity = ClassCounter.capacity(stride);
    if (classes.count() > 0 && classes.words() <= classes.rows() / ROWS_WORTH_COUNTING) {
      count(masks, groups, capacity);
    } else {
      classes.takeAsTheyCome(weights);
      sum(masks, weights, groups, capacity);
    }
    mirror();
  }

  /** Σw of as many weights as there are rows. */
  static double checkWeights(int rows, double[] weights) {
    if (weights.length != rows) {
      throw new InvalidInputException(
          "weights must be as many as rows, " + rows + ", got " + weights.length);
    }
    double total = 0;
    for (double w : weights) {
      if (!(w >= 0 && w < Double.POSITIVE_INFINITY)) {
        throw new InvalidInputException("weights must be 0 or positive numbers, got " + w);
      }
      total += w;
    }
    if (!(total >= Double.MIN_NORMAL && total < Double.POSITIVE_INFINITY)) {
      throw new InvalidInputException(
          "weights must have a sum of at least " + Double.MIN_NORMAL + ", got " + total);
    }
    return total;
  }

  private static double[] cleared(double[] array, int length) {
    if (array.length < length) {
      return new double[length];
    }
    Arrays.fill(array, 0, length, 0);
    return array;
  }

  private void count(MaskMatrix masks, int groups, int capacity) {
    int next = 0;
    while (next < classes.count()) {
      int first = next;
      int words = 0;
      while (next < classes.count() && words + words(next) <= capacity) {
        words += words(next);
        blockWeights[next - first] = classes.weight(next);
        blockEnds[next - first] = words;
        next++;
      }
      if (next == first) {
        countLong(masks, next++);
        continue;
      }
      columns.resize(masks, words);
      int word = 0;
      for (int c = first; c < next; c++) {
        word = columns.put(word, masks, classes.order(), start(c), classes.end(c));
      }
      counting.add(columns.bits(), words, groups, blockEnds, blockWeights, next - first, products);
    }
  }

  /** Counts a class that is too long for a block piece by piece, and multiplies in the end. */
  private void countLong(MaskMatrix masks, int index) {
    counts = cleared(counts, stride * stride);
    counter.add(masks, classes.order(), start(index), classes.end(index), counts);
    double weight = classes.weight(index);
    for (int i = 0; i < stride * stride; i++) {
      products[i] += weight * counts[i];
    }
  }

  private int start(int index) {
    return index == 0 ? 0 : classes.end(index - 1);
  }

  private int words(int index) {
    return (classes.end(index) - start(index) + ColumnBits.ROWS - 1) / ColumnBits.ROWS;
  }

  private void sum(MaskMatrix masks, double[] weights, int groups, int capacity) {
    int words = Math.min(capacity, (classes.rows() + ColumnBits.ROWS - 1) / ColumnBits.ROWS);
    columns.resize(masks, words);
    int block = words * ColumnBits.ROWS;
    if (rowWords.length < block * masks.wordsPerRow()) {
      rowWords = new long[block * masks.wordsPerRow()];
    }
    if (rowWeights.length < block) {
      rowWeights = new double[block];
    }
    if (sums.length < stride * PairSumKernel.LANES) {
      sums = new double[stride * PairSumKernel.LANES];
    }
    for (int from = 0; from < classes.rows(); from += block) {
      int end = Math.min(classes.rows(), from + block);
      int filled = columns.put(0, masks, classes.order(), from, end);
      copyRows(masks, weights, from, end, filled * ColumnBits.ROWS);
      for (int group = 0; group < groups; group++) {
        sum(group, filled, filled * ColumnBits.ROWS);
      }
    }
  }

  /** Words and weights of some rows, the words of a superpixel side by side. */
  private void copyRows(MaskMatrix masks, double[] weights, int from, int end, int padded) {
    int[] order = classes.order();
    for (int i = 0; i < end - from; i++) {
      rowWeights[i] = weights[order[from + i]];
      for (int word = 0; word < masks.wordsPerRow(); word++) {
        rowWords[word * padded + i] = masks.word(order[from + i], word);
      }
    }
    for (int i = end - from; i < padded; i++) {
      rowWeights[i] = 0;
      for (int word = 0; word < masks.wordsPerRow(); word++) {
        rowWords[word * padded + i] = 0;
      }
    }
  }

  /** Pairs one group of columns with those up to it. */
  private void sum(int group, int words, int padded) {
    int lanes = PairSumKernel.LANES;
    int first = group * lanes;
    Arrays.fill(sums, 0, (group + 1) * lanes * lanes, 0);
    for (int word = 0; word < words; word++) {
      summing.add(
          columns.bits(),
          word * ColumnBits.LANES,
          columns.step(),
          group + 1,
          rowWords,
          (first >> 6) * padded + word * ColumnBits.ROWS,
          first & 63,
          rowWeights,
          word * ColumnBits.ROWS,
          sums,
          scratch);
    }
    for (int j = 0; j < first + lanes; j++) {
      for (int lane = 0; lane < lanes; lane++) {
        products[j * stride + first + lane] += sums[j * lanes + lane];
      }
    }
  }

  /** Copies the upper triangle to the lower one, in squares that share their cache lines. */
  private void mirror() {
    int side = ColumnBits.LANES;
    for (int top = 0; top < stride; top += side) {
      for (int left = 0; left <= top; left += side) {
        for (int j = top; j < top + side; j++) {
          for (int k = left; k < Math.min(left + side, j); k++) {
            products[j * stride + k] = products[k * stride + j];
          }
        }
      }
    }
  }

  /** The result, which shares the builder's memory: it changes with the next call. */
  public Gram gram() {
    return new Gram(totalWeight, size, stride, products);
  }
}
