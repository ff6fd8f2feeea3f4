package dev.quicklime.surrogate;

import dev.quicklime.InvalidInputException;
import java.util.Objects;

/**
 * The K superpixels of the largest |coefficient| of one surrogate, fitted once more by another one
 * on these alone. With a weak ridge for the first and a ridge of α = 1 for the second it is how
 * LIME explains by default with more than six features.
 *
 * <p>To prefer where any surrogate is to be cut down to a number of superpixels. Gives no standard
 * errors, as the same samples chose the superpixels.
 *
 * @param features K ≥ 1
 * @param ranking whose coefficients are ranked; its intercept is that of all
 * @param ridge α of the ridge regression on the chosen superpixels, ≥ 0
 */
public record Strongest(int features, Surrogate ranking, double ridge) implements Surrogate {

  /**
   * Checks the numbers.
   *
   * @throws InvalidInputException if a number is outside of its range
   */
  public Strongest {
    Objects.requireNonNull(ranking, "ranking");
    Checks.features(features);
    Checks.ridge(ridge);
    if (ranking instanceof Strongest) {
      throw new InvalidInputException("ranking must not be a choice of the strongest itself");
    }
  }

  /** LIME's own for more than six features: ranked with α = 0.01, fitted with α = 1. */
  public static Strongest lime(int features) {
    return new Strongest(features, new Ridge(0.01, true), 1);
  }

  @Override
  public boolean intercept() {
    return ranking.intercept();
  }

  @Override
  public Strongest withIntercept(boolean fitted) {
    return new Strongest(features, ranking.withIntercept(fitted), ridge);
  }
}
