package dev.quicklime.segment;

import dev.quicklime.InvalidInputException;
import dev.quicklime.image.Placement;
import java.util.Objects;
import java.util.stream.IntStream;

/**
 * Superpixels of a model's input, seen under the picture that was brought to it, at whatever size
 * that is drawn. Immutable; a label is looked up, so that no size costs memory.
 */
public final class PlacedSegments {

  /** The label of what was cropped away before the model. */
  public static final int OUTSIDE = -1;

  private final SegmentMap segments;
  private final int[] columns;
  private final int[] rows;

  private PlacedSegments(SegmentMap segments, int[] columns, int[] rows) {
    this.segments = segments;
    this.columns = columns;
    this.rows = rows;
  }

  /**
   * Lays superpixels under a picture.
   *
   * @param placement where the picture's pixels lie in the model's input
   * @param pictureWidth columns of the picture itself
   * @param pictureHeight rows of the picture itself
   * @param width columns at which it is drawn, ≥ 1
   * @param height rows at which it is drawn, ≥ 1
   * @throws InvalidInputException if a size is not at least 1
   */
  public static PlacedSegments of(
      SegmentMap segments,
      Placement placement,
      int pictureWidth,
      int pictureHeight,
      int width,
      int height) {
    Objects.requireNonNull(segments, "segments");
    Objects.requireNonNull(placement, "placement");
    if (Math.min(Math.min(pictureWidth, pictureHeight), Math.min(width, height)) < 1) {
      throw new InvalidInputException(
          "a picture and its drawing must have at least one pixel, got %s×%s and %s×%s"
              .formatted(pictureWidth, pictureHeight, width, height));
    }
    int[] columns = new int[width];
    for (int x = 0; x < width; x++) {
      columns[x] = placement.inputX((x + 0.5) * pictureWidth / width);
    }
    int[] rows = new int[height];
    for (int y = 0; y < height; y++) {
      rows[y] = placement.inputY((y + 0.5) * pictureHeight / height);
    }
    return new PlacedSegments(segments, columns, rows);
  }

  /** Columns at which the picture is drawn. */
  public int width() {
    return columns.length;
  }

  /** Rows at which the picture is drawn. */
  public int height() {
    return rows.length;
  }

  /** The superpixel under the middle of a pixel; {@link #OUTSIDE} where there is none. */
  public int label(int x, int y) {
    int column = columns[x];
    int row = rows[y];
    return row >= 0 && row < segments.height() && column >= 0 && column < segments.width()
        ? segments.label(column, row)
        : OUTSIDE;
  }

  /**
   * Runs of equal labels, row after row: a label and how many pixels have it one after the other,
   * and so on. A run may go on in the next row.
   */
  public int[] runs() {
    IntStream.Builder runs = IntStream.builder();
    int label = label(0, 0);
    int length = 0;
    for (int y = 0; y < height(); y++) {
      for (int x = 0; x < width(); x++) {
        int next = label(x, y);
        if (next != label) {
          runs.add(label).add(length);
          label = next;
          length = 0;
        }
        length++;
      }
    }
    return runs.add(label).add(length).build().toArray();
  }

  /** All labels, row by row. */
  public int[] labels() {
    int[] labels = new int[Math.multiplyExact(width(), height())];
    int at = 0;
    for (int y = 0; y < height(); y++) {
      for (int x = 0; x < width(); x++) {
        labels[at++] = label(x, y);
      }
    }
    return labels;
  }
}
