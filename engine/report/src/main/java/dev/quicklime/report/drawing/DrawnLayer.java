package dev.quicklime.report.drawing;

import java.awt.Graphics2D;
import java.util.function.Consumer;

/**
 * What is drawn over what lies beneath, in two forms that look alike.
 *
 * @param pixels as screens have it
 * @param shapes the same for files that stay sharp at any size
 */
record DrawnLayer(Consumer<Graphics2D> pixels, Consumer<Graphics2D> shapes) {

  /** A layer that is the same everywhere. */
  static DrawnLayer of(Consumer<Graphics2D> drawn) {
    return new DrawnLayer(drawn, drawn);
  }
}
