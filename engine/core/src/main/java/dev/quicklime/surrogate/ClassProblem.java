package dev.quicklime.surrogate;

/**
 * The problem of one class, in its own units: scores and weights may have been divided by a power
 * of two each.
 */
final class ClassProblem {

  private final SampleSums sums;
  private final int column;
  private final NormalEquations equations;

  ClassProblem(SampleSums sums, int column, QuadraticForm form) {
    this.sums = sums;
    this.column = column;
    equations = NormalEquations.of(form, sums.moments(column));
  }

  SampleSums sums() {
    return sums;
  }

  int column() {
    return column;
  }

  /** What one column is called. */
  String noun() {
    return sums.columns().noun();
  }

  /** Number of columns, d. */
  int size() {
    return equations.size();
  }

  NormalEquations equations() {
    return equations;
  }

  Moments moments() {
    return sums.moments(column);
  }

  double effectiveSamples() {
    return sums.effectiveSamples();
  }

  boolean intercept() {
    return equations.form().intercept();
  }

  /** A number in units of the score, in those of the problem. */
  double scored(double value) {
    return Math.scalb(value, -sums.scoreExponent(column));
  }

  /** The reverse of {@link #scored}. */
  double unscored(double value) {
    return Math.scalb(value, sums.scoreExponent(column));
  }

  /** An ℓ2 penalty beside a sum of squares, as one beside a mean of them: divided by Σw. */
  double lambda(double alpha) {
    return Math.scalb(alpha / sums.gram().totalWeight(), -sums.weightExponent());
  }

  /** The reverse of {@link #lambda}. */
  double ridgeAlpha(double lambda) {
    return Math.scalb(lambda * sums.gram().totalWeight(), sums.weightExponent());
  }

  /** The same class with other weights, in units of {@link SampleSums#weights}. */
  ClassProblem reweighted(double[] weights) {
    SampleSums other = sums.reweighted(weights, column);
    return new ClassProblem(other, 0, QuadraticForm.of(other.gram(), intercept()));
  }

  /** Σ βⱼ·z̄ⱼ, with weighted means. */
  double atMean(double[] beta) {
    double sum = 0;
    for (int j = 0; j < beta.length; j++) {
      sum += beta[j] * (sums.gram().sum(j) / sums.gram().totalWeight());
    }
    return sum;
  }

  /** Weighted mean square of what some coefficients leave of the scores, never negative. */
  double residual(double[] beta) {
    return equations.residual(beta);
  }
}
