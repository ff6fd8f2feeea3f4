package dev.quicklime.image;

import dev.quicklime.InvalidInputException;

/**
 * What a picture file may ask for before it is decoded.
 *
 * @param maxPixels the largest width times height, at least 64; a larger picture is refused from
 *     its header alone
 */
public record ReadLimits(long maxPixels) {
  private static final long DEFAULT_MAX_PIXELS = 100_000_000L;

  public ReadLimits {
    if (maxPixels < 64) {
      throw new InvalidInputException("maxPixels must be at least 64, got " + maxPixels);
    }
  }

  /** Pictures of up to 100 million pixels. */
  public static ReadLimits defaults() {
    return new ReadLimits(DEFAULT_MAX_PIXELS);
  }
}
