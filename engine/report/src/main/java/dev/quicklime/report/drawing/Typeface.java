package dev.quicklime.report.drawing;

import dev.quicklime.QuicklimeException;
import java.awt.Color;
import java.awt.Font;
import java.awt.FontMetrics;
import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.image.BufferedImage;

/**
 * The lettering that all figures share.
 *
 * @param size of running text in pixels
 */
public record Typeface(float size) {

  /** Colour of running text and headings. */
  public static final Color INK = new Color(0x1b2126);

  /** Colour of less important text. */
  public static final Color MUTED = new Color(0x66707a);

  /** Colour of axes and frames, which must be seen: 3 to 1 on white. */
  public static final Color AXIS = new Color(0x878f97);

  /**
   * Colour of lines across a plot and of what is empty: it guides the eye, and nothing is lost to
   * those who do not see it. Pages mark as such what is drawn in it.
   */
  public static final Color RULE = new Color(0xdde2e6);

  /**
   * A page shows a figure of any width about as wide as a column: in letters it is always equally
   * wide.
   */
  private static final float LETTERS = 32;

  private static final float SMALLEST = 12;

  /** The lettering of a figure of some width in pixels. */
  public static Typeface forWidth(int width) {
    return new Typeface(Math.max(SMALLEST, width / LETTERS));
  }

  /** The same larger or smaller. */
  Typeface times(double factor) {
    return new Typeface((float) (size * factor));
  }

  /** The font of running text. */
  public Font regular() {
    return font(Font.PLAIN, size);
  }

  /** The font of headings, as large as running text. */
  public Font bold() {
    return font(Font.BOLD, size);
  }

  /** Text beside what is looked at. */
  public Font small() {
    return font(Font.PLAIN, size * 0.85f);
  }

  /** The font of numbers on superpixels. */
  public Font tag() {
    return font(Font.BOLD, size * 0.8f);
  }

  /**
   * A font that was used once.
   *
   * @throws QuicklimeException if there is none
   */
  private static Font font(int style, float size) {
    try {
      Font font = new Font(Font.SANS_SERIF, style, 1).deriveFont(size);
      font.getStringBounds("0", new java.awt.font.FontRenderContext(null, true, true));
      return font;
    } catch (RuntimeException | LinkageError | InternalError e) {
      // A machine without fontconfig or fonts fails in any of these ways, depending on what it
      // lacks.
      throw new QuicklimeException(
          "figures need fonts, and Java finds none on this machine: apt-get install fontconfig"
              + " fonts-dejavu-core",
          e);
    }
  }

  /** Widths of letters as figures have them. */
  public static FontMetrics metrics(Font font) {
    Graphics2D g = new BufferedImage(1, 1, BufferedImage.TYPE_INT_RGB).createGraphics();
    smooth(g);
    FontMetrics metrics = g.getFontMetrics(font);
    g.dispose();
    return metrics;
  }

  /** Makes text and curves smooth. */
  static void smooth(Graphics2D g) {
    g.setRenderingHint(RenderingHints.KEY_ANTIALIASING, RenderingHints.VALUE_ANTIALIAS_ON);
    g.setRenderingHint(
        RenderingHints.KEY_TEXT_ANTIALIASING, RenderingHints.VALUE_TEXT_ANTIALIAS_ON);
    g.setRenderingHint(
        RenderingHints.KEY_FRACTIONALMETRICS, RenderingHints.VALUE_FRACTIONALMETRICS_ON);
  }

  /** Writes text that ends at x. */
  public static void right(Graphics2D g, String text, double x, double baseline) {
    g.drawString(text, (float) (x - g.getFontMetrics().stringWidth(text)), (float) baseline);
  }

  /** Writes text around x. */
  public static void centred(Graphics2D g, String text, double x, double baseline) {
    right(g, text, x + g.getFontMetrics().stringWidth(text) / 2.0, baseline);
  }

  /** Writes text from x on. */
  public static void left(Graphics2D g, String text, double x, double baseline) {
    g.drawString(text, (float) x, (float) baseline);
  }

  /** Text cut to a width, an ellipsis in place of what is missing. */
  public static String cut(String text, FontMetrics metrics, double width) {
    if (metrics.stringWidth(text) <= width) {
      return text;
    }
    int end = text.length();
    while (end > 0 && metrics.stringWidth(text.substring(0, end).stripTrailing() + "…") > width) {
      end = text.offsetByCodePoints(end, -1);
    }
    return text.substring(0, end).stripTrailing() + "…";
  }
}
