package dev.quicklime.report.figure;

import dev.quicklime.InvalidInputException;
import dev.quicklime.cam.CamMap;
import dev.quicklime.image.Image;
import dev.quicklime.image.Placement;
import dev.quicklime.report.drawing.Figure;
import dev.quicklime.report.drawing.FigureSize;
import dev.quicklime.report.drawing.Heat;
import dev.quicklime.report.drawing.Pixels;
import dev.quicklime.report.drawing.Plate;
import dev.quicklime.report.drawing.Prints;
import dev.quicklime.report.drawing.Typeface;
import java.awt.image.BufferedImage;

/**
 * Draws class activation maps over a picture: the brightness of each pixel is mixed with the colour
 * of the map's value there, white for 0 and orange for the largest; the picture's own colours would
 * be taken for the map's. What was cropped away before the model is hidden by gray. Draws any
 * number of maps; for one thread.
 */
public final class CamOverlay {

  private static final double GRAYED = 0.75;

  private static final int GRAY = 0x9aa2a9;
  private static final int WHITE = 0xffffff;

  private final Prints prints;
  private final double[] columns;
  private final double[] rows;
  private final double opacity;

  private CamOverlay(Prints prints, double[] columns, double[] rows, double opacity) {
    this.prints = prints;
    this.columns = columns;
    this.rows = rows;
    this.opacity = opacity;
  }

  /**
   * Prepares a picture at the size of a report's figures.
   *
   * @param placement of the picture in the model's input
   * @param inputWidth columns of the model's input
   * @param inputHeight rows of the model's input
   * @param opacity share of the map's colour, 0 to 1
   */
  public static CamOverlay of(
      Image picture, Placement placement, int inputWidth, int inputHeight, double opacity) {
    FigureSize size = FigureSize.of(picture.width(), picture.height());
    return of(picture, placement, inputWidth, inputHeight, opacity, size.width(), size.height());
  }

  /**
   * The same at a size of its own.
   *
   * @param width columns of what is drawn
   * @param height rows of what is drawn
   */
  public static CamOverlay of(
      Image picture,
      Placement placement,
      int inputWidth,
      int inputHeight,
      double opacity,
      int width,
      int height) {
    return over(
        Prints.of(Pixels.draw(picture, new FigureSize(width, height))),
        picture,
        placement,
        inputWidth,
        inputHeight,
        opacity);
  }

  /** The same over a picture that was drawn before. */
  static CamOverlay over(
      Prints prints,
      Image picture,
      Placement placement,
      int inputWidth,
      int inputHeight,
      double opacity) {
    int width = prints.gray().getWidth();
    int height = prints.gray().getHeight();
    return new CamOverlay(
        prints,
        shares(width, picture.width(), placement.scaleX(), placement.offsetX(), inputWidth),
        shares(height, picture.height(), placement.scaleY(), placement.offsetY(), inputHeight),
        checked(opacity));
  }

  private static double checked(double opacity) {
    if (!(opacity >= 0 && opacity <= 1)) {
      throw new InvalidInputException("opacity must be between 0 and 1, got " + opacity);
    }
    return opacity;
  }

  /** Where in the model's input each column or row lies, as a share of it; outside, not of it. */
  private static double[] shares(
      int length, int pictureLength, double scale, double offset, int inputLength) {
    double[] shares = new double[length];
    for (int i = 0; i < length; i++) {
      double position = (i + 0.5) * pictureLength / length;
      shares[i] = (scale * position + offset) / inputLength;
    }
    return shares;
  }

  /** The same over the same picture with another share of the map's colour, 0 to 1. */
  public CamOverlay withOpacity(double share) {
    return new CamOverlay(prints, columns, rows, checked(share));
  }

  /** The picture beneath the maps, for pages that hold it once. */
  public Prints prints() {
    return prints;
  }

  /** Columns of what is drawn. */
  public int width() {
    return columns.length;
  }

  /** Rows of what is drawn. */
  public int height() {
    return rows.length;
  }

  /** Whether a part of the picture was cropped away before the model. */
  public boolean cropped() {
    return columns[0] < 0
        || columns[columns.length - 1] > 1
        || rows[0] < 0
        || rows[rows.length - 1] > 1;
  }

  /**
   * One map over the picture.
   *
   * @param frame of the map, 0 to 1 from the first frame's beginning to the last one's end; of no
   *     meaning for a picture
   * @param limit value of the strongest colour, ≥ 0; the same for maps that are to be compared
   */
  public Image draw(CamMap map, double frame, double limit) {
    BufferedImage gray = prints.gray();
    int[] rgb = gray.getRGB(0, 0, width(), height(), null, 0, width());
    int[] layer = layer(map, frame, new Heat(limit)).rgb();
    for (int i = 0; i < rgb.length; i++) {
      rgb[i] = Pixels.mix(rgb[i] & WHITE, layer[i] & WHITE, (layer[i] >>> 24) / 255.0);
    }
    byte[] bytes = new byte[3 * rgb.length];
    for (int i = 0; i < rgb.length; i++) {
      bytes[3 * i] = (byte) (rgb[i] >> 16);
      bytes[3 * i + 1] = (byte) (rgb[i] >> 8);
      bytes[3 * i + 2] = (byte) rgb[i];
    }
    return Image.of8(width(), height(), 3, bytes);
  }

  /** The value of the strongest colour for a map on its own: a round number. */
  public static double limit(double largest) {
    return Heat.upTo(largest).limit();
  }

  /**
   * One map over the picture with a key to its colours.
   *
   * @param text the figure's name, title, caption and alternative text
   * @param axis what the values are, with their unit
   */
  public Figure figure(Text text, CamMap map, double frame, double limit, String axis) {
    return figure(text, map, frame, limit, axis, new FigureSize(width(), height()).type());
  }

  /** The same with other lettering. */
  Figure figure(Text text, CamMap map, double frame, double limit, String axis, Typeface type) {
    Heat heat = new Heat(limit);
    int width = Plate.panelWidth(width());
    ColourBar bar = new ColourBar(heat, Show.POSITIVE, axis);
    return Plate.withPanel(prints.gray(), ColourBar.height(type))
        .put(layer(map, frame, heat).layer(), 0, 0)
        .draw(g -> bar.draw(g, type, height(), width))
        .figure(text.name(), text.title(), text.caption(), text.alt());
  }

  /** The key to the colours of a map with this limit. */
  public static ColourKey key(double limit, String axis) {
    return ColourKey.of(new Heat(limit), Show.POSITIVE, axis);
  }

  /** The same without the key to its colours. */
  public Figure figure(Text text, CamMap map, double frame, double limit) {
    return Plate.of(prints.gray())
        .put(layer(map, frame, new Heat(limit)).layer(), 0, 0)
        .figure(text.name(), text.title(), text.caption(), text.alt());
  }

  /** The picture in colour, without a map. */
  public Figure original(Text text) {
    return Plate.of(prints.colour()).figure(text.name(), text.title(), text.caption(), text.alt());
  }

  /**
   * What is said of a figure.
   *
   * @param name of its file
   * @param title what it shows
   * @param caption what a reader needs to read it
   * @param alt the same for those who cannot see it
   */
  public record Text(String name, String title, String caption, String alt) {}

  private Pixels layer(CamMap map, double frame, Heat heat) {
    int[] argb = new int[columns.length * rows.length];
    int at = 0;
    for (double row : rows) {
      for (double column : columns) {
        boolean outside = row < 0 || row > 1 || column < 0 || column > 1;
        argb[at++] =
            outside
                ? Pixels.veil(GRAY, GRAYED)
                : Pixels.veil(heat.rgb(map.at(frame, row, column)), opacity);
      }
    }
    return new Pixels(columns.length, rows.length, argb);
  }
}
