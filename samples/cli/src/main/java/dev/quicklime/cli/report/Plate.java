package dev.quicklime.cli.report;

import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.image.BufferedImage;

/**
 * A picture in the upper left corner, so that its pixels keep their places, and a white panel for
 * lettering beneath. Drawn upon through {@link #graphics}, then encoded.
 */
public final class Plate {

  private static final int NARROWEST_PANEL = 340;

  private final BufferedImage image;
  private final Graphics2D graphics;

  private Plate(int width, int height) {
    image = new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB);
    graphics = image.createGraphics();
    graphics.setColor(Color.WHITE);
    graphics.fillRect(0, 0, width, height);
    Typeface.smooth(graphics);
  }

  /** A picture alone. */
  static Plate of(Pixels picture) {
    Plate plate = new Plate(picture.width(), picture.height());
    picture.paint(plate.image);
    return plate;
  }

  /**
   * A picture with a panel; a picture that is narrower than any lettering leaves white beside it.
   */
  static Plate withPanel(Pixels picture, int panelHeight) {
    Plate plate = new Plate(panelWidth(picture.width()), picture.height() + panelHeight);
    picture.paint(plate.image);
    return plate;
  }

  /** White alone. */
  public static Plate blank(int width, int height) {
    return new Plate(width, height);
  }

  /** Width of the panel under a picture. */
  static int panelWidth(int pictureWidth) {
    return Math.max(NARROWEST_PANEL, pictureWidth);
  }

  /** To draw with, smooth. */
  public Graphics2D graphics() {
    return graphics;
  }

  /** Puts a picture somewhere. */
  void put(Pixels picture, int x, int y) {
    image.setRGB(x, y, picture.width(), picture.height(), picture.rgb(), 0, picture.width());
  }

  /** Ends drawing. */
  public Figure figure(String name, String title, String caption, String alt) {
    graphics.dispose();
    int width = image.getWidth();
    int height = image.getHeight();
    int[] rgb = image.getRGB(0, 0, width, height, null, 0, width);
    return new Figure(name, title, caption, alt, width, height, Png.encode(width, height, rgb));
  }
}
