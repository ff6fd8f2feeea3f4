package dev.quicklime.cli.figure;

/**
 * Size at which a picture is drawn.
 *
 * @param width columns, ≥ 1
 * @param height rows, ≥ 1
 */
public record FigureSize(int width, int height) {

  private static final double SMALL = 480;
  private static final double LARGE = 1400;

  /**
   * The picture's own size; one that is small by a whole factor larger, so that its pixels stay
   * squares, and one that is large reduced.
   */
  public static FigureSize of(int width, int height) {
    return of(width, height, SMALL, LARGE);
  }

  /** The same with a long side of about {@code least} and at most {@code most}. */
  public static FigureSize of(int width, int height, double least, double most) {
    int side = Math.max(width, height);
    if (side > most) {
      double scale = most / side;
      return new FigureSize(scaled(width, scale), scaled(height, scale));
    }
    int factor = (int) Math.max(1, Math.round(least / side));
    return new FigureSize(width * factor, height * factor);
  }

  private static int scaled(int side, double scale) {
    return (int) Math.max(1, Math.round(side * scale));
  }
}
