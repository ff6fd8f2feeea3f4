package dev.quicklime.report.drawing;

import java.awt.Graphics2D;
import java.awt.geom.Rectangle2D;
import java.awt.image.BufferedImage;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.jfree.chart.JFreeChart;
import org.jspecify.annotations.Nullable;

/**
 * A figure in the making: a picture in the upper left corner, so that its pixels keep their places,
 * a white panel for lettering beneath where there is one, and layers over both.
 */
public final class Plate {

  private static final int NARROWEST_PANEL = 340;

  /** Pixels for each unit of a chart's length, so that lettering stays sharp on fine screens. */
  private static final int SCALE = 2;

  /** Small letters of a chart then have 8.5 pt. */
  private static final int CHART_DENSITY = 200;

  /** Pixels to an inch for each of the smallest letters' height, for these to have 8 pt. */
  private static final double DENSITY = 72.0 / 8;

  /** Numbers on pictures are the smallest, in heights of running text. */
  private static final double SMALLEST = 0.8;

  private static final int LEAST_DENSITY = 72;
  private static final int MOST_DENSITY = 300;

  private final int width;
  private final int height;
  private final List<DrawnLayer> layers = new ArrayList<>();
  private @Nullable BufferedImage picture;
  private int density;

  private Plate(int width, int height) {
    this.width = width;
    this.height = height;
    smallest(SMALLEST * Typeface.forWidth(width).size());
  }

  /**
   * Says how small lettering is, where it is not that which a figure of its width usually has: by
   * it a file is as large on paper as can be read.
   *
   * @param size of the smallest letters, in pixels
   */
  public Plate smallest(double size) {
    density = (int) Math.clamp(DENSITY * size, LEAST_DENSITY, MOST_DENSITY);
    return this;
  }

  private Plate charted() {
    density = CHART_DENSITY;
    return this;
  }

  /** A plate of the size of a picture, with nothing else on it. */
  public static Plate of(BufferedImage picture) {
    Plate plate = new Plate(picture.getWidth(), picture.getHeight()).put(picture, 0, 0);
    plate.picture = picture.getColorModel().hasAlpha() ? null : picture;
    return plate;
  }

  /**
   * A picture with a panel; a picture that is narrower than any lettering leaves white beside it.
   */
  public static Plate withPanel(BufferedImage picture, int panelHeight) {
    return new Plate(panelWidth(picture.getWidth()), picture.getHeight() + panelHeight)
        .put(picture, 0, 0);
  }

  /** An empty plate, in pixels. */
  public static Plate blank(int width, int height) {
    return new Plate(width, height);
  }

  /**
   * A plate with nothing but a chart.
   *
   * @param width in its own units of length, in which its fonts are given
   * @param height in the same
   */
  public static Plate of(JFreeChart chart, int width, int height) {
    return forCharts(width, height).add(chart, 0, 0, width, height);
  }

  /** Puts a chart somewhere, in its own units of length. */
  public Plate add(JFreeChart chart, int x, int y, int width, int height) {
    return draw(
        g -> {
          g.scale(SCALE, SCALE);
          chart.draw(g, new Rectangle2D.Double(x, y, width, height));
        });
  }

  /** A plate for charts of so many of their own units of length. */
  public static Plate forCharts(int width, int height) {
    return new Plate(width * SCALE, height * SCALE).charted();
  }

  /** Width of the panel under a picture. */
  public static int panelWidth(int pictureWidth) {
    return Math.max(NARROWEST_PANEL, pictureWidth);
  }

  /** Puts a layer on top, which may be drawn more than once. */
  public Plate draw(Consumer<Graphics2D> layer) {
    layers.add(DrawnLayer.of(layer));
    return this;
  }

  /** The same in two forms that look alike, the second for files that stay sharp at any size. */
  public Plate draw(Consumer<Graphics2D> pixels, Consumer<Graphics2D> shapes) {
    layers.add(new DrawnLayer(pixels, shapes));
    return this;
  }

  /** Puts a picture somewhere, on top. */
  public Plate put(BufferedImage picture, int x, int y) {
    return draw(g -> g.drawImage(picture, x, y, null));
  }

  /** The figure of what was drawn; more is not drawn on its plate. */
  public Figure figure(String name, String title, String caption, String alt) {
    BufferedImage alone = layers.size() == 1 ? picture : null;
    return new Figure(
        name, title, caption, alt, new Drawing(width, height, density, layers, alone));
  }
}
