package dev.quicklime.report.drawing;

import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.image.BufferedImage;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a figure is made of, to be drawn as often as it is asked for, the same each time.
 *
 * @param width columns, ≥ 1
 * @param height rows, ≥ 1
 * @param density pixels to an inch of paper, at which its lettering has 8 pt at least
 * @param layers from the lowest to the highest
 * @param picture the opaque picture that is all there is, or null where there is more
 */
record Drawing(
    int width, int height, int density, List<DrawnLayer> layers, @Nullable BufferedImage picture) {

  Drawing {
    layers = List.copyOf(layers);
  }

  /**
   * Draws all of it on white; transforms, clips and fonts of one layer are nothing to the next.
   *
   * @param shapes whether layers are drawn as shapes where they have both forms
   */
  void draw(Graphics2D target, boolean shapes) {
    target.setColor(Color.WHITE);
    target.fillRect(0, 0, width, height);
    for (DrawnLayer layer : layers) {
      Graphics2D g = (Graphics2D) target.create();
      try {
        Typeface.smooth(g);
        (shapes ? layer.shapes() : layer.pixels()).accept(g);
      } finally {
        g.dispose();
      }
    }
  }

  /** Its pixels. */
  byte[] png() {
    return Png.withDensity(pixels(), density);
  }

  private byte[] pixels() {
    if (picture != null) {
      return Png.encode(picture);
    }
    BufferedImage image = new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB);
    Graphics2D g = image.createGraphics();
    try {
      draw(g, false);
    } finally {
      g.dispose();
    }
    return Png.encode(image);
  }
}
