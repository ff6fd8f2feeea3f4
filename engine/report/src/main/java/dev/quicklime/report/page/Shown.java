package dev.quicklime.report.page;

import dev.quicklime.report.drawing.Figure;
import org.jspecify.annotations.Nullable;

/**
 * A figure with its number.
 *
 * @param number in the page, from 1
 * @param figure the figure
 * @param markup the figure as a part of the page, or null where the page holds it as a picture
 */
public record Shown(int number, Figure figure, @Nullable String markup) {

  /** A figure that the page holds as a picture. */
  public static Shown asPicture(int number, Figure figure) {
    return new Shown(number, figure, null);
  }
}
