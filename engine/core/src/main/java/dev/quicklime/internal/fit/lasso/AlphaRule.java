package dev.quicklime.internal.fit.lasso;

import dev.quicklime.internal.fit.linear.ClassProblem;
import java.util.List;
import java.util.function.DoubleFunction;

/** Finds the strength of an ℓ1 penalty. */
@FunctionalInterface
public interface AlphaRule {

  /**
   * An α ≥ 0 in units of the score.
   *
   * @param families fits of all α down to a share of the smallest empty one, and below
   * @param notices receives one where the rule had to fall back
   */
  double choose(
      DoubleFunction<PenalizedFamily> families, ClassProblem problem, List<String> notices);
}
