package dev.quicklime.model;

/** A function from rows of numbers to raw scores. */
@FunctionalInterface
public interface RowScorer {

  /**
   * Scores rows.
   *
   * @param rows one or more, each with the same number of inputs
   * @return for each row its raw scores: one of a regression, or one of each class
   */
  double[][] score(double[][] rows);
}
