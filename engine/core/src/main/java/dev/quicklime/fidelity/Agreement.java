package dev.quicklime.fidelity;

import dev.quicklime.InvalidInputException;
import dev.quicklime.segment.SegmentMap;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** How far two attributions of one class agree: weights of superpixels, and a map of pixels. */
public final class Agreement {

  private Agreement() {}

  /**
   * Means of a map over superpixels.
   *
   * @param map a finite value for each pixel, row by row, at the superpixels' size
   * @return d numbers
   */
  public static double[] means(SegmentMap segments, double[] map) {
    Objects.requireNonNull(segments, "segments");
    Objects.requireNonNull(map, "map");
    check(segments, map);
    double[] sums = new double[segments.count()];
    int[] labels = segments.labels();
    for (int i = 0; i < labels.length; i++) {
      sums[labels[i]] += map[i];
    }
    int[] areas = segments.areas();
    for (int j = 0; j < sums.length; j++) {
      sums[j] /= areas[j];
    }
    return sums;
  }

  /**
   * Spearman's rank correlation, −1 to 1: the correlation of the ranks, equal values having the
   * mean of theirs. Null where all values of either are equal.
   */
  public static @Nullable Double rankCorrelation(double[] one, double[] other) {
    Objects.requireNonNull(one, "one");
    Objects.requireNonNull(other, "other");
    if (one.length != other.length) {
      throw new InvalidInputException(
          "both must have as many values, got %s and %s".formatted(one.length, other.length));
    }
    double[] first = ranks(one);
    double[] second = ranks(other);
    double middle = (one.length - 1) / 2.0;
    double both = 0;
    double squares = 0;
    double otherSquares = 0;
    for (int j = 0; j < first.length; j++) {
      both += (first[j] - middle) * (second[j] - middle);
      squares += (first[j] - middle) * (first[j] - middle);
      otherSquares += (second[j] - middle) * (second[j] - middle);
    }
    return squares == 0 || otherSquares == 0 ? null : both / Math.sqrt(squares * otherSquares);
  }

  private static double[] ranks(double[] values) {
    List<Integer> order =
        IntStream.range(0, values.length)
            .boxed()
            .sorted(Comparator.comparingDouble(j -> values[j]))
            .toList();
    double[] ranks = new double[values.length];
    for (int from = 0, to; from < ranks.length; from = to) {
      to = from + 1;
      while (to < ranks.length && values[order.get(to)] == values[order.get(from)]) {
        to++;
      }
      for (int i = from; i < to; i++) {
        ranks[order.get(i)] = (from + to - 1) / 2.0;
      }
    }
    return ranks;
  }

  /**
   * Intersection over union of the two top areas, 0 to 1: the superpixels with the largest positive
   * weights, until they cover a share of the picture, and as many pixels with the largest positive
   * values. Null where no weight or no value is positive.
   *
   * @param weights of the superpixels
   * @param share of the picture, strictly between 0 and 1
   */
  public static @Nullable Double topAreas(
      SegmentMap segments, List<Double> weights, double[] map, double share) {
    Objects.requireNonNull(segments, "segments");
    Objects.requireNonNull(weights, "weights");
    Objects.requireNonNull(map, "map");
    check(segments, map);
    if (weights.size() != segments.count() || !(share > 0 && share < 1)) {
      throw new InvalidInputException(
          "weights must be %s and the share between 0 and 1, got %s and %s"
              .formatted(segments.count(), weights.size(), share));
    }
    int[] areas = segments.areas();
    boolean[] inside = new boolean[areas.length];
    int covered = 0;
    List<Integer> positive =
        IntStream.range(0, areas.length)
            .filter(j -> weights.get(j) > 0)
            .boxed()
            .sorted(Comparator.comparingDouble(j -> -weights.get(j)))
            .toList();
    for (int j : positive) {
      if (covered >= share * map.length) {
        break;
      }
      inside[j] = true;
      covered += areas[j];
    }
    int[] pixels = strongest(map, covered);
    if (covered == 0 || pixels.length == 0) {
      return null;
    }
    int shared = 0;
    for (int pixel : pixels) {
      shared += inside[segments.label(pixel % segments.width(), pixel / segments.width())] ? 1 : 0;
    }
    return (double) shared / (covered + pixels.length - shared);
  }

  /** Pixels with the largest positive values of a map, at most so many; equal ones by place. */
  public static int[] strongest(double[] map, int most) {
    Objects.requireNonNull(map, "map");
    Integer[] order =
        IntStream.range(0, map.length).filter(i -> map[i] > 0).boxed().toArray(Integer[]::new);
    Arrays.sort(order, Comparator.comparingDouble(i -> -map[i]));
    return Arrays.stream(order).limit(most).mapToInt(Integer::intValue).toArray();
  }

  private static void check(SegmentMap segments, double[] map) {
    if (map.length != segments.width() * segments.height()) {
      throw new InvalidInputException(
          "a map must have a value for each of %s pixels, got %s"
              .formatted(segments.width() * segments.height(), map.length));
    }
    for (double value : map) {
      if (!Double.isFinite(value)) {
        throw new InvalidInputException("a map must have finite values, got " + value);
      }
    }
  }
}
