package dev.quicklime.design;

/**
 * All 2^d masks, each once; the mask that shows everything is row 0. It has no sampling error, so
 * that it gives the exact limit of LIME for infinitely many samples, and it is affordable for d ≤
 * {@value #MAX_SUPERPIXELS} only.
 */
public record Exhaustive() implements Design {

  /** Largest number of superpixels whose masks are enumerated. */
  public static final int MAX_SUPERPIXELS = 20;
}
