package dev.quicklime.report.page;

import dev.quicklime.report.drawing.Figure;
import java.util.function.Supplier;

/**
 * A figure with its number.
 *
 * @param number in the page, from 1
 * @param figure the figure
 * @param drawing gives the figure as a part of the page
 */
public record Shown(int number, Figure figure, Supplier<String> drawing) {

  /** The figure as a part of the page, for which it waits where others still draw it. */
  public String markup() {
    return drawing.get();
  }
}
