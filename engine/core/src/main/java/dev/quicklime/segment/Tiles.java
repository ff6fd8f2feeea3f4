package dev.quicklime.segment;

import dev.quicklime.InvalidInputException;

/**
 * Rectangles of equal size, but for a pixel where the picture's sides do not divide.
 *
 * @param rows tiles from top to bottom, at least 1 and at most the picture's height
 * @param columns tiles from left to right, at least 1 and at most the picture's width; rows times
 *     columns is 2..4096
 */
public record Tiles(int rows, int columns) implements Segmenter {
  public Tiles {
    if (rows < 1 || columns < 1) {
      throw new InvalidInputException(
          "tiles must have at least 1 row and 1 column, got " + rows + "x" + columns);
    }
    long count = (long) rows * columns;
    if (count < MIN_SEGMENTS || count > MAX_SEGMENTS) {
      throw new InvalidInputException(
          "tiles must be between %s and %s, got %sx%s = %s"
              .formatted(MIN_SEGMENTS, MAX_SEGMENTS, rows, columns, count));
    }
  }

  /** 8 rows and 8 columns. */
  public static Tiles defaults() {
    return new Tiles(8, 8);
  }
}
