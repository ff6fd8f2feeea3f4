package dev.quicklime.report.page;

import dev.quicklime.report.drawing.FigureSize;
import java.util.Locale;

/**
 * The room that a picture has on paper, as a style sheet prints it, in points. A picture fills it
 * in one direction; numbers on it are enlarged where they would be too small to be read.
 *
 * @param width most
 * @param height most
 */
public record PaperBox(double width, double height) {

  /** The smallest lettering on paper, in points. */
  public static final double LEAST = 8;

  /** Of rounding, and of what a browser takes for borders. */
  private static final double SPARE = 1.04;

  /** How many pixels of a picture of this size are as high as the smallest lettering. */
  public double least(int columns, int rows) {
    double pointsOfPixel = Math.min(width / columns, height / rows);
    return SPARE * LEAST / pointsOfPixel;
  }

  /** How many times larger the numbers on a picture must be, at least 1. */
  public double tags(FigureSize size) {
    double tag = size.tags().tag().getSize2D();
    return Math.max(1, least(size.width(), size.height()) / tag);
  }

  /** A number as CSS has it. */
  public static String css(double number) {
    return String.format(Locale.ROOT, "%.2f", number);
  }
}
