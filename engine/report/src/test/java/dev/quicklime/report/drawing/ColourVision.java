package dev.quicklime.report.drawing;

import java.util.List;
import java.util.function.IntUnaryOperator;

/** What eyes of all kinds see of colours, each 0xRRGGBB. */
public final class ColourVision {

  private ColourVision() {}

  /**
   * What eyes without the receptors for green see, in linear light: Viénot, Brettel and Mollon,
   * "Digital video colourmaps for checking the legibility of displays by dichromats", Color
   * Research and Application 24, 1999.
   */
  public static int deuteranopia(int rgb) {
    double red = Oklab.linear(rgb >> 16 & 0xff);
    double green = Oklab.linear(rgb >> 8 & 0xff);
    double blue = Oklab.linear(rgb & 0xff);
    double yellow = 0.29275 * red + 0.70725 * green;
    double rest = -0.02234 * red + 0.02234 * green + blue;
    return Oklab.coded(yellow) << 16 | Oklab.coded(yellow) << 8 | Oklab.coded(rest);
  }

  /** The same without those for red. */
  public static int protanopia(int rgb) {
    double red = Oklab.linear(rgb >> 16 & 0xff);
    double green = Oklab.linear(rgb >> 8 & 0xff);
    double blue = Oklab.linear(rgb & 0xff);
    double yellow = 0.11238 * red + 0.88762 * green;
    double rest = 0.00401 * red - 0.00401 * green + blue;
    return Oklab.coded(yellow) << 16 | Oklab.coded(yellow) << 8 | Oklab.coded(rest);
  }

  private static double light(int rgb) {
    return 0.2126 * Oklab.linear(rgb >> 16 & 0xff)
        + 0.7152 * Oklab.linear(rgb >> 8 & 0xff)
        + 0.0722 * Oklab.linear(rgb & 0xff);
  }

  /** Contrast as WCAG 2 has it, 1 to 21. */
  public static double contrast(int one, int other) {
    double brighter = Math.max(light(one), light(other));
    return (brighter + 0.05) / (Math.min(light(one), light(other)) + 0.05);
  }

  /** Distance in Oklab, of which .02 is just seen. */
  public static double distance(int one, int other) {
    return Oklab.of(one).distance(Oklab.of(other));
  }

  /** The smallest distance of two of some colours, as eyes of a kind see them. */
  public static double nearest(List<Integer> colours, IntUnaryOperator eyes) {
    double nearest = Double.POSITIVE_INFINITY;
    for (int i = 0; i < colours.size(); i++) {
      for (int j = 0; j < i; j++) {
        nearest =
            Math.min(
                nearest,
                distance(eyes.applyAsInt(colours.get(i)), eyes.applyAsInt(colours.get(j))));
      }
    }
    return nearest;
  }
}
