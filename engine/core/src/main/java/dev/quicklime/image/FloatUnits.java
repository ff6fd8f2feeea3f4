package dev.quicklime.image;

import dev.quicklime.InvalidInputException;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * In which units the floats of a picture are. Files do not say; they are of 0..1 or of 0..255, and
 * pictures that were resampled go somewhat beyond. How opaque a pixel is is judged by itself.
 */
final class FloatUnits {
  /** How far beyond its range a picture may go: half of it. */
  private static final float BEYOND = 0.5f;

  /** The least that the largest value of a picture of 0..255 may be. */
  private static final float DARKEST = 16;

  private final float[] values;
  private final int channels;
  private final int from;
  private final int to;
  private final int count;
  private float min = Float.POSITIVE_INFINITY;
  private float max = Float.NEGATIVE_INFINITY;
  private boolean finite = true;
  private long small;
  private long others;
  private long outside;
  private long above;

  /** Looks at some channels of a picture. */
  private FloatUnits(float[] values, int channels, int from, int to) {
    this.values = values;
    this.channels = channels;
    this.from = from;
    this.to = to;
    count = values.length / channels * (to - from);
    for (int i = 0; i < values.length; i++) {
      if (i % channels >= from && i % channels < to) {
        see(values[i]);
      }
    }
  }

  private void see(float value) {
    finite &= Float.isFinite(value);
    max = Math.max(max, value);
    min = Math.min(min, value);
    boolean within = value >= -BEYOND && value <= 1 + BEYOND;
    small += within && value != 0 ? 1 : 0;
    others += within ? 0 : 1;
    above += value > 1 + BEYOND ? 1 : 0;
    outside += value < 0 || value > 1 ? 1 : 0;
  }

  /** Whether they are of 0..1. */
  private boolean ofOne() {
    return finite && others == 0;
  }

  /** Whether they are of 0..255. */
  private boolean ofLevels() {
    return finite
        && max >= DARKEST
        && max <= 255 * (1 + BEYOND)
        && min >= -255 * BEYOND
        && small <= others;
  }

  private void scale(float[] into) {
    for (int i = 0; i < values.length; i++) {
      if (i % channels >= from && i % channels < to) {
        into[i] = Math.clamp(values[i], 0, 1) * 255;
      }
    }
  }

  /**
   * A picture in units of 0..255.
   *
   * @param colours how many of the channels, the first ones, are not how opaque a pixel is
   * @throws InvalidInputException if a colour's value is not finite, or they are of neither range
   */
  static Image image(int width, int height, int channels, int colours, float[] values) {
    FloatUnits seen = new FloatUnits(values, channels, 0, colours);
    float[] out = values.clone();
    if (seen.ofOne()) {
      seen.scale(out);
    } else if (seen.finite && !seen.ofLevels()) {
      throw seen.neither();
    }
    String doubt = colours < channels ? alpha(values, channels, colours, out) : null;
    // Refuses what is not finite, and says where.
    Image image = Image.ofFloat(width, height, channels, out);
    if (doubt != null) {
      image = image.withNotice(doubt);
    }
    if (!seen.ofOne()) {
      return image.withNotice(
          "floats from %s to %s taken in units of 0..255".formatted(seen.min, seen.max));
    }
    image = image.withNotice("floats within 0..1 multiplied by 255");
    return seen.outside == 0
        ? image
        : image.withNotice(
            "%s of %s floats outside 0..1, from %s to %s, clipped"
                .formatted(seen.outside, seen.count, seen.min, seen.max));
  }

  /** Brings alpha to 0..255, and says what of it could not be. */
  private static @Nullable String alpha(float[] values, int channels, int first, float[] out) {
    FloatUnits seen = new FloatUnits(values, channels, first, channels);
    if (seen.ofOne()) {
      seen.scale(out);
      return null;
    }
    boolean levels = seen.ofLevels();
    for (int i = 0; i < out.length; i++) {
      if (i % channels >= first) {
        out[i] = levels ? Math.clamp(values[i], 0, 255) : 255;
      }
    }
    return levels
        ? null
        : "alpha is of neither 0..1 nor 0..255 and was taken for opaque everywhere";
  }

  private InvalidInputException neither() {
    boolean between = max > 1 + BEYOND && max < DARKEST && min >= -BEYOND;
    String rule =
        between
            ? "floats whose largest is between "
                + (1 + BEYOND)
                + " and "
                + DARKEST
                + " may be of 0..1 or of 0..255"
            : "floats must be within 0..1 or 0..255, or up to half as much beyond";
    return new InvalidInputException(
        String.format(
            Locale.ROOT,
            "%s, got a minimum of %s and a maximum of %s, where %.3g%% are above %s; %s them",
            rule,
            min,
            max,
            100.0 * above / count,
            1 + BEYOND,
            between ? "divide, multiply or clip" : "divide or clip"));
  }
}
