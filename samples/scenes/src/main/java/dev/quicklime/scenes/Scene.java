package dev.quicklime.scenes;

import dev.quicklime.InvalidInputException;
import dev.quicklime.image.Image;
import dev.quicklime.scenes.paint.Backdrop;
import dev.quicklime.scenes.paint.SceneClass;

/**
 * A generated picture and the truth about it. The arrays are handed over, not copied; whoever
 * writes into them changes the scene.
 *
 * @param seed of the generator
 * @param index of the scene in the generator's sequence
 * @param width pixels in a row
 * @param height rows
 * @param rgb red, green and blue of every pixel, row by row, as unsigned bytes
 * @param mask one entry per pixel, row by row: whether the figure covers at least half of it
 * @param figure the class
 * @param backdrop the background
 */
@SuppressWarnings(
    "ArrayRecordComponent") // pixels are passed on by reference, scenes never compared
public record Scene(
    long seed,
    int index,
    int width,
    int height,
    byte[] rgb,
    boolean[] mask,
    SceneClass figure,
    Backdrop backdrop) {
  /** Refuses arrays whose length is not that of the picture. */
  public Scene {
    if (rgb.length != 3 * width * height) {
      throw new InvalidInputException(
          "rgb must have " + 3 * width * height + " bytes, got " + rgb.length);
    }
    if (mask.length != width * height) {
      throw new InvalidInputException(
          "mask must have " + width * height + " entries, got " + mask.length);
    }
  }

  /** The picture for the engine. */
  public Image image() {
    return Image.of8(width, height, 3, rgb);
  }

  /** The class as the model numbers it. */
  public int classIndex() {
    return figure.ordinal();
  }

  /** The class in words. */
  public String label() {
    return figure.label();
  }

  /** The share of the picture's pixels that the figure covers, between 0 and 1. */
  public double areaShare() {
    int covered = 0;
    for (boolean inside : mask) {
      covered += inside ? 1 : 0;
    }
    return (double) covered / mask.length;
  }

  /** The smallest box that holds the figure. */
  public Box box() {
    int left = width;
    int top = height;
    int right = -1;
    int bottom = -1;
    for (int y = 0; y < height; y++) {
      for (int x = 0; x < width; x++) {
        if (mask[y * width + x]) {
          left = Math.min(left, x);
          right = Math.max(right, x);
          top = Math.min(top, y);
          bottom = y;
        }
      }
    }
    return right < 0 ? new Box(0, 0, 0, 0) : new Box(left, top, right - left + 1, bottom - top + 1);
  }

  /**
   * A box of whole pixels.
   *
   * @param x leftmost column
   * @param y topmost row
   * @param width columns
   * @param height rows
   */
  public record Box(int x, int y, int width, int height) {}
}
