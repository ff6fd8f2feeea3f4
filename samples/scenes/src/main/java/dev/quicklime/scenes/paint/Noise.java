package dev.quicklime.scenes.paint;

/** Hashed lattice noise. The values depend on the seed and the point alone, not on call order. */
public final class Noise {
  private Noise() {}

  /** A uniform value in [0, 1) for a lattice point. */
  public static double at(long seed, long x, long y) {
    return (bits(seed, x, y) >>> 11) * 0x1.0p-53;
  }

  /** 64 well mixed bits for a lattice point. */
  public static long bits(long seed, long x, long y) {
    return mix(mix(seed + 0x9E3779B97F4A7C15L * x) + 0xD1B54A32D192ED03L * y);
  }

  /** Value noise in [0, 1): lattice values joined by a smooth curve, one lattice cell per unit. */
  public static double smooth(long seed, double x, double y) {
    long column = (long) Math.floor(x);
    long row = (long) Math.floor(y);
    double u = ease(x - column);
    double v = ease(y - row);
    double top = lerp(at(seed, column, row), at(seed, column + 1, row), u);
    double bottom = lerp(at(seed, column, row + 1), at(seed, column + 1, row + 1), u);
    return lerp(top, bottom, v);
  }

  /** Fractal noise in [0, 1): octaves of {@link #smooth}, each half as strong and twice as fine. */
  public static double fractal(long seed, double x, double y, int octaves) {
    double sum = 0;
    double weight = 1;
    double total = 0;
    double scale = 1;
    for (int octave = 0; octave < octaves; octave++) {
      sum += weight * smooth(seed + octave, x * scale, y * scale);
      total += weight;
      weight *= 0.5;
      scale *= 2;
    }
    return sum / total;
  }

  private static long mix(long z) {
    z = (z ^ (z >>> 30)) * 0xBF58476D1CE4E5B9L;
    z = (z ^ (z >>> 27)) * 0x94D049BB133111EBL;
    return z ^ (z >>> 31);
  }

  private static double ease(double t) {
    return t * t * (3 - 2 * t);
  }

  private static double lerp(double a, double b, double t) {
    return a + (b - a) * t;
  }
}
