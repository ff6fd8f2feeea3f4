package dev.quicklime.report.figure;

import dev.quicklime.report.drawing.FigureSize;
import dev.quicklime.report.drawing.Typeface;
import java.awt.Color;
import java.awt.FontMetrics;
import java.awt.Graphics2D;
import java.awt.geom.RoundRectangle2D;
import java.util.List;

/** Writes superpixels' numbers on them. */
final class NumberTags {

  private NumberTags() {}

  /** Tags superpixels of a picture of a given size; those that lie outside of it go without. */
  static void draw(Graphics2D g, LabelGrid grid, List<Integer> superpixels, FigureSize picture) {
    Typeface type = picture.tags();
    g.setFont(type.tag());
    FontMetrics metrics = g.getFontMetrics();
    double height = metrics.getAscent() + metrics.getDescent() * 0.5;
    // From the weakest to the strongest, so that where two overlap the stronger one is on top.
    for (int superpixel : superpixels.reversed()) {
      if (!grid.isSeen(superpixel)) {
        continue;
      }
      String text = Integer.toString(superpixel);
      double width = Math.max(height, metrics.stringWidth(text) + height * 0.6);
      int[] centre = grid.centre(superpixel);
      double x = within(centre[0] + 0.5 - width / 2, picture.width() - width - 1);
      double y = within(centre[1] + 0.5 - height / 2, picture.height() - height - 1);
      RoundRectangle2D pill = new RoundRectangle2D.Double(x, y, width, height, height, height);
      g.setColor(Color.WHITE);
      g.fill(pill);
      g.setColor(Typeface.INK);
      g.draw(pill);
      Typeface.centred(g, text, x + width / 2, y + metrics.getAscent() * 0.97);
    }
  }

  private static double within(double position, double most) {
    return Math.max(0, Math.min(position, most));
  }
}
