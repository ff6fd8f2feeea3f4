package dev.quicklime.scenes.paint;

import dev.quicklime.InvalidInputException;

/**
 * A background as a function of the point: how much of the second colour is there.
 *
 * @param kind what it looks like
 * @param seed of its noise
 * @param cosine of its rotation
 * @param sine of its rotation
 * @param frequency repeats per unit length, more than 0
 */
public record BackdropPattern(
    Backdrop kind, long seed, double cosine, double sine, double frequency) {
  /** Refuses a frequency that is not positive. */
  public BackdropPattern {
    if (!(frequency > 0)) {
      throw new InvalidInputException("frequency must be more than 0, got " + frequency);
    }
  }

  /** The share of the second colour at a point, in [0, 1]. */
  public double at(double x, double y) {
    double u = (cosine * x + sine * y) * frequency;
    double v = (cosine * y - sine * x) * frequency;
    return switch (kind) {
      case STRIPES -> Wave.bands(u, 2.5);
      case CHECKS -> Wave.step(Wave.round(u * 0.6) * Wave.round(v * 0.6) * 4);
      case CLOUDS -> Wave.step((Noise.fractal(seed, u * 0.7, v * 0.7, 4) - 0.5) * 4);
      case GRADIENT -> Wave.step((u + v) / frequency) * 0.85 + 0.15 * Noise.fractal(seed, u, v, 3);
      case MARBLE ->
          0.5 + 0.5 * Wave.round(u * 0.5 + 1.3 * Noise.fractal(seed, u * 0.5, v * 0.5, 4));
      case BRICKS -> bricks(u, v);
      case DOTS -> Wave.step((0.3 - Math.hypot(Wave.toWhole(u), Wave.toWhole(v))) * 12);
      case WAVES -> Wave.bands(v * 0.9 + 0.28 * Wave.round(u * 0.45), 1.6);
    };
  }

  private double bricks(double u, double v) {
    double row = Math.floor(v);
    double shifted = u * 0.5 + ((long) row % 2 == 0 ? 0 : 0.5);
    double joint = Math.min(Wave.toWhole(v), 2 * Wave.toWhole(shifted));
    double tone = 0.35 * Noise.at(seed, (long) Math.floor(shifted), (long) row);
    return Math.max(tone, Wave.step((0.07 - joint) * 25));
  }
}
