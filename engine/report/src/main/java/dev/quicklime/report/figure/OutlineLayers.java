package dev.quicklime.report.figure;

import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.Shape;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.IntPredicate;
import java.util.function.IntUnaryOperator;

/**
 * Superpixels as shapes, for files that stay sharp at any size; colours are 0xAARRGGBB. Nothing is
 * drawn beyond the picture, where a model's input may have padding.
 *
 * @param subject whose superpixels
 */
record OutlineLayers(Subject subject) {

  /** Fills superpixels with their colours, all of one colour as one shape; clear ones are left. */
  void fill(Graphics2D target, IntUnaryOperator argb) {
    Map<Integer, Shape> regions = new TreeMap<>();
    for (int superpixel = 0; superpixel < subject.outlines().size(); superpixel++) {
      int colour = argb.applyAsInt(superpixel);
      if (colour >>> 24 != 0) {
        regions.computeIfAbsent(colour, own -> subject.region(j -> argb.applyAsInt(j) == own));
      }
    }
    Graphics2D g = within(target);
    regions.forEach(
        (colour, region) -> {
          g.setColor(new Color(colour, true));
          g.fill(region);
        });
    g.dispose();
  }

  /**
   * Draws the edges of some superpixels as one line, so that it is as strong where two meet.
   *
   * @param width in pixels of the picture, half of it on each side
   */
  void edge(Graphics2D target, IntPredicate chosen, int argb, double width) {
    Graphics2D g = within(target);
    g.setColor(new Color(argb, true));
    g.setStroke(new BasicStroke((float) width, BasicStroke.CAP_BUTT, BasicStroke.JOIN_MITER));
    g.draw(subject.region(chosen));
    g.dispose();
  }

  private Graphics2D within(Graphics2D target) {
    Graphics2D g = (Graphics2D) target.create();
    g.clipRect(0, 0, subject.size().width(), subject.size().height());
    return g;
  }
}
