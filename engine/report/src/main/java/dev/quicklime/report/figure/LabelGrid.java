package dev.quicklime.report.figure;

import dev.quicklime.Explanation;
import dev.quicklime.report.drawing.FigureSize;
import dev.quicklime.segment.PlacedSegments;
import java.util.function.IntPredicate;
import java.util.stream.IntStream;

/** Which superpixel lies under each pixel of a figure. */
public final class LabelGrid {

  /** The label of what was cropped away before the model. */
  static final int OUTSIDE = PlacedSegments.OUTSIDE;

  private final int width;
  private final int height;
  private final int[] labels;
  private final int[] areas;

  /** Pixels that have another superpixel to their right or beneath them, in order. */
  private final int[] borders;

  /**
   * Places of {@link #centre}, one more than each, or 0 before somebody asked. Several threads may
   * find the same one.
   */
  private final int[] centres;

  private LabelGrid(int width, int height, int[] labels, int[] areas) {
    this.width = width;
    this.height = height;
    this.labels = labels;
    this.areas = areas;
    this.borders =
        IntStream.range(0, labels.length)
            .filter(i -> differsFromRight(i) || differsFromBelow(i))
            .toArray();
    this.centres = new int[areas.length];
  }

  static LabelGrid of(Explanation explanation, FigureSize size) {
    int[] labels = explanation.superpixels(size.width(), size.height()).labels();
    int[] areas = new int[explanation.segments().count()];
    for (int label : labels) {
      if (label != OUTSIDE) {
        areas[label]++;
      }
    }
    return new LabelGrid(size.width(), size.height(), labels, areas);
  }

  /**
   * The label under a pixel, by its place in the rows one after the other; {@link #OUTSIDE} for
   * none.
   */
  int label(int index) {
    return labels[index];
  }

  /** How many superpixels there are, seen or not. */
  int count() {
    return areas.length;
  }

  /** Whether a part of the picture lies outside the model's input. */
  boolean isCropped() {
    int inside = 0;
    for (int area : areas) {
      inside += area;
    }
    return inside < labels.length;
  }

  /** How many superpixels no pixel of the picture belongs to: they lie in the padding. */
  int unseen() {
    int unseen = 0;
    for (int area : areas) {
      unseen += area == 0 ? 1 : 0;
    }
    return unseen;
  }

  /** Whether a superpixel has a pixel of the picture. */
  boolean isSeen(int label) {
    return areas[label] > 0;
  }

  /**
   * Pixels along the edges of regions, a region being all pixels of one superpixel.
   *
   * @param chosen superpixels whose edges are meant, {@link #OUTSIDE} being one of them
   * @param thickness of the line, in pixels
   */
  boolean[] edges(IntPredicate chosen, int thickness) {
    boolean[] edges = new boolean[labels.length];
    for (int i : borders) {
      boolean isChosen = chosen.test(labels[i]);
      if ((differsFromRight(i) && (isChosen || chosen.test(labels[i + 1])))
          || (differsFromBelow(i) && (isChosen || chosen.test(labels[i + width])))) {
        square(edges, i % width, i / width, thickness);
      }
    }
    return edges;
  }

  private boolean differsFromRight(int i) {
    return i % width + 1 < width && labels[i] != labels[i + 1];
  }

  private boolean differsFromBelow(int i) {
    return i + width < labels.length && labels[i] != labels[i + width];
  }

  private void square(boolean[] edges, int x, int y, int side) {
    int left = Math.max(0, x - (side - 1) / 2);
    int top = Math.max(0, y - (side - 1) / 2);
    for (int v = top; v < Math.min(height, top + side); v++) {
      for (int u = left; u < Math.min(width, left + side); u++) {
        edges[v * width + u] = true;
      }
    }
  }

  /**
   * The pixel of a superpixel next to its centroid, which itself may lie outside, as in a ring; [x,
   * y].
   */
  int[] centre(int label) {
    int found = centres[label] - 1;
    if (found < 0) {
      found = findCentre(label);
      centres[label] = found + 1;
    }
    return new int[] {found % width, found / width};
  }

  private int findCentre(int label) {
    long sumX = 0;
    long sumY = 0;
    for (int i = 0; i < labels.length; i++) {
      if (labels[i] == label) {
        sumX += i % width;
        sumY += i / width;
      }
    }
    double x = (double) sumX / areas[label];
    double y = (double) sumY / areas[label];
    int best = -1;
    double distance = Double.POSITIVE_INFINITY;
    double near = Double.POSITIVE_INFINITY;
    for (int i = 0; i < labels.length; i++) {
      if (labels[i] != label) {
        continue;
      }
      int column = i % width;
      int row = i / width;
      double across = column - x;
      double down = row - y;
      // The distance is exact and slow; what is farther by more than rounding need not be asked.
      if (across * across + down * down <= near) {
        double d = Math.hypot(across, down);
        if (d < distance) {
          best = i;
          distance = d;
          near = d * d * (1 + 1e-12);
        }
      }
    }
    return best;
  }
}
