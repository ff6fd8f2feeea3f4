package dev.quicklime.surrogate;

import dev.quicklime.internal.kernel.Implementation;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Branch and bound. */
final class BestSubsetSearch {

  private static final double TOLERANCE = 1e-12;
  private static final double SHRUNK = 0.9;

  private final SubsetNode whole = new SubsetNode();
  private final List<SubsetNode> levels = new ArrayList<>();
  private double[] ceilings = new double[0];
  private final SubsetBound bounding;
  private final SubsetClimb climb;
  private int[] places = new int[0];
  private int[] best = new int[0];
  private int[] candidate = new int[0];
  private int bestSize;
  private double bestGain;
  private double tolerance;
  private SubsetLimit limit = new SubsetLimit(0, 0);
  private boolean stopped;
  double rootBound;
  static boolean margin = Boolean.getBoolean("margin");

  BestSubsetSearch(Implementation form) {
    bounding = new SubsetBound(form);
    climb = new SubsetClimb(form);
  }

  SubsetSolution search(NormalEquations problem, int features, SubsetLimit newLimit) {
    limit = newLimit;
    stopped = false;
    whole.load(problem, features);
    int most = Math.min(features, whole.count());
    best = new int[most];
    candidate = new int[most];
    places = new int[problem.size()];
    for (int j = 0; j < whole.count(); j++) {
      places[whole.columns()[j]] = j;
    }
    bestSize = 0;
    bestGain = 0;
    double total = whole.total();
    double ceiling = total < Double.POSITIVE_INFINITY ? total : Double.MAX_VALUE;
    tolerance = TOLERANCE * (total < Double.POSITIVE_INFINITY ? Math.max(1, total) : 1);
    double proved = 0;
    if (most > 0) {
      climb.start(whole, tolerance);
      bestSize = climb.forward(best);
      bestSize = climb.exchange(best, bestSize, limit);
      bestGain = climb.gain(best, bestSize);
      ceilings = new double[most + 1];
      node(0).copy(whole);
      ceilings[0] = ceiling;
      explore(0);
      bestSize = climb.exchange(best, bestSize, limit);
      bestGain = Math.max(bestGain, climb.gain(best, bestSize));
      if (stopped) {
        for (double open : ceilings) {
          proved = Math.max(proved, open);
        }
      }
      proved = Math.max(proved, bestGain);
    }
    int[] columns = new int[bestSize];
    for (int i = 0; i < bestSize; i++) {
      columns[i] = whole.columns()[best[i]];
    }
    Arrays.sort(columns);
    double residual = Math.max(0, total - bestGain);
    double lower = stopped ? Math.max(0, total - proved) : residual;
    return new SubsetSolution(
        columns,
        new double[0],
        residual / total,
        lower / total,
        residual > 0 ? 1 - lower / residual : 0,
        limit.nodes(),
        stopped);
  }

  private SubsetNode node(int level) {
    while (levels.size() <= level) {
      levels.add(new SubsetNode());
    }
    return levels.get(level);
  }

  private void explore(int level) {
    SubsetNode node = node(level);
    int checked = Integer.MAX_VALUE;
    while (true) {
      if (node.wanted() <= 2 || node.count() <= node.wanted()) {
        finish(node);
        ceilings[level] = 0;
        return;
      }
      if (limit.reached()) {
        stopped = true;
        return;
      }
      limit.countNode();
      if (node.count() < SHRUNK * checked) {
        bounding.raiseFloor(node);
        checked = node.count();
      }
      double target = bestGain + tolerance - node.gained();
      double bound = bounding.find(node, target);
      ceilings[level] = Math.min(ceilings[level], node.gained() + bound);
      if (level == 0 && rootBound == 0) rootBound = ceilings[0];
      if (ceilings[level] <= bestGain + tolerance) {
        ceilings[level] = 0;
        return;
      }
      bounding.rank(node);
      int[] top = bounding.top();
      int m = node.wanted();
      if (offer(node, top, m)) {
        target = bestGain + tolerance - node.gained();
      }
      double last = bounding.term(top[m - 1]);
      double next = bounding.term(top[m]);
      int sure = -1;
      int branch = top[0];
      for (int i = 0; i < m && sure < 0; i++) {
        if (bound - bounding.term(top[i]) + next <= target) {
          sure = top[i];
        }
      }
      if (sure >= 0) {
        node.choose(node, sure);
        continue;
      }
      if (margin) branch = top[m - 1];
      boolean[] kept = new boolean[node.count()];
      for (int j = 0; j < node.count(); j++) {
        kept[j] = bound - last + bounding.term(j) > target;
      }
      for (int i = 0; i < m; i++) kept[top[i]] = true;
      int column = node.columns()[branch];
      double out = bound - bounding.term(branch) + next;
      node.keep(kept);
      if (node.count() < SHRUNK * checked) {
        continue;
      }
      int at = 0;
      while (node.columns()[at] != column) {
        at++;
      }
      node(level + 1).choose(node, at);
      ceilings[level + 1] = ceilings[level];
      ceilings[level] = Math.min(ceilings[level], node.gained() + out);
      explore(level + 1);
      if (stopped) {
        return;
      }
      kept = new boolean[node.count()];
      Arrays.fill(kept, true);
      kept[at] = false;
      node.keep(kept);
    }
  }

  private boolean offer(SubsetNode node, int[] free, int count) {
    int size = 0;
    for (int i = 0; i < node.chosenCount(); i++) {
      candidate[size++] = places[node.chosen()[i]];
    }
    for (int i = 0; i < count; i++) {
      candidate[size++] = places[node.columns()[free[i]]];
    }
    double gain = climb.gain(candidate, size);
    if (gain > bestGain + tolerance) {
      size = climb.exchange(candidate, size, limit);
      bestGain = climb.gain(candidate, size);
      bestSize = size;
      System.arraycopy(candidate, 0, best, 0, size);
      return true;
    }
    return false;
  }

  private void finish(SubsetNode node) {
    int[] free = new int[Math.min(node.wanted(), node.count())];
    if (node.count() <= node.wanted()) {
      Arrays.setAll(free, i -> i);
      offer(node, free, free.length);
      return;
    }
    double[] c = node.linear();
    double need = bestGain + tolerance - node.gained();
    boolean found = false;
    if (node.wanted() == 1) {
      for (int j = 0; j < node.count(); j++) {
        if (c[j] * c[j] > need) {
          need = c[j] * c[j];
          free[0] = j;
          found = true;
        }
      }
    } else if (node.wanted() == 2) {
      for (int i = 0; i < node.count(); i++) {
        int row = i * node.stride();
        for (int j = 0; j < i; j++) {
          double p = node.matrix()[row + j];
          double rest = 1 - p * p;
          double gain = c[i] * c[i] + c[j] * c[j] - 2 * p * c[i] * c[j];
          if (gain > need * rest && rest > SubsetNode.DEPENDENT) {
            need = gain / rest;
            free[0] = j;
            free[1] = i;
            found = true;
          }
        }
      }
    }
    if (found) {
      offer(node, free, free.length);
    } else if (node.wanted() == 0) {
      offer(node, free, 0);
    }
  }
}
