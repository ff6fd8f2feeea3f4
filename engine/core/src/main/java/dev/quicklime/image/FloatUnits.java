package dev.quicklime.image;

import dev.quicklime.InvalidInputException;

/**
 * In which units the floats of a picture are. Files do not say; they are of 0..1 or of 0..255, and
 * pictures that were resampled go somewhat beyond.
 */
final class FloatUnits {
  /** How far beyond its range a picture may go: half of it. */
  private static final float BEYOND = 0.5f;

  /** The least that the largest value of a picture of 0..255 may be. */
  private static final float DARKEST = 16;

  private FloatUnits() {}

  /**
   * A picture in units of 0..255.
   *
   * @throws InvalidInputException if a value is not finite, or they are of neither range
   */
  static Image image(int width, int height, int channels, float[] values) {
    float max = Float.NEGATIVE_INFINITY;
    float min = Float.POSITIVE_INFINITY;
    long small = 0;
    long others = 0;
    long outside = 0;
    long above = 0;
    for (float value : values) {
      max = Math.max(max, value);
      min = Math.min(min, value);
      boolean within = value >= -BEYOND && value <= 1 + BEYOND;
      small += within && value != 0 ? 1 : 0;
      others += within ? 0 : 1;
      above += value > 1 + BEYOND ? 1 : 0;
      outside += value < 0 || value > 1 ? 1 : 0;
    }
    if (!Float.isFinite(max) || !Float.isFinite(min)) {
      // Refuses it, and says where.
      return Image.ofFloat(width, height, channels, values);
    }
    if (others == 0) {
      return ofOne(width, height, channels, values, outside, min, max);
    }
    if (max < DARKEST || max > 255 * (1 + BEYOND) || min < -255 * BEYOND || small > others) {
      throw new InvalidInputException(
          ("floats must be within 0..1 or 0..255, or up to half as much beyond, got a minimum of %s"
                  + " and a maximum of %s, where %.3g%% are above %s; divide or clip them")
              .formatted(min, max, 100.0 * above / values.length, 1 + BEYOND));
    }
    return Image.ofFloat(width, height, channels, values)
        .withNotice("floats from %s to %s taken in units of 0..255".formatted(min, max));
  }

  private static Image ofOne(
      int width, int height, int channels, float[] values, long outside, float min, float max) {
    float[] scaled = new float[values.length];
    for (int i = 0; i < scaled.length; i++) {
      scaled[i] = Math.clamp(values[i], 0, 1) * 255;
    }
    Image image =
        Image.ofFloat(width, height, channels, scaled)
            .withNotice("floats within 0..1 multiplied by 255");
    return outside == 0
        ? image
        : image.withNotice(
            "%d of %d floats outside 0..1, from %s to %s, clipped"
                .formatted(outside, values.length, min, max));
  }
}
