package dev.quicklime.internal.fit.subset;

import dev.quicklime.internal.fit.lasso.LassoPath;
import dev.quicklime.internal.fit.linear.ClassProblem;
import dev.quicklime.internal.fit.linear.NormalEquations;
import dev.quicklime.internal.fit.linear.QuadraticForm;
import dev.quicklime.internal.fit.linear.RidgeFits;
import dev.quicklime.internal.fit.linear.Solution;
import dev.quicklime.internal.kernel.Kernels;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;

/** Fits that choose superpixels first and weigh them then. */
public final class Selections {

  /** A gain up to this share of the scores' mean square is rounding. */
  private static final double NOTHING = 1e-15;

  /** What is left of a column's variance beside others, up to which it depends on them. */
  private static final double DEPENDENT = 1e-12;

  private Selections() {}

  public static Solution kLasso(
      int features, double ridge, ClassProblem problem, List<String> notices) {
    LassoPath path = LassoPath.of(problem.equations(), 0);
    if (!path.complete()) {
      notices.add(
          "the Lasso path ends at alpha %s, as columns depend on each other; the walk back starts there"
              .formatted(String.format(Locale.ROOT, "%.4g", problem.unscored(path.lowestAlpha()))));
    }
    int knot = path.knots() - 1;
    while (knot > 0 && path.nonZeros(knot) > features) {
      knot--;
    }
    double[] beta = path.coefficients(path.alpha(knot));
    int[] columns = IntStream.range(0, beta.length).filter(j -> beta[j] != 0).toArray();
    return RidgeFits.some(columns, ridge, problem, notices);
  }

  public static Solution forward(
      int features, double ridge, ClassProblem problem, List<String> notices) {
    int[] columns = forward(problem.equations(), features);
    return RidgeFits.some(columns, ridge, problem, notices);
  }

  public static Solution bestSubset(
      int features, double seconds, ClassProblem problem, List<String> notices) {
    long nanos = Math.round(Math.min(seconds * 1e9, 1e18));
    SubsetSolution found =
        new BestSubsetSearch(Kernels.chosen()).search(problem.equations(), features, nanos);
    if (found.gap() > 0) {
      notices.add(
          String.format(
              Locale.ROOT,
              "not proved to be the best: after %.3g seconds another subset could still leave up"
                  + " to %.3g %% less of the scores unexplained",
              seconds,
              100 * found.gap()));
    }
    return Solution.unpenalized(found.coefficients()).withGap(found.gap());
  }

  public static Solution strongest(
      int features, double ridge, Solution ranked, ClassProblem problem, List<String> notices) {
    double[] beta = ranked.beta();
    int[] columns =
        IntStream.range(0, beta.length)
            .filter(j -> beta[j] != 0)
            .boxed()
            .sorted(Comparator.comparingDouble(j -> -Math.abs(beta[j])))
            .limit(features)
            .mapToInt(Integer::intValue)
            .sorted()
            .toArray();
    return RidgeFits.some(columns, ridge, problem, notices);
  }

  /** Columns that each lowered the residual most beside those before, in the order chosen. */
  public static int[] forward(NormalEquations problem, int features) {
    int size = problem.size();
    int stride = problem.stride();
    double[] matrix = problem.quadratic();
    double[] correlation = Arrays.copyOf(problem.linear(), size);
    double[] variance = new double[size];
    for (int j = 0; j < size; j++) {
      variance[j] = matrix[j * stride + j];
    }
    boolean[] chosen = new boolean[size];
    int[] columns = new int[Math.min(features, size)];
    // Products of each chosen column's part that is orthogonal to those before with every column.
    double[][] parts = new double[columns.length][];
    int count = 0;
    while (count < columns.length) {
      int best = -1;
      double gain = NOTHING * problem.constant();
      for (int j = 0; j < size; j++) {
        double own = matrix[j * stride + j];
        if (!chosen[j] && own > QuadraticForm.FLAT && variance[j] > DEPENDENT * own) {
          double candidate = correlation[j] * correlation[j] / variance[j];
          if (candidate > gain) {
            gain = candidate;
            best = j;
          }
        }
      }
      if (best < 0) {
        break;
      }
      double root = Math.sqrt(variance[best]);
      double[] part = new double[size];
      for (int j = 0; j < size; j++) {
        double product = matrix[best * stride + j];
        for (int i = 0; i < count; i++) {
          product -= parts[i][best] * parts[i][j];
        }
        part[j] = product / root;
      }
      double along = correlation[best] / root;
      for (int j = 0; j < size; j++) {
        correlation[j] -= along * part[j];
        variance[j] -= part[j] * part[j];
      }
      chosen[best] = true;
      parts[count] = part;
      columns[count++] = best;
    }
    return Arrays.copyOf(columns, count);
  }
}
