package dev.quicklime.locality;

import dev.quicklime.InvalidInputException;

/**
 * Distance between a mask that shows k of d superpixels and the original picture, scaled to [0, 1].
 * It depends on k alone.
 */
public enum Distance {
  /** 1 − √(k/d), LIME's own: one minus the cosine between the mask and the all-ones mask. */
  COSINE,
  /** √(1 − k/d), the Euclidean distance over √d. */
  EUCLIDEAN,
  /** 1 − k/d, the share of superpixels that are filled. */
  HAMMING;

  /**
   * The distance of a mask from the original picture, from 0 for the picture itself to 1 for a mask
   * that shows nothing.
   *
   * @param shown number of superpixels shown, 0 to d
   * @param superpixels d, ≥ 1
   */
  public double of(int shown, int superpixels) {
    if (superpixels < 1 || shown < 0 || shown > superpixels) {
      throw new InvalidInputException(
          "shown must be between 0 and " + superpixels + ", got " + shown);
    }
    double share = (double) shown / superpixels;
    return switch (this) {
      case COSINE -> 1 - Math.sqrt(share);
      case EUCLIDEAN -> Math.sqrt(1 - share);
      case HAMMING -> 1 - share;
    };
  }
}
