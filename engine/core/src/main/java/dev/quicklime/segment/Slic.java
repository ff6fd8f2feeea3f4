package dev.quicklime.segment;

import dev.quicklime.InvalidInputException;

/**
 * SLIC superpixels (Achanta et al., PAMI 2012): k-means over colour and place, each superpixel
 * searched for near its seed only.
 *
 * @param segments about how many superpixels, 2..4096; the nearest number that a regular grid of
 *     seeds leads to
 * @param compactness weight of distance against colour, 0.001..1000000; black and white are 100
 *     apart in colour, and a large weight gives squares
 * @param iterations rounds of k-means, 1..1000
 */
public record Slic(int segments, double compactness, int iterations) implements Segmenter {
  private static final double MIN_COMPACTNESS = 0.001;
  private static final double MAX_COMPACTNESS = 1_000_000;

  public Slic {
    SegmenterChecks.segments(segments);
    if (!(compactness >= MIN_COMPACTNESS && compactness <= MAX_COMPACTNESS)) {
      throw new InvalidInputException(
          "compactness must be between 0.001 and 1000000, got " + compactness);
    }
    SegmenterChecks.iterations(iterations);
  }

  /** 100 superpixels of compactness 10, settled in 10 rounds. */
  public static Slic defaults() {
    return of(100);
  }

  /** So many superpixels, the rest as in {@link #defaults()}. */
  public static Slic of(int segments) {
    return new Slic(segments, 10, 10);
  }

  /** The same with another number of superpixels. */
  public Slic withSegments(int newSegments) {
    return new Slic(newSegments, compactness, iterations);
  }

  /** The same with another compactness. */
  public Slic withCompactness(double newCompactness) {
    return new Slic(segments, newCompactness, iterations);
  }

  /** The same with another number of iterations. */
  public Slic withIterations(int newIterations) {
    return new Slic(segments, compactness, newIterations);
  }
}
