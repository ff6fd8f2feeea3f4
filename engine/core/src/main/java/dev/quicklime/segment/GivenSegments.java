package dev.quicklime.segment;

import dev.quicklime.InvalidInputException;
import java.util.Objects;

/**
 * Superpixels that the caller has.
 *
 * @param map of the picture's own size, with 2..4096 labels
 */
public record GivenSegments(SegmentMap map) implements Segmenter {
  public GivenSegments {
    Objects.requireNonNull(map, "map");
    if (map.count() < MIN_SEGMENTS || map.count() > MAX_SEGMENTS) {
      throw new InvalidInputException(
          "a label map must have between %s and %s labels, got %s"
              .formatted(MIN_SEGMENTS, MAX_SEGMENTS, map.count()));
    }
  }
}
