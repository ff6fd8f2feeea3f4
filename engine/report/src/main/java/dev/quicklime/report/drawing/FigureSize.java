package dev.quicklime.report.drawing;

/**
 * Size at which a picture is drawn, and the size of the lettering around it.
 *
 * @param width columns, ≥ 1
 * @param height rows, ≥ 1
 * @param lettering 1 for a figure as wide as a column of text, more for one that is shown smaller
 */
public record FigureSize(int width, int height, double lettering) {

  private static final double SMALL = 480;
  private static final double LARGE = 1400;

  /** A size with the lettering of a figure as wide as a column of text. */
  public FigureSize(int width, int height) {
    this(width, height, 1);
  }

  /** The same size with other lettering. */
  public FigureSize withLettering(double size) {
    return new FigureSize(width, height, size);
  }

  /** Lettering beneath the picture. */
  public Typeface type() {
    return Typeface.forWidth(Plate.panelWidth(width)).times(lettering);
  }

  /** Thickness of lines over the picture, in its pixels. */
  public int line() {
    return Math.max(1, Math.round(Math.max(width, height) / 500f));
  }

  /** Lettering upon the picture. */
  public Typeface tags() {
    return Typeface.forWidth(Math.max(width, height)).times(lettering);
  }

  /**
   * Width of a chart beside the picture, in units in which its lettering has one size.
   *
   * @param column the same as wide as a column of text
   */
  public int chart(int column) {
    return (int) Math.round(column / lettering);
  }

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
