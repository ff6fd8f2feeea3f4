package dev.quicklime.segment;

import dev.quicklime.InvalidInputException;
import dev.quicklime.image.Image;
import dev.quicklime.internal.opencv.SlicSuperpixels;
import dev.quicklime.internal.opencv.SlicSuperpixels.Algorithm;
import java.util.HashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Finds the region size, in whole pixels, whose superpixels are nearest in number to what was
 * asked. The number is no monotone function of the size: rounding to a grid and merging small parts
 * make it jump, so this keeps the best of a few probes instead of bisecting.
 */
final class SlicSearch {
  private static final int MAX_PROBES = 6;
  // Most sizes reach 3 % in one or two probes; the rest of them would cost more than a few
  // superpixels are worth.
  private static final double NEAR_ENOUGH = 0.03;

  private SlicSearch() {}

  static SegmentMap search(
      Image image, int segments, Algorithm algorithm, float compactness, int iterations) {
    int width = image.width();
    int height = image.height();
    if (segments > (long) width * height) {
      throw new InvalidInputException(
          "segments must be at most the picture's pixels, %s×%s, got %s"
              .formatted(width, height, segments));
    }
    float[] features = SlicSuperpixels.features(image.toFloats(), width, height, image.channels());
    int channels = features.length / (width * height);
    int largest = SlicSuperpixels.maxRegion(width, height);
    int region = clamp(Math.sqrt((double) width * height / segments), largest);
    Set<Integer> probed = new HashSet<>();
    @Nullable SegmentMap best = null;
    while (probed.size() < MAX_PROBES && probed.add(region)) {
      SegmentMap map =
          SegmentMap.relabel(
              width,
              height,
              SlicSuperpixels.labels(
                  features, width, height, channels, algorithm, region, compactness, iterations));
      if (map.count() >= Segmenter.MIN_SEGMENTS
          && (best == null || miss(map, segments) < miss(best, segments))) {
        best = map;
      }
      if (Math.abs(map.count() - segments) <= NEAR_ENOUGH * segments) {
        break;
      }
      region = next(region, map.count(), segments, largest, probed);
    }
    if (best == null) {
      throw new InvalidInputException(
          ("a picture must be large and even enough for two superpixels, "
                  + "got one for %s segments on %s×%s; use tiles")
              .formatted(segments, width, height));
    }
    return best;
  }

  private static int miss(SegmentMap map, int segments) {
    return Math.abs(map.count() - segments);
  }

  /**
   * The area of a region scales the count; where that leads to a size seen before, its neighbour is
   * tried.
   */
  private static int next(int region, int count, int segments, int largest, Set<Integer> probed) {
    int candidate = clamp(region * Math.sqrt((double) count / segments), largest);
    if (!probed.contains(candidate)) {
      return candidate;
    }
    int step = count > segments ? 1 : -1;
    int neighbour = clamp(region + step, largest);
    return probed.contains(neighbour) ? clamp(region - step, largest) : neighbour;
  }

  private static int clamp(double region, int largest) {
    return Math.clamp(Math.round(region), 1, largest);
  }
}
