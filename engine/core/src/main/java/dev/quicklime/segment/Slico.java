package dev.quicklime.segment;

/**
 * SLIC without a compactness to choose: each superpixel weighs distance against colour by its own
 * largest colour difference.
 *
 * @param segments about how many superpixels, 2..4096; the nearest number that a regular grid of
 *     seeds leads to
 * @param iterations rounds of k-means, 1..1000
 */
public record Slico(int segments, int iterations) implements Segmenter {
  public Slico {
    SegmenterChecks.segments(segments);
    SegmenterChecks.iterations(iterations);
  }

  /** 100 superpixels, settled in 10 rounds. */
  public static Slico defaults() {
    return of(100);
  }

  /** So many superpixels, the rest as in {@link #defaults()}. */
  public static Slico of(int segments) {
    return new Slico(segments, 10);
  }

  /** The same with another number of superpixels. */
  public Slico withSegments(int newSegments) {
    return new Slico(newSegments, iterations);
  }

  /** The same with another number of iterations. */
  public Slico withIterations(int newIterations) {
    return new Slico(segments, newIterations);
  }
}
