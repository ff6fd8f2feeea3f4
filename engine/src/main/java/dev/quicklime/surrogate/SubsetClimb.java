package dev.quicklime.surrogate;

import dev.quicklime.internal.kernel.CombineKernel;
import dev.quicklime.internal.kernel.Implementation;
import dev.quicklime.internal.kernel.Kernels;
import java.util.Arrays;

/**
 * Finds good subsets without proof: by forward selection, and by exchanging one column as long as
 * that helps. Columns are places in a whole {@link SubsetNode}. Among subsets that are equally good
 * it prefers lower columns. Not safe for use by several threads.
 */
final class SubsetClimb {

  private final CombineKernel combining;
  private SubsetNode whole = new SubsetNode();
  private double tolerance;
  private int[] firstRows = new int[0];
  private double[] half = new double[0];
  private double[] added = new double[0];
  private double[] left = new double[0];
  private double[] products = new double[0];
  private int depth;

  SubsetClimb(Implementation form) {
    combining = Kernels.combine(form);
  }

  /** Takes a problem, of which up to so many columns are fitted. */
  void start(SubsetNode problem, double smallestGain) {
    whole = problem;
    tolerance = smallestGain;
    int most = Math.min(whole.wanted(), whole.count());
    firstRows = new int[most + 1];
    Arrays.setAll(firstRows, i -> i);
    added = new double[most + 1];
    half = new double[(most + 1) * whole.stride()];
    left = new double[whole.stride()];
    products = new double[whole.stride()];
  }

  /** What a set of columns gains; those that depend on others in it add nothing. */
  double gain(int[] set, int size) {
    clear();
    double gain = 0;
    for (int i = 0; i < size; i++) {
      gain += push(set[i]);
    }
    return gain;
  }

  private void clear() {
    depth = 0;
    Arrays.fill(left, 0, whole.count(), 1);
    System.arraycopy(whole.linear(), 0, products, 0, whole.stride());
  }

  /** Adds a column to those fitted, and returns what it gains. */
  private double push(int column) {
    if (!(left[column] > SubsetNode.DEPENDENT)) {
      return 0;
    }
    int stride = whole.stride();
    for (int i = 0; i < depth; i++) {
      added[i] = half[i * stride + column];
    }
    int to = depth * stride;
    combining.subtract(
        whole.matrix(), column * stride, half, stride, firstRows, depth, added, half, to);
    double scale = 1 / Math.sqrt(left[column]);
    double product = products[column] * scale;
    for (int j = 0; j < whole.count(); j++) {
      double element = half[to + j] * scale;
      half[to + j] = element;
      left[j] -= element * element;
      products[j] -= product * element;
    }
    left[column] = 0;
    depth++;
    return product * product;
  }

  /** The column that gains most beside those fitted, or −1 if none gains anything. */
  private int next() {
    int best = -1;
    double most = tolerance;
    for (int j = 0; j < whole.count(); j++) {
      if (left[j] > SubsetNode.DEPENDENT) {
        double gain = products[j] * products[j] / left[j];
        if (gain > most) {
          // Equal but for rounding: the lower column stays.
          most = gain + tolerance;
          best = j;
        }
      }
    }
    return best;
  }

  /**
   * Forward selection.
   *
   * @return how many columns it found
   */
  int forward(int[] set) {
    clear();
    int size = 0;
    while (size < Math.min(whole.wanted(), whole.count())) {
      int column = next();
      if (column < 0) {
        break;
      }
      push(column);
      set[size++] = column;
    }
    return size;
  }

  /**
   * Exchanges columns one at a time until that helps no more, then those that a lower column
   * replaces as well, and lets go of columns that add nothing.
   *
   * @return how many columns there are
   */
  int exchange(int[] set, int size, SubsetLimit limit) {
    int count = size;
    double gain = gain(set, count);
    boolean better = true;
    while (better && !limit.reached()) {
      better = false;
      for (int i = 0; i < count; i++) {
        clear();
        double rest = 0;
        for (int l = 0; l < count; l++) {
          rest += l == i ? 0 : push(set[l]);
        }
        int column = next();
        double other =
            column < 0 ? rest : rest + products[column] * products[column] / left[column];
        if (column < 0 || other < rest + tolerance) {
          set[i--] = set[--count];
          gain = rest;
        } else if (other > gain + tolerance || (other > gain - tolerance && column < set[i])) {
          better = true;
          set[i] = column;
          gain = other;
        }
      }
    }
    return count;
  }
}
