package dev.quicklime.model;

/** Raw scores of one picture; may be called by several threads at once. */
@FunctionalInterface
public interface PixelScorer {

  /**
   * Scores a picture.
   *
   * @param pixels normalised values by channel, row and column; valid during the call only
   * @return one finite score for each class, always as many
   */
  double[] score(float[] pixels);
}
