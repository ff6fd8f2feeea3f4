package dev.quicklime.scenes.paint;

/** Periodic functions of period 1, made of parabolas: as smooth as sines here, and exact. */
final class Wave {
  private Wave() {}

  /** A rounded wave in [-1, 1] that is 0 and rising at every whole number. */
  static double round(double t) {
    double u = t - Math.floor(t);
    return u < 0.5 ? 16 * u * (0.5 - u) : -16 * (u - 0.5) * (1 - u);
  }

  /** Bands of 0 and 1 with soft edges: the wave, stretched by its hardness and cut. */
  static double bands(double t, double hardness) {
    return step(round(t) * hardness);
  }

  /** A soft step from 0 at -1 to 1 at 1. */
  static double step(double t) {
    double u = Math.clamp((t + 1) * 0.5, 0.0, 1.0);
    return u * u * (3 - 2 * u);
  }

  /** The distance from a number to the nearest whole number, in [0, 0.5]. */
  static double toWhole(double t) {
    return Math.abs(t - Math.floor(t + 0.5));
  }
}
