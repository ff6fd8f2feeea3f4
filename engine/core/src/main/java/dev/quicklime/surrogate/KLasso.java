package dev.quicklime.surrogate;

/**
 * K-LASSO as the LIME paper defines it: the Lasso path chooses at most K superpixels, a ridge
 * regression on these alone weighs them. The path is walked back from its end, α = 0, to the knot
 * of the smallest α with at most K non-zero coefficients. That is not the same as the first K steps
 * where the path lets a superpixel go on its way.
 *
 * <p>After Ribeiro, Singh and Guestrin, "Why should I trust you?", KDD 2016. To prefer where a
 * number of superpixels is asked for and explanations are to be compared with LIME's. Gives no
 * standard errors, as the same samples chose the superpixels.
 *
 * @param features K ≥ 1
 * @param ridge α of the ridge regression, ≥ 0
 * @param intercept whether b is fitted; otherwise b = 0
 */
public record KLasso(int features, double ridge, boolean intercept) implements Surrogate {

  /**
   * Checks both numbers.
   *
   * @throws dev.quicklime.InvalidInputException if one is outside of its range
   */
  public KLasso {
    Checks.features(features);
    Checks.ridge(ridge);
  }

  /** Ten superpixels, then a ridge with α = 1, as LIME has it. */
  public static KLasso defaults() {
    return new KLasso(10, 1, true);
  }

  @Override
  public KLasso withIntercept(boolean fitted) {
    return new KLasso(features, ridge, fitted);
  }
}
