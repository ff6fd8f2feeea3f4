package dev.quicklime.cam;

/** What the sum of a map's gradients is divided by to be its weight α. */
public enum AlphaNormalization {
  /** The number of places: α is the mean gradient, the common form. */
  MEAN,
  /** The sum over all maps, so that the weights α add up to 1. */
  SUM_TO_ONE
}
