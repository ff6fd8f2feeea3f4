package dev.quicklime.report.tabular;

import dev.quicklime.report.text.Numbers;
import dev.quicklime.surrogate.BestSubset;
import dev.quicklime.surrogate.ElasticNet;
import dev.quicklime.surrogate.ForwardSelection;
import dev.quicklime.surrogate.KLasso;
import dev.quicklime.surrogate.L1Ball;
import dev.quicklime.surrogate.L2Ball;
import dev.quicklime.surrogate.Lasso;
import dev.quicklime.surrogate.LeastSquares;
import dev.quicklime.surrogate.Ridge;
import dev.quicklime.surrogate.Shapley;
import dev.quicklime.surrogate.Strongest;
import dev.quicklime.surrogate.Surrogate;
import dev.quicklime.tabular.TabularFit;
import dev.quicklime.tabular.TabularSamples;
import java.util.ArrayList;
import java.util.List;

/**
 * One surrogate beside others of the same samples.
 *
 * @param name in a few letters, with its bound
 * @param fits one for each class
 */
public record Constraint(String name, List<TabularFit> fits) {

  private static final int MOST_FEATURES = 6;
  private static final double SECONDS = 10;

  /** Copies the fits. */
  public Constraint {
    fits = List.copyOf(fits);
  }

  /**
   * Fits the forms of constraint: none, ‖β‖₀ ≤ k, ‖β‖₁ ≤ t and ‖β‖₂ ≤ t, and before them what was
   * asked for where it is none of these. A bound that was not asked for is half of the features, at
   * most six, or half of the norm of the coefficients without one.
   */
  public static List<Constraint> all(TabularSamples samples, Surrogate asked) {
    boolean intercept = asked.intercept();
    List<TabularFit> free = samples.fit(new LeastSquares(intercept));
    BestSubset subset =
        asked instanceof BestSubset own
            ? own
            : new BestSubset(
                Math.min(MOST_FEATURES, (samples.matrix().columns() + 1) / 2), SECONDS, intercept);
    L1Ball l1 = asked instanceof L1Ball own ? own : new L1Ball(half(free, 1), intercept);
    L2Ball l2 = asked instanceof L2Ball own ? own : new L2Ball(half(free, 2), intercept);
    List<Constraint> all = new ArrayList<>();
    if (!(asked instanceof LeastSquares
        || asked instanceof BestSubset
        || asked instanceof L1Ball
        || asked instanceof L2Ball)) {
      all.add(new Constraint(name(asked), samples.fit(asked)));
    }
    all.add(new Constraint(name(new LeastSquares(intercept)), free));
    for (Surrogate surrogate : List.of(subset, l1, l2)) {
      all.add(new Constraint(name(surrogate), samples.fit(surrogate)));
    }
    return all;
  }

  /** Half of the mean norm of the coefficients for one standard deviation. */
  private static double half(List<TabularFit> fits, int order) {
    double sum = 0;
    for (TabularFit fit : fits) {
      sum += norm(fit, order);
    }
    return Math.max(Double.MIN_NORMAL, sum / (2 * fits.size()));
  }

  /** ‖β‖₁ or ‖β‖₂ of the coefficients for one standard deviation. */
  static double norm(TabularFit fit, int order) {
    return order == 1
        ? fit.fit().coefficients().stream().mapToDouble(Math::abs).sum()
        : Math.sqrt(fit.fit().coefficients().stream().mapToDouble(b -> b * b).sum());
  }

  /** What a surrogate is called beside others. */
  static String name(Surrogate surrogate) {
    return switch (surrogate) {
      case LeastSquares _ -> "least squares";
      case Shapley _ -> "Shapley values";
      case BestSubset(int features, double _, boolean _) -> "ℓ0 ≤ " + features;
      case L1Ball(double radius, boolean _) -> "ℓ1 ≤ " + Numbers.significant(radius, 3);
      case L2Ball(double radius, boolean _) -> "ℓ2 ≤ " + Numbers.significant(radius, 3);
      case Lasso _ -> "lasso";
      case ElasticNet _ -> "elastic net";
      case Ridge _ -> "ridge";
      case KLasso(int features, double _, boolean _) -> features + "-lasso";
      case ForwardSelection(int features, double _, boolean _) -> "forward, " + features;
      case Strongest strongest ->
          name(strongest.ranking()) + ", " + strongest.features() + " strongest";
    };
  }
}
