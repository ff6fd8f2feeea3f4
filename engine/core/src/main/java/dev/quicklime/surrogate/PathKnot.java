package dev.quicklime.surrogate;

import java.util.List;
import java.util.Objects;

/**
 * A knot of a path of fits, between which coefficients are linear in α.
 *
 * @param alpha ≥ 0, in units of the score
 * @param coefficients d numbers in units of the score
 */
public record PathKnot(double alpha, List<Double> coefficients) {

  /** Copies the coefficients. */
  public PathKnot {
    Objects.requireNonNull(coefficients, "coefficients");
    coefficients = List.copyOf(coefficients);
  }
}
