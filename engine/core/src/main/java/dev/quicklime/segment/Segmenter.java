package dev.quicklime.segment;

/** How a picture is cut into superpixels: plain data; {@link Segmentation} does the work. */
public sealed interface Segmenter permits Slic, Slico, Tiles, GivenSegments {
  /** The fewest superpixels that can be asked for. */
  int MIN_SEGMENTS = 2;

  /** The most superpixels that can be asked for. */
  int MAX_SEGMENTS = 4096;

  /** The most rounds in which superpixels settle. */
  int MAX_ITERATIONS = 1000;
}
