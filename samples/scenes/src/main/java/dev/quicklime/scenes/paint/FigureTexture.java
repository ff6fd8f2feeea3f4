package dev.quicklime.scenes.paint;

/** What a figure is painted with, in the figure's own frame. */
public final class FigureTexture {
  private static final double SPOTS_PER_UNIT = 3.6;

  private FigureTexture() {}

  /**
   * The share of the figure's second colour at a point, in [0, 1].
   *
   * @param figure whose texture
   * @param seed varies the spots of the crescent; the other textures do not depend on it
   */
  public static double at(SceneClass figure, long seed, double x, double y) {
    return switch (figure) {
      case DISC -> Wave.bands(Math.sqrt(x * x + y * y) * 4.4 + 0.25, 3);
      case SQUARE -> Wave.step(Wave.round(x * 2) * Wave.round(y * 2) * 6);
      case TRIANGLE -> Wave.bands(y * 3.8, 3);
      case STAR -> Wave.bands(turns(x, y) * 5, 6);
      case RING -> Wave.bands(turns(x, y) * 4, 5);
      case CROSS -> Wave.bands((x + y) * 2.8, 3);
      case CRESCENT -> spots(seed, x * SPOTS_PER_UNIT, y * SPOTS_PER_UNIT);
      case HEART ->
          Wave.step(
              (0.13 - Math.min(Wave.toWhole((x + y) * 2.7), Wave.toWhole((x - y) * 2.7))) * 12);
    };
  }

  /** The angle from straight up, in turns. */
  private static double turns(double x, double y) {
    return StrictMath.atan2(x, -y) / (2 * Math.PI);
  }

  private static double spots(long seed, double u, double v) {
    long column = (long) Math.floor(u);
    long row = (long) Math.floor(v);
    double strongest = -1;
    for (long j = row - 1; j <= row + 1; j++) {
      for (long i = column - 1; i <= column + 1; i++) {
        double x = i + 0.3 + 0.4 * Noise.at(seed, 3 * i, j) - u;
        double y = j + 0.3 + 0.4 * Noise.at(seed, 3 * i + 1, j) - v;
        double radius = 0.24 + 0.14 * Noise.at(seed, 3 * i + 2, j);
        strongest = Math.max(strongest, (radius - Math.sqrt(x * x + y * y)) * 10);
      }
    }
    return Wave.step(strongest);
  }
}
