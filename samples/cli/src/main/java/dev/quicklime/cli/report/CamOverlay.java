package dev.quicklime.cli.report;

import dev.quicklime.cam.CamMap;
import dev.quicklime.image.Image;
import dev.quicklime.image.Placement;

/**
 * Draws class activation maps over a picture: the brightness of each pixel is mixed with the colour
 * of the map's value there, white for 0 and orange for the largest; the picture's own colours would
 * be taken for the map's. What was cropped away before the model is hidden by gray. Draws any
 * number of maps; for one thread.
 */
public final class CamOverlay {

  private static final double GRAYED = 0.75;

  private static final int GRAY = 0x9aa2a9;

  private final Pixels picture;
  private final double[] columns;
  private final double[] rows;
  private final double opacity;

  private CamOverlay(Pixels picture, double[] columns, double[] rows, double opacity) {
    this.picture = picture;
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
    if (!(opacity >= 0 && opacity <= 1)) {
      throw new IllegalArgumentException("opacity must be between 0 and 1, got " + opacity);
    }
    return new CamOverlay(
        Pixels.draw(picture, new FigureSize(width, height)),
        shares(width, picture.width(), placement.scaleX(), placement.offsetX(), inputWidth),
        shares(height, picture.height(), placement.scaleY(), placement.offsetY(), inputHeight),
        opacity);
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

  /** Columns of what is drawn. */
  public int width() {
    return picture.width();
  }

  /** Rows of what is drawn. */
  public int height() {
    return picture.height();
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
    int[] rgb = pixels(map, frame, new Heat(limit)).rgb();
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
  Figure figure(Text text, CamMap map, double frame, double limit, String axis) {
    Heat heat = new Heat(limit);
    int width = Plate.panelWidth(width());
    Typeface type = Typeface.forWidth(width);
    Plate plate = Plate.withPanel(pixels(map, frame, heat), ColourBar.height(type));
    new ColourBar(heat, Show.POSITIVE, axis).draw(plate.graphics(), type, height(), width);
    return plate.figure(text.name(), text.title(), text.caption(), text.alt());
  }

  /** The picture alone. */
  Figure original(Text text) {
    return Plate.of(picture).figure(text.name(), text.title(), text.caption(), text.alt());
  }

  /**
   * What is said of a figure.
   *
   * @param name of its file
   * @param title what it shows
   * @param caption what a reader needs to read it
   * @param alt the same for those who cannot see it
   */
  record Text(String name, String title, String caption, String alt) {}

  private Pixels pixels(CamMap map, double frame, Heat heat) {
    Pixels pixels = picture.copy();
    int[] rgb = pixels.rgb();
    int at = 0;
    for (double row : rows) {
      for (double column : columns) {
        boolean outside = row < 0 || row > 1 || column < 0 || column > 1;
        int gray = 0x010101 * Pixels.gray(rgb[at]);
        rgb[at] =
            outside
                ? Pixels.mix(gray, GRAY, GRAYED)
                : Pixels.mix(gray, heat.rgb(map.at(frame, row, column)), opacity);
        at++;
      }
    }
    return pixels;
  }
}
