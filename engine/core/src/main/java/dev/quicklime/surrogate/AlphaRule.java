package dev.quicklime.surrogate;

import java.util.List;
import java.util.function.DoubleFunction;

/** Finds the strength of an ℓ1 penalty. */
@FunctionalInterface
interface AlphaRule {

  /**
   * An α ≥ 0 in units of the score.
   *
   * @param families fits of all α down to a share of the smallest empty one, and below
   * @param notices receives one where the rule had to fall back
   */
  double choose(
      DoubleFunction<PenalizedFamily> families, ClassProblem problem, List<String> notices);
}
