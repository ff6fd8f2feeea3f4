package dev.quicklime.scenes;

import dev.quicklime.InvalidInputException;
import dev.quicklime.fidelity.Agreement;
import dev.quicklime.segment.SegmentMap;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;

/**
 * How well an explanation's weights fall on the object that was there, or the values of a map. All
 * figures are about what is positive; of a map, each pixel is a superpixel.
 *
 * @param inside share of the positive weight on the object, each superpixel's spread evenly over
 *     its pixels; 0 to 1, and 0 if no weight is positive
 * @param area the object's share of the picture, what {@code inside} would be for an even spread
 * @param hit whether the strongest superpixel points at the object: the pixel nearest to its centre
 *     of mass lies on it, or within {@value #TOLERANCE} of the picture's shorter side. This is the
 *     pointing game of Zhang et al., "Top-down neural attention by excitation backprop", ECCV 2016,
 *     whose 15 pixels are as much of their pictures
 * @param iou intersection over union of the object and the strongest superpixels, as many of them
 *     as cover the object's area
 */
public record SceneEvaluation(double inside, double area, boolean hit, double iou) {

  private static final double TOLERANCE = 0.04;

  /**
   * Judges weights.
   *
   * @param segments superpixels
   * @param weights a weight for each of them
   * @param object by pixel, row by row, in the superpixels' size: whether it belongs to the object,
   *     which must have at least one
   */
  public static SceneEvaluation of(SegmentMap segments, List<Double> weights, boolean[] object) {
    int[] labels = segments.labels();
    if (weights.size() != segments.count() || object.length != labels.length) {
      throw new InvalidInputException(
          "weights and object must fit %s superpixels on %s pixels, got %s and %s"
              .formatted(segments.count(), labels.length, weights.size(), object.length));
    }
    int[] overlap = new int[segments.count()];
    int objectArea = 0;
    for (int i = 0; i < labels.length; i++) {
      if (object[i]) {
        overlap[labels[i]]++;
        objectArea++;
      }
    }
    if (objectArea == 0) {
      throw new InvalidInputException("the object must have at least one pixel, got none");
    }
    int[] areas = segments.areas();
    double positive = 0;
    double onObject = 0;
    for (int j = 0; j < areas.length; j++) {
      double weight = Math.max(0, weights.get(j));
      positive += weight;
      onObject += weight * overlap[j] / areas[j];
    }
    List<Integer> strongest =
        IntStream.range(0, areas.length)
            .filter(j -> weights.get(j) > 0)
            .boxed()
            .sorted(Comparator.comparingDouble(j -> -weights.get(j)))
            .toList();
    return new SceneEvaluation(
        positive > 0 ? onObject / positive : 0,
        (double) objectArea / labels.length,
        !strongest.isEmpty() && pointsAt(segments, strongest.getFirst(), object),
        iou(strongest, areas, overlap, objectArea));
  }

  /**
   * Judges a map.
   *
   * @param map a value for each pixel, row by row
   * @param width pixels of a row
   * @param object by pixel, row by row: whether it belongs to the object, which must have at least
   *     one
   */
  public static SceneEvaluation ofMap(double[] map, int width, boolean[] object) {
    if (map.length != object.length || width < 1 || map.length % width != 0) {
      throw new InvalidInputException(
          "map and object must have as many whole rows of %s pixels, got %s and %s pixels"
              .formatted(width, map.length, object.length));
    }
    int area = 0;
    double positive = 0;
    double onObject = 0;
    for (int i = 0; i < map.length; i++) {
      double value = Math.max(0, map[i]);
      positive += value;
      onObject += object[i] ? value : 0;
      area += object[i] ? 1 : 0;
    }
    if (area == 0) {
      throw new InvalidInputException("the object must have at least one pixel, got none");
    }
    int[] strongest = Agreement.strongest(map, area);
    int shared = 0;
    for (int pixel : strongest) {
      shared += object[pixel] ? 1 : 0;
    }
    return new SceneEvaluation(
        positive > 0 ? onObject / positive : 0,
        (double) area / map.length,
        strongest.length > 0 && near(strongest[0], width, map.length / width, object),
        (double) shared / (strongest.length + area - shared));
  }

  private static boolean pointsAt(SegmentMap segments, int part, boolean[] object) {
    return near(centre(segments, part), segments.width(), segments.height(), object);
  }

  /** Whether a pixel lies on the object or next to it. */
  private static boolean near(int centre, int width, int height, boolean[] object) {
    double reach = TOLERANCE * Math.min(width, height);
    for (int i = 0; i < object.length; i++) {
      if (object[i]
          && Math.hypot(i % width - centre % width, i / width - centre / width) <= reach) {
        return true;
      }
    }
    return false;
  }

  /** The pixel of a superpixel that is nearest to its centre of mass. */
  private static int centre(SegmentMap segments, int part) {
    int width = segments.width();
    int[] labels = segments.labels();
    int[] pixels = IntStream.range(0, labels.length).filter(i -> labels[i] == part).toArray();
    double x = IntStream.of(pixels).map(i -> i % width).average().orElseThrow();
    double y = IntStream.of(pixels).map(i -> i / width).average().orElseThrow();
    return IntStream.of(pixels)
        .boxed()
        .min(Comparator.comparingDouble(i -> Math.hypot(i % width - x, i / width - y)))
        .orElseThrow();
  }

  private static double iou(List<Integer> strongest, int[] areas, int[] overlap, int objectArea) {
    int covered = 0;
    int shared = 0;
    for (int part : strongest) {
      if (covered >= objectArea) {
        break;
      }
      covered += areas[part];
      shared += overlap[part];
    }
    return (double) shared / (covered + objectArea - shared);
  }
}
