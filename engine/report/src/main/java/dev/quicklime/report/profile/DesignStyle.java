package dev.quicklime.report.profile;

import java.awt.Color;
import java.awt.Shape;
import java.awt.geom.Ellipse2D;
import java.awt.geom.Path2D;
import java.awt.geom.Rectangle2D;
import java.util.List;

/**
 * How a design looks in every chart of every profile: a colour that the colour-blind tell from the
 * others, and a mark for those who see none.
 *
 * @param colour of line, mark and band
 * @param mark around the origin
 */
record DesignStyle(Color colour, Shape mark) {

  private static final List<String> KNOWN =
      List.of("bernoulli", "antithetic", "hadamard", "two-phase", "fixed-size");

  /**
   * Okabe and Ito's colours, but for their yellow, and darker where lines and points of them would
   * be hardly seen on white and on bands: 3 to 1.
   */
  private static final List<Color> COLOURS =
      List.of(
          new Color(0x30353a),
          new Color(0x2b8cc6),
          new Color(0x005687),
          new Color(0xd55e00),
          new Color(0x009e73),
          new Color(0xb8628f),
          new Color(0xb07a00));

  private static final List<Shape> MARKS =
      List.of(
          new Ellipse2D.Double(-4, -4, 8, 8),
          polygon(0, -5, 5, 4, -5, 4),
          new Rectangle2D.Double(-4, -4, 8, 8),
          polygon(0, -5.5, 5.5, 0, 0, 5.5, -5.5, 0),
          polygon(0, 5, 5, -4, -5, -4));

  /**
   * The style of a design.
   *
   * @param place among the designs of the profile, for one that has no style of its own
   */
  static DesignStyle of(String design, int place) {
    int known = KNOWN.indexOf(design);
    int slot = known >= 0 ? known : KNOWN.size() + place;
    return new DesignStyle(COLOURS.get(slot % COLOURS.size()), MARKS.get(slot % MARKS.size()));
  }

  private static Shape polygon(double... corners) {
    Path2D path = new Path2D.Double();
    path.moveTo(corners[0], corners[1]);
    for (int i = 2; i < corners.length; i += 2) {
      path.lineTo(corners[i], corners[i + 1]);
    }
    path.closePath();
    return path;
  }
}
