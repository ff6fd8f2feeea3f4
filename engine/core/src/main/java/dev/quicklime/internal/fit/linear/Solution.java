package dev.quicklime.internal.fit.linear;

import org.jspecify.annotations.Nullable;

/** What a solver found. */
public final class Solution {

  private final double[] beta;
  private final double alpha;
  private final @Nullable Double gap;

  private Solution(double[] beta, double alpha, @Nullable Double gap) {
    this.beta = beta;
    this.alpha = alpha;
    this.gap = gap;
  }

  public static Solution of(double[] beta, double alpha) {
    return new Solution(beta, alpha, null);
  }

  public static Solution unpenalized(double[] beta) {
    return of(beta, 0);
  }

  /**
   * The same with the share of its residual sum of squares by which another subset could be better
   * at most.
   */
  public Solution withGap(double value) {
    return new Solution(beta, alpha, value);
  }

  /** The d coefficients in the units of the {@link ClassProblem}. */
  public double[] beta() {
    return beta;
  }

  /** Strength of the penalty in the user's units, as its surrogate scales it; 0 without one. */
  public double alpha() {
    return alpha;
  }

  public @Nullable Double gap() {
    return gap;
  }
}
