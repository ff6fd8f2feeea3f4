package dev.quicklime.report.drawing;

import dev.quicklime.image.Image;
import java.awt.image.BufferedImage;
import java.awt.image.DataBufferInt;

/**
 * Colours of a figure, row by row, each 0xRRGGBB.
 *
 * @param width columns
 * @param height rows
 * @param rgb width · height colours, for the owner to paint over
 */
@SuppressWarnings("ArrayRecordComponent") // A canvas is there to be painted on.
public record Pixels(int width, int height, int[] rgb) {

  /**
   * Draws a picture in the size of a figure. Its first three channels are red, green and blue; with
   * fewer the first one is gray. Every pixel is the mean of those it covers.
   */
  public static Pixels draw(Image image, FigureSize size) {
    int[] rgb = new int[size.width() * size.height()];
    for (int y = 0, at = 0; y < size.height(); y++) {
      int top = from(y, size.height(), image.height());
      int bottom = Math.max(top + 1, from(y + 1, size.height(), image.height()));
      for (int x = 0; x < size.width(); x++) {
        int left = from(x, size.width(), image.width());
        int right = Math.max(left + 1, from(x + 1, size.width(), image.width()));
        rgb[at++] = mean(image, left, top, right, bottom);
      }
    }
    return new Pixels(size.width(), size.height(), rgb);
  }

  private static int from(int position, int length, int sourceLength) {
    return (int) ((long) position * sourceLength / length);
  }

  private static int mean(Image image, int left, int top, int right, int bottom) {
    if (image.channels() < 3) {
      return 0x010101 * mean(image, left, top, right, bottom, 0);
    }
    return mean(image, left, top, right, bottom, 0) << 16
        | mean(image, left, top, right, bottom, 1) << 8
        | mean(image, left, top, right, bottom, 2);
  }

  private static int mean(Image image, int left, int top, int right, int bottom, int channel) {
    double sum = 0;
    for (int y = top; y < bottom; y++) {
      for (int x = left; x < right; x++) {
        sum += image.value(x, y, channel);
      }
    }
    long mean = Math.round(sum / ((double) (right - left) * (bottom - top)));
    return Math.clamp(mean, 0, 255);
  }

  /** Brightness of a colour, 0 to 255. */
  public static int gray(int rgb) {
    return (299 * (rgb >> 16 & 0xff) + 587 * (rgb >> 8 & 0xff) + 114 * (rgb & 0xff) + 500) / 1000;
  }

  /** A colour between two others. */
  public static int mix(int from, int to, double share) {
    int mixed = 0;
    for (int shift = 16; shift >= 0; shift -= 8) {
      int a = from >> shift & 0xff;
      int b = to >> shift & 0xff;
      mixed |= (int) Math.round(a + (b - a) * share) << shift;
    }
    return mixed;
  }

  Pixels copy() {
    return new Pixels(width, height, rgb.clone());
  }

  /** The same for drawing. */
  public BufferedImage image() {
    return image(BufferedImage.TYPE_INT_RGB);
  }

  /** A layer over others, if each colour has its opacity in front: 0xAARRGGBB. */
  public BufferedImage layer() {
    return image(BufferedImage.TYPE_INT_ARGB);
  }

  private BufferedImage image(int type) {
    BufferedImage image = new BufferedImage(width, height, type);
    // Both types hold colours as they are here; setRGB would take each apart and put it together.
    int[] held = ((DataBufferInt) image.getRaster().getDataBuffer()).getData();
    System.arraycopy(rgb, 0, held, 0, rgb.length);
    return image;
  }

  /** A layer that hides nothing yet. */
  public Pixels clear() {
    return new Pixels(width, height, new int[rgb.length]);
  }

  /** A colour of an opacity from 0 to 1, for a layer. */
  public static int veil(int rgb, double opacity) {
    return (int) Math.round(255 * opacity) << 24 | rgb;
  }
}
