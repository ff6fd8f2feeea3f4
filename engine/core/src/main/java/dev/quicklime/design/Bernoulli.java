package dev.quicklime.design;

import dev.quicklime.InvalidInputException;

/**
 * Every superpixel of every sample is shown independently with the same probability; LIME's own
 * design at ½.
 *
 * @param probability chance that a superpixel is shown, strictly between 0 and 1
 */
public record Bernoulli(double probability) implements Design {

  /**
   * Checks the probability.
   *
   * @throws InvalidInputException if it is not strictly between 0 and 1
   */
  public Bernoulli {
    if (!(probability > 0 && probability < 1)) {
      throw new InvalidInputException(
          "probability must be strictly between 0 and 1, got " + probability);
    }
  }

  /** A fair coin for every superpixel. */
  public static Bernoulli defaults() {
    return new Bernoulli(0.5);
  }
}
