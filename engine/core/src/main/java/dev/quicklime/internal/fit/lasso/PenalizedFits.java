package dev.quicklime.internal.fit.lasso;

import dev.quicklime.internal.fit.linear.ClassProblem;
import dev.quicklime.internal.fit.linear.Solution;
import java.util.List;
import java.util.Locale;

/** Fits with an ℓ1 penalty. */
public final class PenalizedFits {

  /** How many parts a hint about an empty fit offers to keep. */
  private static final int FEW = 5;

  private PenalizedFits() {}

  public static Solution lasso(AlphaRule rule, ClassProblem problem, List<String> notices) {
    double alpha = rule.choose(share -> new LassoFamily(problem, share), problem, notices);
    CoordinateDescent descent = new CoordinateDescent(problem.equations());
    solve(descent, problem.scored(alpha), notices);
    if (descent.nonZeros() == 0) {
      int few = Math.min(FEW, problem.size());
      double keeping = problem.unscored(AlphaSearch.keeping(problem.equations(), few));
      double one = problem.unscored(problem.equations().smallestEmptyAlpha());
      notices.add(emptyFit(problem.noun(), alpha, one, keeping, few));
    }
    return Solution.of(descent.coefficients(), alpha);
  }

  public static Solution elasticNet(
      AlphaRule rule, double l1Ratio, ClassProblem problem, List<String> notices) {
    ElasticNetFamily family = new ElasticNetFamily(problem, l1Ratio);
    double alpha = rule.choose(_ -> family, problem, notices);
    CoordinateDescent descent = new CoordinateDescent(family.equations(alpha));
    solve(descent, family.l1(alpha), notices);
    if (descent.nonZeros() == 0) {
      int few = Math.min(FEW, problem.size());
      double keeping = AlphaSearch.keeping(family, few);
      notices.add(emptyFit(problem.noun(), alpha, family.smallestEmpty(), keeping, few));
    }
    return Solution.of(descent.coefficients(), alpha);
  }

  private static void solve(CoordinateDescent descent, double alpha, List<String> notices) {
    if (!descent.solve(alpha)) {
      notices.add(
          String.format(
              Locale.ROOT,
              "coordinate descent stopped after %d sweeps with a duality gap of %.2e",
              descent.sweeps(),
              descent.gap(alpha)));
    }
  }

  private static String emptyFit(String noun, double alpha, double one, double keeping, int few) {
    if (!(keeping > 0)) {
      return String.format(
          Locale.ROOT,
          "alpha %.4g removes every coefficient, and none leaves %d: hardly any %s varies over the"
              + " samples that carry weight",
          alpha,
          few,
          noun);
    }
    return String.format(
        Locale.ROOT,
        "alpha %.4g removes every coefficient; just under %.4g one is kept, from %.4g on %d are",
        alpha,
        one,
        keeping,
        few);
  }
}
