package dev.quicklime.tabular;

import org.jspecify.annotations.Nullable;

/**
 * What a feature does to a score, by a linear surrogate.
 *
 * @param feature which of the features, from 0
 * @param coefficient in units of the score for one unit of the feature; of a categorical one, for
 *     having the row's value rather than another
 * @param perDeviation the same for one standard deviation of the feature; of a categorical one,
 *     equal to {@code coefficient}
 * @param standardError of {@code coefficient}, or null where there is none
 * @param margin how far the 95 % interval of {@code coefficient} reaches to either side, or null
 */
public record Effect(
    int feature,
    double coefficient,
    double perDeviation,
    @Nullable Double standardError,
    @Nullable Double margin) {

  /** Whether the surrogate uses the feature. */
  public boolean selected() {
    return perDeviation != 0;
  }

  /** Standard error of {@code perDeviation}, or null where there is none. */
  public @Nullable Double standardErrorPerDeviation(Feature of) {
    return scaled(standardError, of);
  }

  /** How far the 95 % interval of {@code perDeviation} reaches to either side, or null. */
  public @Nullable Double marginPerDeviation(Feature of) {
    return scaled(margin, of);
  }

  private static @Nullable Double scaled(@Nullable Double value, Feature of) {
    return value == null ? null : Double.valueOf(value * of.deviation());
  }
}
