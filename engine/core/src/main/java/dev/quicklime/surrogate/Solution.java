package dev.quicklime.surrogate;

import org.jspecify.annotations.Nullable;

/** What a solver found. */
final class Solution {

  private final double[] beta;
  private final double alpha;
  private final @Nullable Double gap;

  private Solution(double[] beta, double alpha, @Nullable Double gap) {
    this.beta = beta;
    this.alpha = alpha;
    this.gap = gap;
  }

  static Solution of(double[] beta, double alpha) {
    return new Solution(beta, alpha, null);
  }

  static Solution unpenalized(double[] beta) {
    return of(beta, 0);
  }

  /** The same with a gap, see {@link LinearFit#gap}. */
  Solution withGap(double value) {
    return new Solution(beta, alpha, value);
  }

  /** The d coefficients in the units of the {@link ClassProblem}. */
  double[] beta() {
    return beta;
  }

  /** Strength of the penalty in the user's units, see {@link LinearFit#alpha}. */
  double alpha() {
    return alpha;
  }

  @Nullable Double gap() {
    return gap;
  }
}
