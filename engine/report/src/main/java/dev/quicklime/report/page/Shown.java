package dev.quicklime.report.page;

import dev.quicklime.report.drawing.Figure;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * A figure with its number.
 *
 * @param number in the page, from 1
 * @param figure the figure
 * @param drawing gives the figure as a part of the page, or null where the page holds it as a
 *     picture
 */
public record Shown(int number, Figure figure, @Nullable Supplier<String> drawing) {

  /** A figure that the page holds as a picture. */
  public static Shown asPicture(int number, Figure figure) {
    return new Shown(number, figure, null);
  }

  /**
   * The figure as a part of the page, for which it waits where others still draw it; null where the
   * page holds it as a picture.
   */
  public @Nullable String markup() {
    return drawing == null ? null : drawing.get();
  }
}
