package dev.quicklime.surrogate;

/**
 * Superpixels one by one: each of K rounds adds the one that raises weighted R² most beside those
 * that are in already; a ridge regression on the chosen ones weighs them. With the ridge's α = 0
 * that is the greedy answer to what {@link BestSubset} answers exactly. It stops early where no
 * superpixel adds anything.
 *
 * <p>To prefer where {@link BestSubset} takes too long. Gives no standard errors, as the same
 * samples chose the superpixels.
 *
 * @param features K ≥ 1
 * @param ridge α of the ridge regression on the chosen superpixels, ≥ 0; selection itself has none
 * @param intercept whether b is fitted; otherwise b = 0
 */
public record ForwardSelection(int features, double ridge, boolean intercept) implements Surrogate {

  /**
   * Checks both numbers.
   *
   * @throws dev.quicklime.InvalidInputException if one is outside of its range
   */
  public ForwardSelection {
    Checks.features(features);
    Checks.ridge(ridge);
  }

  /** Six superpixels, weighed by least squares. */
  public static ForwardSelection defaults() {
    return new ForwardSelection(6, 0, true);
  }

  @Override
  public ForwardSelection withIntercept(boolean fitted) {
    return new ForwardSelection(features, ridge, fitted);
  }
}
