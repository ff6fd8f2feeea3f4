package dev.quicklime.internal.fit.subset;

import dev.quicklime.InvalidInputException;
import dev.quicklime.internal.fit.lasso.ActiveSet;
import dev.quicklime.internal.fit.linear.NormalEquations;
import dev.quicklime.internal.kernel.KernelSet;
import java.util.ArrayList;
import java.util.List;

/**
 * Finds the subset of at most k columns with the lowest residual, and proves it: branch and bound,
 * depth first. It starts from forward selection and the Lasso path's supports, improved by
 * exchanges; each node bounds what its free columns can add ({@link SubsetBound}), by which it also
 * rules columns out or in for good, and tries the columns that make up its bound. With two columns
 * to go it compares all pairs.
 *
 * <p>Masks of {@code d} columns drawn from some ten times as many rows are nearly orthogonal, and
 * then a handful of nodes is enough whatever k. The closer d is to n, the more there are; without
 * an intercept some thousands. Where columns depend linearly on each other it first branches on
 * those that do; where many do, as with d > n, it can only enumerate.
 *
 * <p>Gains that differ by no more than {@value #TOLERANCE} of the scores' mean square are equal,
 * and lower columns are preferred then. Memory is kept for the next search. Not safe for use by
 * several threads.
 */
public final class BestSubsetSearch {

  static final double TOLERANCE = 1e-12;

  /** Floors are looked for again when so many of the columns are left. */
  private static final double SHRUNK = 0.9;

  /** With more dependent columns than this, no branching would get rid of them. */
  private static final int FEW_DEPENDENTS = 4;

  /** Up to so many columns get a bound even if there is no time for it: it takes milliseconds. */
  private static final int QUICK = 128;

  /** Beyond this a single factorisation would outlast any sensible limit. */
  private static final int LARGEST = 1024;

  /** Numbers that the nodes may hold together, 128 MiB. */
  private static final long MOST_NUMBERS = 1L << 24;

  private final SubsetNode whole = new SubsetNode();
  private final List<SubsetNode> levels = new ArrayList<>();
  private final SubsetBound bounding;
  private final SubsetStart starting;
  private final SubsetIncumbent incumbent;
  private final ActiveSet exact;

  /** What may be gained where a level is still open. */
  private double[] ceilings = new double[0];

  private SubsetLimit limit = new SubsetLimit(0, 0);
  private boolean stopped;

  public BestSubsetSearch(KernelSet kernels) {
    bounding = new SubsetBound(kernels);
    starting = new SubsetStart(kernels);
    incumbent = new SubsetIncumbent(kernels);
    exact = new ActiveSet(kernels);
  }

  /**
   * Searches.
   *
   * @param features the most columns, ≥ 1
   * @param nanos how long the search may take; it then returns the best subset it knows, with what
   *     is proved about it
   * @throws java.util.concurrent.CancellationException if the thread is interrupted, which it stays
   */
  public SubsetSolution search(NormalEquations problem, int features, long nanos) {
    return search(problem, features, new SubsetLimit(nanos, Long.MAX_VALUE));
  }

  public SubsetSolution search(NormalEquations problem, int features, SubsetLimit newLimit) {
    if (features < 1) {
      throw new InvalidInputException("features must be 1 or more, got " + features);
    }
    limit = newLimit;
    stopped = false;
    whole.load(problem, features);
    incumbent.clear(whole);
    int most = Math.min(features, whole.count());
    ceilings = new double[most + 1];
    if (most > 0) {
      starting.offer(problem, whole, incumbent, limit);
      node(0).copy(whole);
      ceilings[0] = whole.total();
      explore(0);
      incumbent.settle(limit);
    }
    return solution(problem);
  }

  private SubsetSolution solution(NormalEquations problem) {
    double[] coefficients = new double[problem.size()];
    int[] columns = incumbent.columns();
    for (int column : columns) {
      coefficients[column] = 1;
    }
    exact.chooseNonZeros(problem, coefficients);
    if (exact.solve(problem, 0, coefficients)) {
      exact.store(0, coefficients);
    }
    double gain = incumbent.gain();
    double ceiling = gain;
    for (double open : ceilings) {
      ceiling = stopped ? Math.max(ceiling, open) : gain;
    }
    double square = whole.unit() * whole.unit();
    double residual = Math.max(0, problem.constant() - gain * square);
    double lowest = ceiling > gain ? Math.max(0, problem.constant() - ceiling * square) : residual;
    double gap = residual > lowest ? (residual - lowest) / residual : 0;
    return new SubsetSolution(columns, coefficients, residual, lowest, gap, limit.nodes(), stopped);
  }

  private SubsetNode node(int level) {
    while (levels.size() <= level) {
      levels.add(new SubsetNode());
    }
    return levels.get(level);
  }

  /** Searches a node and those under it; its ceiling stays where it is stopped, else it is 0. */
  private void explore(int level) {
    SubsetNode node = node(level);
    boolean open = true;
    while (open && !stopped) {
      if (ceilings[level] <= incumbent.limit()) {
        open = false;
      } else if (node.wanted() <= 2 || node.count() <= node.wanted()) {
        incumbent.finish(node, limit);
        open = false;
      } else if (outOfMeans(level)) {
        stopped = true;
      } else {
        limit.countNode();
        if (node.count() < SHRUNK * node.checked() || searchesFloors(node)) {
          node.setChecked();
          open = check(level);
        }
        if (open && node.floored()) {
          open = bound(level);
        } else if (open) {
          enter(
              level,
              node.dependents() > 0 && node.dependents() <= FEW_DEPENDENTS
                  ? bounding.dependent()
                  : strongest(node),
              ceilings[level]);
        }
      }
    }
    if (!stopped) {
      ceilings[level] = 0;
    }
  }

  private boolean outOfMeans(int level) {
    boolean quick = level == 0 && limit.nodes() == 0 && whole.count() <= QUICK;
    long numbers = (level + 2L) * whole.stride() * whole.stride();
    return (limit.reached() && !quick) || numbers > MOST_NUMBERS;
  }

  private static boolean searchesFloors(SubsetNode node) {
    return !node.floored() && node.dependents() <= FEW_DEPENDENTS;
  }

  /** Looks for floors, or for a bound without them; whether the node stays open. */
  private boolean check(int level) {
    SubsetNode node = node(level);
    if (node.count() > LARGEST
        || node.dependents() > FEW_DEPENDENTS
        || bounding.raiseFloors(node)) {
      return true;
    }
    ceilings[level] = Math.min(ceilings[level], node.gained() + bounding.plain(node));
    return ceilings[level] > incumbent.limit();
  }

  /**
   * Bounds a node that has floors, rules columns in and out, and branches; whether it stays open.
   */
  private boolean bound(int level) {
    SubsetNode node = node(level);
    double bound = bounding.find(node, incumbent.limit() - node.gained());
    ceilings[level] = Math.min(ceilings[level], node.gained() + bound);
    if (ceilings[level] <= incumbent.limit()) {
      return false;
    }
    bounding.rank(node);
    int[] top = bounding.top();
    int m = node.wanted();
    incumbent.offer(node, top, m, limit);
    double target = incumbent.limit() - node.gained();
    double next = bounding.term(top[m]);
    double last = bounding.term(top[m - 1]);
    if (bound - bounding.term(top[0]) + next <= target) {
      // Without the first column the bound is too low. The others come with the next round.
      node.choose(node, top[0]);
      return true;
    }
    boolean[] kept = new boolean[node.count()];
    for (int j = 0; j < kept.length; j++) {
      kept[j] = bound - last + bounding.term(j) > target;
    }
    for (int i = 0; i < m; i++) {
      kept[top[i]] = true;
    }
    int column = node.columns()[top[0]];
    double without = node.gained() + bound - bounding.term(top[0]) + next;
    node.keep(kept);
    if (node.count() >= SHRUNK * node.checked()) {
      enter(level, node.find(column), without);
    }
    return true;
  }

  /** Searches with a column and rules it out when that is done. */
  private void enter(int level, int place, double without) {
    SubsetNode node = node(level);
    node(level + 1).choose(node, place);
    ceilings[level + 1] = ceilings[level];
    explore(level + 1);
    ceilings[level] = Math.min(ceilings[level], without);
    if (!stopped) {
      node.remove(place);
    }
  }

  private static int strongest(SubsetNode node) {
    int best = 0;
    for (int j = 0; j < node.count(); j++) {
      if (Math.abs(node.linear()[j]) > Math.abs(node.linear()[best])) {
        best = j;
      }
    }
    return best;
  }
}
