package dev.quicklime.surrogate;

import dev.quicklime.InvalidInputException;
import java.util.Objects;

/** Rules that several surrogates share. */
final class Checks {

  private Checks() {}

  static void given(double[] weights, double[] scores) {
    Objects.requireNonNull(weights, "weights");
    Objects.requireNonNull(scores, "scores");
  }

  static void features(int features) {
    if (features < 1) {
      throw new InvalidInputException("features must be at least 1, got " + features);
    }
  }

  static void ridge(double ridge) {
    if (!(ridge >= 0 && ridge < Double.POSITIVE_INFINITY)) {
      throw new InvalidInputException("ridge must be 0 or a positive number, got " + ridge);
    }
  }

  static void radius(double radius) {
    if (!(radius > 0 && radius < Double.POSITIVE_INFINITY)) {
      throw new InvalidInputException("radius must be a positive number, got " + radius);
    }
  }
}
