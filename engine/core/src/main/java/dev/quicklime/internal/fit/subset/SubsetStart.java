package dev.quicklime.internal.fit.subset;

import dev.quicklime.internal.fit.lasso.Homotopy;
import dev.quicklime.internal.fit.linear.NormalEquations;
import dev.quicklime.internal.kernel.KernelSet;
import org.jspecify.annotations.Nullable;

/**
 * Subsets to start a search from: those of forward selection and of the Lasso path, which differ
 * most where columns overlap. Not safe for use by several threads.
 */
final class SubsetStart {

  /** Share of the smallest empty α under which the path is not followed. */
  private static final double LOWEST = 0.01;

  private final KernelSet kernels;
  private @Nullable Homotopy homotopy;

  SubsetStart(KernelSet kernels) {
    this.kernels = kernels;
  }

  void offer(
      NormalEquations problem, SubsetNode whole, SubsetIncumbent incumbent, SubsetLimit limit) {
    incumbent.offerForward(limit);
    if (limit.reached()) {
      return;
    }
    Homotopy path = homotopy;
    if (path == null) {
      path = new Homotopy(problem, kernels);
      homotopy = path;
    }
    // Most of a path has more columns than are wanted: it is followed no further than need be.
    double share = 0.5;
    path.walk(problem, share * problem.smallestEmptyAlpha());
    int[] support = new int[problem.size()];
    while (share > LOWEST && support(path, path.knots().count() - 1, support) < whole.wanted()) {
      share /= 2;
      path.walk(problem, share * problem.smallestEmptyAlpha());
    }
    int most = 0;
    for (int knot = 1; knot < path.knots().count(); knot++) {
      int count = support(path, knot, support);
      // A path that lets columns go comes back to as many as it had.
      if (count > most && count <= whole.wanted()) {
        most = count;
        incumbent.offer(support, count, limit);
      }
    }
  }

  private static int support(Homotopy path, int knot, int[] columns) {
    int count = 0;
    for (int j = 0; j < columns.length; j++) {
      if (path.knots().coefficient(knot, j) != 0) {
        columns[count++] = j;
      }
    }
    return count;
  }
}
