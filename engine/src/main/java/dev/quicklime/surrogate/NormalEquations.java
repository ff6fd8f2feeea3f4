package dev.quicklime.surrogate;

/**
 * A least-squares problem reduced to its quadratic form, each sum divided by Σw: ½yᵀWy − cᵀβ +
 * ½βᵀCβ. With an intercept, masks and scores are centred at their weighted means, which takes the
 * intercept out of the problem.
 */
final class NormalEquations {

  private final double[] quadratic;
  private final double[] linear;
  private final double constant;

  private NormalEquations(double[] quadratic, double[] linear, double constant) {
    this.quadratic = quadratic;
    this.linear = linear;
    this.constant = constant;
  }

  static NormalEquations of(Gram gram, Moments moments, boolean intercept) {
    int d = gram.columns();
    double total = gram.totalWeight();
    double mean = moments.mean();
    double[] quadratic = new double[d * d];
    double[] linear = new double[d];
    for (int j = 0; j < d; j++) {
      double centre = gram.sum(j) / total;
      for (int k = 0; k < d; k++) {
        double uncentred = gram.product(j, k) / total;
        quadratic[j * d + k] = intercept ? uncentred - centre * (gram.sum(k) / total) : uncentred;
      }
      // Moments are centred at the mean score, and Σw·(z − z̄)(y − ȳ) = Σw·z·(y − ȳ).
      linear[j] = moments.product(j) / total + (intercept ? 0 : mean * centre);
    }
    double deviation = moments.deviation() / total;
    return new NormalEquations(quadratic, linear, intercept ? deviation : deviation + mean * mean);
  }

  int size() {
    return linear.length;
  }

  /** Row-major d × d matrix C; not to be written to. */
  double[] quadratic() {
    return quadratic;
  }

  /** Vector c; not to be written to. */
  double[] linear() {
    return linear;
  }

  /** Weighted mean square of the (centred) scores. */
  double constant() {
    return constant;
  }

  /** The smallest α whose Lasso fit is empty, max|c|. */
  double smallestEmptyAlpha() {
    double largest = 0;
    for (double c : linear) {
      largest = Math.max(largest, Math.abs(c));
    }
    return largest;
  }
}
