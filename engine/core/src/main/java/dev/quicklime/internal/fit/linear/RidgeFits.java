package dev.quicklime.internal.fit.linear;

import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/** Fits in closed form, to all superpixels or to some. */
public final class RidgeFits {

  private RidgeFits() {}

  /**
   * Fits all superpixels.
   *
   * @param alpha ℓ2 penalty beside a sum of squares, in the user's units
   */
  public static Solution ridge(double alpha, ClassProblem problem, List<String> notices) {
    int[] all = IntStream.range(0, problem.size()).toArray();
    return some(all, alpha, problem, notices);
  }

  /** Fits some superpixels; the others have no weight. */
  public static Solution some(
      int[] columns, double alpha, ClassProblem problem, List<String> notices) {
    SymmetricSystem system = new SymmetricSystem(problem.equations(), columns);
    double[] solution = system.solve(problem.lambda(alpha));
    if (system.leastNorm()) {
      notices.add(
          "the columns of the "
              + problem.noun()
              + "s depend on each other linearly, as with fewer samples than columns: the weights"
              + " are the solution of least norm");
    }
    double[] beta = new double[problem.size()];
    for (int i = 0; i < columns.length; i++) {
      beta[columns[i]] = solution[i];
    }
    return Solution.of(beta, alpha);
  }

  /** ‖β‖₂. */
  public static double norm(double[] beta) {
    return Math.sqrt(Arrays.stream(beta).map(b -> b * b).sum());
  }
}
