package dev.quicklime.perturb;

import dev.quicklime.InvalidInputException;
import java.util.List;
import java.util.Objects;

/** What takes the place of a superpixel that is not shown. */
public sealed interface Fill permits Fill.SegmentMean, Fill.ImageMean, Fill.Constant, Fill.Blur {

  /**
   * The mean of the superpixel itself, for each channel; LIME's default, but not cut to an integer.
   */
  record SegmentMean() implements Fill {}

  /** The mean of the whole picture, for each channel. */
  record ImageMean() implements Fill {}

  /**
   * The same colour for all superpixels.
   *
   * @param levels a value from 0 to 255 for each channel, or a single one for all of them
   */
  record Constant(List<Double> levels) implements Fill {

    /** Copies and checks the levels. */
    public Constant {
      Objects.requireNonNull(levels, "levels");
      levels = List.copyOf(levels);
      if (levels.isEmpty()) {
        throw new InvalidInputException("a fill colour needs at least one level");
      }
      for (double level : levels) {
        if (!(level >= 0 && level <= 255)) {
          throw new InvalidInputException("a fill level must be between 0 and 255, got " + level);
        }
      }
    }
  }

  /**
   * The picture itself under a Gaussian blur.
   *
   * @param sigma standard deviation in pixels of the model's input, > 0
   */
  record Blur(double sigma) implements Fill {

    /**
     * Checks sigma.
     *
     * @throws InvalidInputException if it is outside of its range
     */
    public Blur {
      if (!(sigma > 0 && sigma <= 1000)) {
        throw new InvalidInputException(
            "blur sigma must be above 0 and at most 1000 pixels, got " + sigma);
      }
    }
  }

  /** Middle gray, 128 in every channel. */
  static Fill gray() {
    return new Constant(List.of(128.0));
  }

  /** Black, 0 in every channel. */
  static Fill black() {
    return new Constant(List.of(0.0));
  }
}
