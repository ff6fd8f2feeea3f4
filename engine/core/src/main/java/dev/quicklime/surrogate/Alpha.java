package dev.quicklime.surrogate;

import dev.quicklime.InvalidInputException;
import java.util.Objects;

/** Strength of an ℓ1 penalty: a number, or the rule that finds one. */
public sealed interface Alpha
    permits Alpha.Auto, Alpha.Fixed, Alpha.Criterion, Alpha.CrossValidated, Alpha.Keeping {

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
   * An α that is given.
   *
   * @param value ≥ 0; 0 gives the least-squares fit
   */
  record Fixed(double value) implements Alpha {

    /**
     * Checks the value.
     *
     * @throws InvalidInputException if it is outside of its range
     */
    public Fixed {
      if (!(value >= 0 && value < Double.POSITIVE_INFINITY)) {
        throw new InvalidInputException("alpha must be 0 or a positive number, got " + value);
      }
    }
  }

  /**
   * The knot of the whole Lasso path with the smallest information criterion, as scikit-learn's
   * {@code LassoLarsIC} defines it: n·log(2πσ²) + RSS/σ² + p·(non-zeros), p being 2 for Akaike's
   * criterion and log(n) for the Bayesian one, n the effective sample size, σ² as for {@link Auto}.
   * Unlike {@link Auto} it may choose to keep nothing. An elastic net has no knots; it is tried on
   * 60 α down to a thousandth of the smallest empty one.
   *
   * @param kind which criterion
   */
  record Criterion(Kind kind) implements Alpha {

    /** Refuses what is missing. */
    public Criterion {
      Objects.requireNonNull(kind, "kind");
    }

    /** How much a criterion charges for each coefficient. */
    public enum Kind {
      /** Akaike's: 2 for each coefficient. */
      AIC,
      /** The Bayesian one: log(n) for each coefficient. */
      BIC
    }
  }

  /**
   * The α out of 60, down to a thousandth of the smallest empty one, whose fits to all folds but
   * one predict the one left out best, by the weighted sum of squares over all folds. Row i belongs
   * to fold i modulo their number.
   *
   * @param folds 2 or more
   */
  record CrossValidated(int folds) implements Alpha {

    /**
     * Checks the number.
     *
     * @throws InvalidInputException if it is outside of its range
     */
    public CrossValidated {
      if (folds < 2) {
        throw new InvalidInputException("folds must be at least 2, got " + folds);
      }
    }
  }

  /**
   * An α, at most a part in a thousand under the largest one, that keeps a number of coefficients.
   *
   * @param features how many, ≥ 1
   */
  record Keeping(int features) implements Alpha {

    /**
     * Checks the number.
     *
     * @throws InvalidInputException if it is outside of its range
     */
    public Keeping {
      Checks.features(features);
    }
  }

  /** The rule by the Bayesian criterion that keeps something. */
  static Alpha auto() {
    return new Auto();
  }

  /** The α that is given, ≥ 0 and finite; 0 gives the least-squares fit. */
  static Alpha of(double value) {
    return new Fixed(value);
  }
}
