package dev.quicklime.fidelity;

import dev.quicklime.surrogate.Intervals;
import dev.quicklime.surrogate.LinearFit;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.ToDoubleBiFunction;
import org.jspecify.annotations.Nullable;

/**
 * How alike the fits of one class are that differ by their seeds alone. All figures are means over
 * pairs of runs; with a single run there is no pair, and they are null.
 */
public final class Stability {

  private Stability() {}

  /**
   * Variables stability index, 0 to 100: the share of the K superpixels with the largest
   * |coefficient| that two runs have in common (Visani et al., "Statistical stability indices for
   * LIME", Journal of the Operational Research Society 73, 2022). A run with fewer coefficients
   * other than 0 counts by the larger of two.
   *
   * @param features K, ≥ 1
   */
  public static @Nullable Double vsi(List<LinearFit> runs, int features) {
    return mean(
        runs,
        (a, b) -> {
          Set<Integer> first = strongest(a, features);
          Set<Integer> second = strongest(b, features);
          int larger = Math.max(first.size(), second.size());
          first.retainAll(second);
          return larger == 0 ? 100 : 100.0 * first.size() / larger;
        });
  }

  /**
   * Jaccard index of the K superpixels with the largest |coefficient|, 0 to 1; 1 where neither run
   * has any.
   *
   * @param features K, ≥ 1
   */
  public static @Nullable Double jaccard(List<LinearFit> runs, int features) {
    return mean(
        runs,
        (a, b) -> {
          Set<Integer> both = strongest(a, features);
          Set<Integer> either = new HashSet<>(both);
          Set<Integer> second = strongest(b, features);
          either.addAll(second);
          both.retainAll(second);
          return either.isEmpty() ? 1 : (double) both.size() / either.size();
        });
  }

  /**
   * Coefficients stability index, 0 to 100: the share of superpixels whose 95 % intervals of two
   * runs overlap (Visani et al.). Null where fits have none.
   */
  public static @Nullable Double csi(List<LinearFit> runs) {
    if (runs.stream().anyMatch(run -> run.intervals() instanceof Intervals.None)) {
      return null;
    }
    return mean(
        runs,
        (a, b) -> {
          int overlap = 0;
          for (int j = 0; j < a.coefficients().size(); j++) {
            double apart = Math.abs(a.coefficients().get(j) - b.coefficients().get(j));
            overlap += apart <= margin(a, j) + margin(b, j) ? 1 : 0;
          }
          return 100.0 * overlap / a.coefficients().size();
        });
  }

  private static double margin(LinearFit fit, int superpixel) {
    Double margin = fit.margin(superpixel);
    return margin == null ? 0 : margin;
  }

  /**
   * Kendall's τ-b between the coefficients of the superpixels that are among the K strongest of
   * either run, −1 to 1; equal coefficients are ties. 1 where there are fewer than two, or where
   * both runs have ties only, 0 where one has.
   *
   * @param features K, ≥ 1
   */
  public static @Nullable Double kendall(List<LinearFit> runs, int features) {
    return mean(
        runs,
        (a, b) -> {
          Set<Integer> either = strongest(a, features);
          either.addAll(strongest(b, features));
          return kendall(a.coefficients(), b.coefficients(), List.copyOf(either));
        });
  }

  private static double kendall(List<Double> a, List<Double> b, List<Integer> superpixels) {
    long agree = 0;
    long variedFirst = 0;
    long variedSecond = 0;
    for (int i = 0; i < superpixels.size(); i++) {
      for (int k = 0; k < i; k++) {
        int first = Double.compare(a.get(superpixels.get(i)), a.get(superpixels.get(k)));
        int second = Double.compare(b.get(superpixels.get(i)), b.get(superpixels.get(k)));
        agree += (long) Integer.signum(first) * Integer.signum(second);
        variedFirst += Math.abs(Integer.signum(first));
        variedSecond += Math.abs(Integer.signum(second));
      }
    }
    if (variedFirst == 0 || variedSecond == 0) {
      return variedFirst == variedSecond ? 1 : 0;
    }
    return agree / Math.sqrt((double) variedFirst * variedSecond);
  }

  private static Set<Integer> strongest(LinearFit fit, int features) {
    return new HashSet<>(fit.selected().stream().limit(features).toList());
  }

  private static @Nullable Double mean(
      List<LinearFit> runs, ToDoubleBiFunction<LinearFit, LinearFit> likeness) {
    double sum = 0;
    int pairs = 0;
    for (int i = 0; i < runs.size(); i++) {
      for (int k = 0; k < i; k++) {
        sum += likeness.applyAsDouble(runs.get(k), runs.get(i));
        pairs++;
      }
    }
    return pairs == 0 ? null : sum / pairs;
  }
}
