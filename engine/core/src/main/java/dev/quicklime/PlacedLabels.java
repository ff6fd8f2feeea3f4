package dev.quicklime;

import dev.quicklime.image.Image;
import dev.quicklime.image.Placement;
import dev.quicklime.segment.SegmentMap;

/** Superpixels of a model's input, seen at the size of the picture that was brought to it. */
final class PlacedLabels {

  private static final int OUTSIDE = -1;

  private PlacedLabels() {}

  /** The label under the middle of each pixel, row by row; −1 where there is none. */
  static int[] of(Image picture, Placement placement, SegmentMap segments) {
    int[] columns = places(picture.width(), placement.scaleX(), placement.offsetX());
    int[] rows = places(picture.height(), placement.scaleY(), placement.offsetY());
    int[] source = segments.labels();
    int[] labels = new int[picture.width() * picture.height()];
    int at = 0;
    for (int row : rows) {
      for (int column : columns) {
        boolean inside =
            row >= 0 && row < segments.height() && column >= 0 && column < segments.width();
        labels[at++] = inside ? source[row * segments.width() + column] : OUTSIDE;
      }
    }
    return labels;
  }

  private static int[] places(int length, double scale, double offset) {
    int[] places = new int[length];
    for (int i = 0; i < length; i++) {
      places[i] = (int) Math.floor(scale * (i + 0.5) + offset);
    }
    return places;
  }
}
