package dev.quicklime.tabular;

import java.util.Objects;

/**
 * One column as it was perturbed around the explained row.
 *
 * @param name of the column
 * @param value the row's own, as text
 * @param number the row's own, as the model is given it; of a categorical column its code
 * @param categorical whether the surrogate asks for "the same value as the row's", 1 or 0, in place
 *     of a number
 * @param deviation σ of the noise; 1 for a categorical column
 * @param fixed whether it was held at its value, as it does not vary: it has no coefficient
 */
public record Feature(
    String name,
    String value,
    double number,
    boolean categorical,
    double deviation,
    boolean fixed) {

  /** Refuses what is missing. */
  public Feature {
    Objects.requireNonNull(name, "name");
    Objects.requireNonNull(value, "value");
  }
}
