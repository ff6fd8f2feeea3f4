package dev.quicklime.internal.fit.sums;

import java.util.List;

/**
 * The rows that a surrogate is fitted to: what a fit asks of them, of whatever kind they are. Where
 * only their sums are kept, whatever asks for more ends with an IllegalStateException.
 */
public sealed interface Columns permits MaskColumns, RealColumns, SummedColumns {

  /** Number of rows, n. */
  int rows();

  /** Number of columns, d. */
  int columns();

  /** What one column is called. */
  String noun();

  /** Whether these are all rows that there are, each once: nothing was left to chance. */
  boolean exhaustive();

  /** Sums that all classes share. */
  Gram gram(double[] weights);

  /** Sums of each class's scores, given row by row. */
  List<Moments> moments(double[] weights, double[] scores, int classes);

  /** Copies one column's values of some rows, less a number. */
  void copy(int column, int first, int count, double less, double[] into);

  /** intercept + Σ coefficientⱼ·zⱼ of a row. */
  double linear(int row, double intercept, double[] coefficients);
}
