package dev.quicklime.scenes.paint;

import dev.quicklime.InvalidInputException;

/**
 * A small thing that is no figure.
 *
 * @param kind its form
 * @param centreX centre
 * @param centreY centre
 * @param size half its greatest extent, more than 0
 * @param cosine of its rotation
 * @param sine of its rotation
 * @param seed of a blob's outline
 * @param colour its one colour
 */
public record Fragment(
    Kind kind,
    double centreX,
    double centreY,
    double size,
    double cosine,
    double sine,
    long seed,
    Rgb colour) {
  /** The forms of a fragment. */
  public enum Kind {
    /** A plain round dot. */
    DOT,
    /** A thin bar with round ends. */
    BAR,
    /** A blot with an uneven outline. */
    BLOB
  }

  /** Refuses a size that is not positive. */
  public Fragment {
    if (!(size > 0)) {
      throw new InvalidInputException("size must be more than 0, got " + size);
    }
  }

  /** The signed distance to its outline: negative inside; for a blob an estimate. */
  public double distance(double x, double y) {
    double u = cosine * (x - centreX) + sine * (y - centreY);
    double v = cosine * (y - centreY) - sine * (x - centreX);
    return switch (kind) {
      case DOT -> Math.sqrt(u * u + v * v) - 0.7 * size;
      case BAR -> {
        double half = 0.16 * size;
        double along = Math.max(Math.abs(u) - (size - half), 0);
        yield Math.sqrt(along * along + v * v) - half;
      }
      case BLOB ->
          Math.sqrt(u * u + v * v)
              - size * (0.35 + 0.6 * Noise.smooth(seed, 2.2 * u / size, 2.2 * v / size));
    };
  }
}
