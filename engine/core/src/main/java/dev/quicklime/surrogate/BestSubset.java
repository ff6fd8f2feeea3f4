package dev.quicklime.surrogate;

import dev.quicklime.InvalidInputException;

/**
 * Least squares on at most K superpixels, ‖β‖₀ ≤ K, whichever K of all explain most. Found and
 * proved by branch and bound on the Gram; where the time limit comes first, the best subset so far,
 * and the fit says how much better another one could be at most ({@link LinearFit#gap}).
 *
 * <p>To prefer where few superpixels are asked for: unlike ℓ1 it does not shrink those it keeps,
 * and unlike {@link ForwardSelection} it cannot be led astray by its first choice. Gives no
 * standard errors, as the same samples chose the superpixels.
 *
 * @param features K ≥ 1
 * @param seconds how long one class may take at most, above 0
 * @param intercept whether b is fitted; otherwise b = 0
 */
public record BestSubset(int features, double seconds, boolean intercept) implements Surrogate {

  /**
   * Checks both.
   *
   * @throws InvalidInputException if one is outside of its range
   */
  public BestSubset {
    Checks.features(features);
    if (!(seconds > 0 && seconds < Double.POSITIVE_INFINITY)) {
      throw new InvalidInputException("seconds must be a positive number, got " + seconds);
    }
  }

  /** Six superpixels, at most ten seconds for each class. */
  public static BestSubset defaults() {
    return new BestSubset(6, 10, true);
  }

  @Override
  public BestSubset withIntercept(boolean fitted) {
    return new BestSubset(features, seconds, fitted);
  }
}
