package dev.quicklime.surrogate;

/** Strength of a penalty: a number, or the rule that finds one. */
public sealed interface Alpha permits Alpha.Auto, Alpha.Fixed {

  /**
   * The α of a path from the smallest one that removes everything down to a thousandth of it whose
   * fit has the smallest Bayesian information criterion, RSS/σ² + log(n)·(non-zeros). RSS is scaled
   * to n, the effective sample size (Σw)²/Σw²; σ² is the residual variance of the least-squares fit
   * on n − d − 1 degrees of freedom. As the path starts from the scores' own scale, the rule works
   * alike on probabilities and on logits, and it keeps at least one superpixel wherever the scores
   * vary. With n ≤ d + 1 there is no σ²; then α is a twentieth of the smallest one that removes
   * everything.
   *
   * <p>The criterion is that of Zou, Hastie and Tibshirani, "On the degrees of freedom of the
   * lasso", Annals of Statistics 35, 2007.
   */
  record Auto() implements Alpha {}

  /**
   * A number.
   *
   * @param value ≥ 0; 0 gives the least-squares fit
   */
  record Fixed(double value) implements Alpha {

    /** Checks the value. */
    public Fixed {
      if (!(value >= 0 && value < Double.POSITIVE_INFINITY)) {
        throw new IllegalArgumentException("alpha must be 0 or a positive number, got " + value);
      }
    }
  }

  /** The rule. */
  static Alpha auto() {
    return new Auto();
  }

  /** A number ≥ 0. */
  static Alpha of(double value) {
    return new Fixed(value);
  }
}
