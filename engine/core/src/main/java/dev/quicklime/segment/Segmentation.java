package dev.quicklime.segment;

import dev.quicklime.InvalidInputException;
import dev.quicklime.image.Image;
import dev.quicklime.internal.opencv.SlicSuperpixels.Algorithm;
import java.util.Objects;

/** Cuts pictures into superpixels. The same picture and segmenter always give the same map. */
public final class Segmentation {
  private Segmentation() {}

  /**
   * Divides a picture into superpixels.
   *
   * @return a map of the picture's size with at least two labels
   * @throws InvalidInputException if the picture is too small for the segmenter, or a given map has
   *     another size
   */
  public static SegmentMap segment(Image image, Segmenter segmenter) {
    Objects.requireNonNull(image, "image");
    Objects.requireNonNull(segmenter, "segmenter");
    return switch (segmenter) {
      case Slic(int segments, double compactness, int iterations) ->
          SlicSearch.search(image, segments, Algorithm.SLIC, (float) compactness, iterations);
      case Slico(int segments, int iterations) ->
          // SLICO reads no compactness; one is passed because the call takes one.
          SlicSearch.search(image, segments, Algorithm.SLICO, 10, iterations);
      case Tiles tiles -> tile(image.width(), image.height(), tiles);
      case GivenSegments(SegmentMap map) -> given(image, map);
    };
  }

  private static SegmentMap tile(int width, int height, Tiles tiles) {
    if (tiles.rows() > height || tiles.columns() > width) {
      throw new InvalidInputException(
          "tiles must be at least one pixel, got %sx%s tiles for a picture of %s×%s"
              .formatted(tiles.rows(), tiles.columns(), width, height));
    }
    int[] labels = new int[width * height];
    for (int y = 0; y < height; y++) {
      int row = (int) ((long) y * tiles.rows() / height);
      for (int x = 0; x < width; x++) {
        int column = (int) ((long) x * tiles.columns() / width);
        labels[y * width + x] = row * tiles.columns() + column;
      }
    }
    return SegmentMap.of(width, height, labels);
  }

  private static SegmentMap given(Image image, SegmentMap map) {
    if (map.width() != image.width() || map.height() != image.height()) {
      throw new InvalidInputException(
          "a label map must have the picture's size at the model's input, %s×%s, got %s×%s"
              .formatted(image.width(), image.height(), map.width(), map.height()));
    }
    return map;
  }
}
