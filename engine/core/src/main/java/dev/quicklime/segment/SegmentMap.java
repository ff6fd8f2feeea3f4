package dev.quicklime.segment;

import dev.quicklime.InvalidInputException;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;

/**
 * Which superpixel each pixel belongs to: {@code height × width} labels, row by row, that are
 * exactly 0..{@link #count()}−1, every one of them present. Immutable.
 */
public final class SegmentMap {
  private final int width;
  private final int height;
  private final int[] labels;
  private final int[] areas;

  private SegmentMap(int width, int height, int[] labels, int[] areas) {
    this.width = width;
    this.height = height;
    this.labels = labels;
    this.areas = areas;
  }

  /**
   * A map of a copy of these labels.
   *
   * @throws InvalidInputException unless there are {@code width·height} of them and they are
   *     exactly 0..d−1
   */
  public static SegmentMap of(int width, int height, int[] labels) {
    Objects.requireNonNull(labels, "labels");
    checkSize(width, height, labels.length);
    for (int label : labels) {
      // There are no more labels than pixels, so a larger one leaves a gap: found before anything
      // is allocated for it.
      if (label < 0 || label >= labels.length) {
        throw new InvalidInputException(
            "labels must be 0..d−1 with none missing, got %s on %s pixels"
                .formatted(label, labels.length));
      }
    }
    int max = max(labels);
    int[] areas = areas(labels, max + 1);
    for (int label = 0; label <= max; label++) {
      if (areas[label] == 0) {
        throw new InvalidInputException(
            "labels must be 0..d−1 with none missing, got labels up to %s without %s"
                .formatted(max, label));
      }
    }
    return new SegmentMap(width, height, labels.clone(), areas);
  }

  /**
   * A map of any labels, numbered anew from 0 in the order of their first appearance, row by row.
   *
   * @throws InvalidInputException unless there are {@code width·height} of them
   */
  public static SegmentMap relabel(int width, int height, int[] anyLabels) {
    Objects.requireNonNull(anyLabels, "anyLabels");
    checkSize(width, height, anyLabels.length);
    // As those of a segmenter are; others are brought there first.
    int[] small = areSmall(anyLabels) ? anyLabels : makeSmall(anyLabels);
    int[] labels = new int[small.length];
    // One more than the number of each label, 0 for those that have not appeared.
    int[] numbers = new int[max(small) + 1];
    int count = 0;
    for (int i = 0; i < labels.length; i++) {
      int number = numbers[small[i]];
      if (number == 0) {
        number = ++count;
        numbers[small[i]] = number;
      }
      labels[i] = number - 1;
    }
    return new SegmentMap(width, height, labels, areas(labels, count));
  }

  /** Whether a table of the labels is no larger than the map. */
  private static boolean areSmall(int[] labels) {
    for (int label : labels) {
      if (label < 0 || label >= labels.length) {
        return false;
      }
    }
    return true;
  }

  private static int[] makeSmall(int[] labels) {
    Map<Integer, Integer> numbers = new HashMap<>();
    int[] small = new int[labels.length];
    for (int i = 0; i < labels.length; i++) {
      small[i] = numbers.computeIfAbsent(labels[i], _ -> numbers.size());
    }
    return small;
  }

  private static int max(int[] labels) {
    int max = 0;
    for (int label : labels) {
      max = Math.max(max, label);
    }
    return max;
  }

  /** Counted in runs along the rows: neighbours that count up one number wait for each other. */
  private static int[] areas(int[] labels, int count) {
    int[] areas = new int[count];
    for (int from = 0, to; from < labels.length; from = to) {
      to = from + 1;
      while (to < labels.length && labels[to] == labels[from]) {
        to++;
      }
      areas[labels[from]] += to - from;
    }
    return areas;
  }

  private static void checkSize(int width, int height, int length) {
    if (width < 1 || height < 1 || (long) width * height != length) {
      throw new InvalidInputException(
          "a label map of %s×%s needs sides of at least 1 and as many labels, got %s"
              .formatted(width, height, length));
    }
  }

  /** Number of columns of pixels, ≥ 1. */
  public int width() {
    return width;
  }

  /** Number of rows of pixels, ≥ 1. */
  public int height() {
    return height;
  }

  /** The number d of superpixels. */
  public int count() {
    return areas.length;
  }

  /**
   * The superpixel of one pixel.
   *
   * @throws IndexOutOfBoundsException outside the map
   */
  public int label(int x, int y) {
    if (x < 0 || x >= width || y < 0 || y >= height) {
      throw new IndexOutOfBoundsException(
          "x=%s, y=%s is outside a label map of %s×%s".formatted(x, y, width, height));
    }
    return labels[y * width + x];
  }

  /** A copy of all labels, row by row. */
  public int[] labels() {
    return labels.clone();
  }

  /** The number of pixels of each superpixel; d numbers that sum to {@code width·height}. */
  public int[] areas() {
    return areas.clone();
  }

  /**
   * Whether the pixel above, below, left or right has another label.
   *
   * @throws IndexOutOfBoundsException outside the map
   */
  public boolean isBoundary(int x, int y) {
    int label = label(x, y);
    int i = y * width + x;
    return (x > 0 && labels[i - 1] != label)
        || (x < width - 1 && labels[i + 1] != label)
        || (y > 0 && labels[i - width] != label)
        || (y < height - 1 && labels[i + width] != label);
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof SegmentMap map
        && width == map.width
        && height == map.height
        && Arrays.equals(labels, map.labels);
  }

  @Override
  public int hashCode() {
    return 31 * (31 * width + height) + Arrays.hashCode(labels);
  }

  @Override
  public String toString() {
    return "SegmentMap[%s×%s, %s labels]".formatted(width, height, count());
  }
}
