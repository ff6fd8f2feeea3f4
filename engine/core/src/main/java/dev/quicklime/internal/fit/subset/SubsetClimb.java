package dev.quicklime.internal.fit.subset;

import dev.quicklime.internal.kernel.KernelSet;

/**
 * Finds good subsets without proof: by forward selection, and by exchanging one column as long as
 * that helps. Columns are places in a whole {@link SubsetNode}. Of subsets that are equally good
 * but for rounding it prefers lower columns. Not safe for use by several threads.
 */
final class SubsetClimb {

  /**
   * No exchange makes anything worse by more than rounding; this only ends what that might loop.
   */
  private static final int MOST_PASSES = 1000;

  private final SubsetFactor factor;
  private SubsetNode whole = new SubsetNode();
  private double tolerance;
  private int most;

  SubsetClimb(KernelSet kernels) {
    factor = new SubsetFactor(kernels);
  }

  /** Takes a problem, and by how much gains must differ to be different. */
  void start(SubsetNode problem, double smallestGain) {
    whole = problem;
    tolerance = smallestGain;
    most = Math.min(whole.wanted(), whole.count());
  }

  /** What a set of columns gains; those that depend on others in it add nothing. */
  double gain(int[] set, int size) {
    factor.clear(whole, most);
    double gain = 0;
    for (int i = 0; i < size; i++) {
      gain += factor.push(set[i]);
    }
    return gain;
  }

  /**
   * Moves the columns of a set that do not depend on others in it to the front, and counts them.
   */
  int independent(int[] set, int size) {
    factor.clear(whole, most);
    int count = 0;
    for (int i = 0; i < size; i++) {
      if (factor.push(set[i]) > 0) {
        set[count++] = set[i];
      }
    }
    return count;
  }

  /** The column that gains most beside those fitted, or −1 if none gains anything. */
  private int next() {
    int best = -1;
    double highest = tolerance;
    for (int j = 0; j < whole.count(); j++) {
      double gain = factor.gain(j);
      if (gain > highest) {
        // Of columns that are equal but for rounding the lowest stays.
        highest = gain + tolerance;
        best = j;
      }
    }
    return best;
  }

  /**
   * Forward selection.
   *
   * @return how many columns it put into the set
   */
  int forward(int[] set) {
    factor.clear(whole, most);
    int size = 0;
    int column = next();
    while (size < most && column >= 0) {
      factor.push(column);
      set[size++] = column;
      column = next();
    }
    return size;
  }

  /**
   * Exchanges columns one at a time until that helps no more, also for lower ones that are as good,
   * and lets go of columns that add nothing.
   *
   * @return how many columns are left in the set
   */
  int exchange(int[] set, int size, SubsetLimit limit) {
    int count = size;
    double gain = gain(set, count);
    boolean changed = true;
    for (int pass = 0; changed && pass < MOST_PASSES && !limit.reached(); pass++) {
      changed = false;
      for (int i = count - 1; i >= 0; i--) {
        factor.clear(whole, most);
        double rest = 0;
        for (int l = 0; l < count; l++) {
          rest += l == i ? 0 : factor.push(set[l]);
        }
        int column = next();
        double other = column < 0 ? rest : rest + factor.gain(column);
        if (column < 0) {
          set[i] = set[--count];
          gain = rest;
        } else if (other > gain + tolerance || (other >= gain - tolerance && column < set[i])) {
          changed = true;
          set[i] = column;
          gain = other;
        }
      }
    }
    return count;
  }
}
