package dev.quicklime.surrogate;

import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The problem of one class, in its own units: scores and weights may have been divided by a power
 * of two each.
 */
final class ClassProblem {

  private final FitInput input;
  private final int column;
  private final NormalEquations equations;

  ClassProblem(FitInput input, int column, QuadraticForm form) {
    this.input = input;
    this.column = column;
    equations = NormalEquations.of(form, input.moments(column));
  }

  FitInput input() {
    return input;
  }

  int column() {
    return column;
  }

  /** What one column is called. */
  String noun() {
    return input.columns().noun();
  }

  /** Number of columns, d. */
  int size() {
    return equations.size();
  }

  NormalEquations equations() {
    return equations;
  }

  Moments moments() {
    return input.moments(column);
  }

  double effectiveSamples() {
    return input.effectiveSamples();
  }

  boolean intercept() {
    return equations.form().intercept();
  }

  /** A number in units of the score, in those of the problem. */
  double scored(double value) {
    return Math.scalb(value, -input.scoreExponent(column));
  }

  /** The reverse of {@link #scored}. */
  double unscored(double value) {
    return Math.scalb(value, input.scoreExponent(column));
  }

  /** An ℓ2 penalty beside a sum of squares, as one beside a mean of them: divided by Σw. */
  double lambda(double alpha) {
    return Math.scalb(alpha / input.gram().totalWeight(), -input.weightExponent());
  }

  /** The reverse of {@link #lambda}. */
  double ridgeAlpha(double lambda) {
    return Math.scalb(lambda * input.gram().totalWeight(), input.weightExponent());
  }

  /** The same class with other weights, in units of {@link FitInput#weights}. */
  ClassProblem reweighted(double[] weights) {
    FitInput other = input.reweighted(weights, column);
    return new ClassProblem(other, 0, QuadraticForm.of(other.gram(), intercept()));
  }

  /** Σ βⱼ·z̄ⱼ, with weighted means. */
  double atMean(double[] beta) {
    double sum = 0;
    for (int j = 0; j < beta.length; j++) {
      sum += beta[j] * (input.gram().sum(j) / input.gram().totalWeight());
    }
    return sum;
  }

  /** Weighted mean square of what some coefficients leave of the scores, never negative. */
  double residual(double[] beta) {
    return equations.residual(beta);
  }

  /** The fit in units of the score. */
  LinearFit inUnits(
      Solution solution,
      double intercept,
      SandwichErrors sandwich,
      @Nullable Double r2,
      List<String> notices) {
    double[] errors = sandwich.errors();
    return new LinearFit(
        finite(unscored(intercept)),
        inUnits(solution.beta()),
        errors == null ? null : inUnits(errors),
        errors == null ? null : Arrays.stream(sandwich.freedom()).boxed().toList(),
        sandwich.reason(),
        solution.alpha(),
        r2,
        solution.gap(),
        notices);
  }

  private List<Double> inUnits(double[] values) {
    return Arrays.stream(values).map(v -> finite(unscored(v))).boxed().toList();
  }

  private static double finite(double value) {
    if (!Double.isFinite(value)) {
      throw new IllegalArgumentException(
          "scores must be so small that a fit to them is a finite number; they are not");
    }
    return value;
  }
}
