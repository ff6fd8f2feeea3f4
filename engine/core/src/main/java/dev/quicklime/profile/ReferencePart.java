package dev.quicklime.profile;

import java.io.Serial;
import java.io.Serializable;

/**
 * Scores of a range of the masks that the fits of a picture are compared by, in a form that goes
 * from machine to machine. Made by a {@link ReferenceScorer}, put together by {@link
 * ReferenceScores}.
 */
public final class ReferencePart implements Serializable {

  @Serial private static final long serialVersionUID = 1;

  private final ReferenceRange range;
  private final int superpixels;
  private final int[] classes;
  private final double[][] scores;

  /** Keeps the arrays: by target a value for each row and class, row by row. */
  ReferencePart(ReferenceRange range, int superpixels, int[] classes, double[][] scores) {
    this.range = range;
    this.superpixels = superpixels;
    this.classes = classes;
    this.scores = scores;
  }

  /** Which rows these are. */
  public ReferenceRange range() {
    return range;
  }

  /** How many superpixels the picture has. */
  public int superpixels() {
    return superpixels;
  }

  int[] classes() {
    return classes;
  }

  double[] scores(int target) {
    return scores[target];
  }

  int targets() {
    return scores.length;
  }
}
