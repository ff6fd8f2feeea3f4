package dev.quicklime.internal.fit.linear;

import dev.quicklime.internal.fit.sums.Moments;
import dev.quicklime.internal.fit.sums.SampleSums;

/**
 * The problem of one class, in its own units: scores and weights may have been divided by a power
 * of two each.
 */
public final class ClassProblem {

  private final SampleSums sums;
  private final int column;
  private final NormalEquations equations;

  public ClassProblem(SampleSums sums, int column, QuadraticForm form) {
    this.sums = sums;
    this.column = column;
    equations = NormalEquations.of(form, sums.moments(column));
  }

  public SampleSums sums() {
    return sums;
  }

  public int column() {
    return column;
  }

  /** What one column is called. */
  public String noun() {
    return sums.columns().noun();
  }

  /** Number of columns, d. */
  public int size() {
    return equations.size();
  }

  public NormalEquations equations() {
    return equations;
  }

  public Moments moments() {
    return sums.moments(column);
  }

  public double effectiveSamples() {
    return sums.effectiveSamples();
  }

  public boolean intercept() {
    return equations.form().intercept();
  }

  /** A number in units of the score, in those of the problem. */
  public double scored(double value) {
    return Math.scalb(value, -sums.scoreExponent(column));
  }

  /** The reverse of {@link #scored}. */
  public double unscored(double value) {
    return Math.scalb(value, sums.scoreExponent(column));
  }

  /** An ℓ2 penalty beside a sum of squares, as one beside a mean of them: divided by Σw. */
  public double lambda(double alpha) {
    return Math.scalb(alpha / sums.gram().totalWeight(), -sums.weightExponent());
  }

  /** The reverse of {@link #lambda}. */
  public double ridgeAlpha(double lambda) {
    return Math.scalb(lambda * sums.gram().totalWeight(), sums.weightExponent());
  }

  /** The same class with other weights, in units of {@link SampleSums#weights}. */
  public ClassProblem reweighted(double[] weights) {
    SampleSums other = sums.reweighted(weights, column);
    return new ClassProblem(other, 0, QuadraticForm.of(other.gram(), intercept()));
  }

  /** Σ βⱼ·z̄ⱼ, with weighted means. */
  public double atMean(double[] beta) {
    double sum = 0;
    for (int j = 0; j < beta.length; j++) {
      sum += beta[j] * (sums.gram().sum(j) / sums.gram().totalWeight());
    }
    return sum;
  }

  /** Weighted mean square of what some coefficients leave of the scores, never negative. */
  public double residual(double[] beta) {
    return equations.residual(beta);
  }
}
