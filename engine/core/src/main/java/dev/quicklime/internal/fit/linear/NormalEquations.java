package dev.quicklime.internal.fit.linear;

import dev.quicklime.internal.fit.sums.Gram;
import dev.quicklime.internal.fit.sums.Moments;
import java.util.Arrays;

/**
 * A least-squares problem reduced to its quadratic form, each sum divided by Σw: ½yᵀWy − cᵀβ +
 * ½βᵀCβ. With an intercept, masks and scores are centred at their weighted means.
 */
public final class NormalEquations {

  private final QuadraticForm form;
  private double[] linear = new double[0];
  private double constant;
  private double smallestEmptyAlpha;

  public NormalEquations(QuadraticForm form) {
    this.form = form;
  }

  public static NormalEquations of(Gram gram, Moments moments, boolean intercept) {
    return of(QuadraticForm.of(gram, intercept), moments);
  }

  public static NormalEquations of(QuadraticForm form, Moments moments) {
    NormalEquations problem = new NormalEquations(form);
    problem.fill(moments);
    return problem;
  }

  /** Takes the scores of another class, or those that belong to the form's new masks. */
  public void fill(Moments moments) {
    int stride = form.stride();
    if (linear.length < stride) {
      linear = new double[stride];
    }
    double total = form.totalWeight();
    double mean = form.intercept() ? 0 : moments.mean();
    double largest = 0;
    for (int j = 0; j < form.size(); j++) {
      // Moments are centred at the mean score, and Σw·(z − z̄)(y − ȳ) = Σw·z·(y − ȳ).
      linear[j] = moments.product(j) / total + mean * form.mean(j);
      largest = Math.max(largest, Math.abs(linear[j]));
    }
    Arrays.fill(linear, form.size(), linear.length, 0);
    smallestEmptyAlpha = largest;
    constant = moments.deviation() / total + mean * mean;
  }

  public QuadraticForm form() {
    return form;
  }

  public int size() {
    return form.size();
  }

  /** Length of a row of {@link #quadratic()}: d, rounded up to a multiple of eight. */
  public int stride() {
    return form.stride();
  }

  /** Row-major d × d matrix C, its rows filled up with zeros; not to be written to. */
  public double[] quadratic() {
    return form.matrix();
  }

  /** Vector c, filled up with zeros; not to be written to. */
  public double[] linear() {
    return linear;
  }

  /** Weighted mean square of the (centred) scores. */
  public double constant() {
    return constant;
  }

  /** The smallest α whose Lasso fit is empty, max|c|. */
  public double smallestEmptyAlpha() {
    return smallestEmptyAlpha;
  }

  /** Weighted mean square of what some coefficients leave of the scores, never negative. */
  double residual(double[] beta) {
    double[] matrix = form.matrix();
    double sum = constant;
    for (int j = 0; j < form.size(); j++) {
      if (beta[j] != 0) {
        double gradient = linear[j];
        for (int k = 0, at = j * form.stride(); k < form.size(); k++, at++) {
          gradient -= matrix[at] * beta[k];
        }
        sum -= beta[j] * (linear[j] + gradient);
      }
    }
    return Math.max(0, sum);
  }
}
