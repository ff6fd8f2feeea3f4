package dev.quicklime.internal.fit.subset;

import dev.quicklime.internal.kernel.KernelSet;
import java.util.Arrays;

/** The best subset known to a search. Not safe for use by several threads. */
final class SubsetIncumbent {

  private final SubsetClimb climb;
  private SubsetNode whole = new SubsetNode();
  private int[] places = new int[0];
  private int[] best = new int[0];
  private int[] candidate = new int[0];
  private int[] free = new int[0];
  private int size;
  private double gain;
  private double tolerance;

  SubsetIncumbent(KernelSet kernels) {
    climb = new SubsetClimb(kernels);
  }

  /** Starts a problem with the empty subset. */
  void clear(SubsetNode problem) {
    whole = problem;
    size = 0;
    gain = 0;
    double total = whole.total();
    tolerance = BestSubsetSearch.TOLERANCE * (total < Double.POSITIVE_INFINITY ? total : 1);
    climb.start(whole, tolerance);
    int most = Math.min(whole.wanted(), whole.count());
    best = new int[most];
    candidate = new int[most];
    free = new int[most];
    int last = whole.count() == 0 ? -1 : whole.columns()[whole.count() - 1];
    places = new int[last + 1];
    Arrays.fill(places, -1);
    for (int j = 0; j < whole.count(); j++) {
      places[whole.columns()[j]] = j;
    }
  }

  /** Only what gains more than this is better. */
  double limit() {
    return gain + tolerance;
  }

  double gain() {
    return gain;
  }

  /** The subset, by the columns' numbers in the whole problem, ascending. */
  int[] columns() {
    return Arrays.stream(best, 0, size).map(place -> whole.columns()[place]).sorted().toArray();
  }

  /** Offers what forward selection finds. */
  void offerForward(SubsetLimit limit) {
    take(climb.forward(candidate), limit);
  }

  /** Offers columns by their numbers in the whole problem, as many of the first ones as may be. */
  void offer(int[] columns, int count, SubsetLimit limit) {
    int taken = 0;
    for (int i = 0; i < count && taken < candidate.length; i++) {
      int place = columns[i] < places.length ? places[columns[i]] : -1;
      if (place >= 0) {
        candidate[taken++] = place;
      }
    }
    take(taken, limit);
  }

  /** Offers the columns chosen in a node with some of its free ones, given by place. */
  void offer(SubsetNode node, int[] others, int count, SubsetLimit limit) {
    int taken = 0;
    for (int i = 0; i < node.chosenCount(); i++) {
      candidate[taken++] = places[node.chosen()[i]];
    }
    for (int i = 0; i < count; i++) {
      candidate[taken++] = places[node.columns()[others[i]]];
    }
    take(taken, limit);
  }

  private void take(int taken, SubsetLimit limit) {
    if (climb.gain(candidate, taken) > limit()) {
      int left = climb.exchange(candidate, climb.independent(candidate, taken), limit);
      System.arraycopy(candidate, 0, best, 0, left);
      size = left;
      gain = climb.gain(best, size);
    }
  }

  /** Prefers lower columns that are as good. */
  void settle(SubsetLimit limit) {
    size = climb.exchange(best, size, limit);
    gain = climb.gain(best, size);
  }

  /** Looks at all that a node has with at most two columns to choose, or with no choice left. */
  void finish(SubsetNode node, SubsetLimit limit) {
    int wanted = node.wanted();
    if (node.count() <= wanted) {
      for (int j = 0; j < node.count(); j++) {
        free[j] = j;
      }
      offer(node, free, node.count(), limit);
    } else if (wanted == 0) {
      offer(node, free, 0, limit);
    } else if (wanted == 1 ? findOne(node) : findTwo(node)) {
      offer(node, free, wanted, limit);
    }
  }

  private boolean findOne(SubsetNode node) {
    double[] linear = node.linear();
    double need = limit() - node.gained();
    boolean found = false;
    for (int j = 0; j < node.count(); j++) {
      if (linear[j] * linear[j] > need) {
        need = linear[j] * linear[j];
        free[0] = j;
        found = true;
      }
    }
    return found;
  }

  private boolean findTwo(SubsetNode node) {
    double[] linear = node.linear();
    double need = limit() - node.gained();
    boolean found = false;
    for (int i = 1; i < node.count(); i++) {
      int row = i * node.stride();
      double first = linear[i];
      for (int j = 0; j < i; j++) {
        double product = node.matrix()[row + j];
        double rest = 1 - product * product;
        double other = linear[j];
        double raised = first * first + other * other - 2 * product * first * other;
        // Dependent columns gain what one of them does, which other pairs cover.
        if (raised > need * rest && rest > SubsetNode.DEPENDENT) {
          need = raised / rest;
          free[0] = j;
          free[1] = i;
          found = true;
        }
      }
    }
    return found;
  }
}
