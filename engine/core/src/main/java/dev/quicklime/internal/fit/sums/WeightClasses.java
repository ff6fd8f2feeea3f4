package dev.quicklime.internal.fit.sums;

import java.util.Arrays;

/**
 * Puts rows of equal weight together and leaves out those of weight 0. Classes come in the order in
 * which their first rows do, and so do the rows of a class. Where there are more than {@value
 * #MOST} weights, all rows form one class.
 */
final class WeightClasses {

  static final int MOST = 512;
  private static final int SLOTS = 4 * MOST;

  private final long[] slotBits = new long[SLOTS];
  private final int[] slotClass = new int[SLOTS];
  private final double[] weights = new double[MOST];
  private final int[] ends = new int[MOST];
  private int[] classes = new int[0];
  private int[] order = new int[0];
  private int count;

  /** Sorts rows; every weight must be finite and ≥ 0. */
  void sort(double[] rowWeights) {
    int rows = rowWeights.length;
    if (order.length < rows) {
      order = new int[rows];
      classes = new int[rows];
    }
    Arrays.fill(slotClass, 0);
    Arrays.fill(ends, 0);
    count = 0;
    for (int row = 0; row < rows; row++) {
      int found = rowWeights[row] == 0 ? -1 : find(rowWeights[row]);
      if (found == MOST) {
        takeAsTheyCome(rowWeights);
        return;
      }
      classes[row] = found;
      if (found >= 0) {
        ends[found]++;
      }
    }
    int sum = 0;
    for (int c = 0; c < count; c++) {
      int size = ends[c];
      ends[c] = sum;
      sum += size;
    }
    for (int row = 0; row < rows; row++) {
      if (classes[row] >= 0) {
        order[ends[classes[row]]++] = row;
      }
    }
  }

  /** The class of a weight, a new one if need be, or {@value #MOST}. */
  private int find(double weight) {
    long bits = Double.doubleToRawLongBits(weight);
    int slot = (int) ((bits * 0x9E37_79B9_7F4A_7C15L) >>> 53);
    while (slotClass[slot] != 0) {
      if (slotBits[slot] == bits) {
        return slotClass[slot] - 1;
      }
      slot = (slot + 1) & (SLOTS - 1);
    }
    if (count < MOST) {
      slotBits[slot] = bits;
      weights[count] = weight;
      slotClass[slot] = ++count;
      return count - 1;
    }
    return MOST;
  }

  /** Makes all rows one class. */
  void takeAsTheyCome(double[] rowWeights) {
    int kept = 0;
    for (int row = 0; row < rowWeights.length; row++) {
      if (rowWeights[row] != 0) {
        order[kept++] = row;
      }
    }
    ends[0] = kept;
    count = 0;
  }

  /** How many classes there are, 0 where the weights are too many. */
  int count() {
    return count;
  }

  /** Weight of a class. */
  double weight(int index) {
    return weights[index];
  }

  /** Where a class ends in {@link #order}. */
  int end(int index) {
    return ends[index];
  }

  /** Rows whose weight is not 0. */
  int rows() {
    return ends[Math.max(0, count - 1)];
  }

  /** The rows, class by class; not to be written to. */
  int[] order() {
    return order;
  }

  /** Words of 64 rows that the classes take, each class its own. */
  int words() {
    int words = 0;
    for (int c = 0, start = 0; c < count; start = ends[c++]) {
      words += (ends[c] - start + 63) / 64;
    }
    return words;
  }
}
