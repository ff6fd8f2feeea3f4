package dev.quicklime.internal.fit.sums;

import java.util.List;

/** The rows that a surrogate is fitted to: what a fit asks of them, of whatever kind they are. */
public sealed interface Columns permits MaskColumns, RealColumns {

  /** Number of rows, n. */
  int rows();

  /** Number of columns, d. */
  int columns();

  /** What one column is called. */
  String noun();

  /** Sums that all classes share. */
  Gram gram(double[] weights);

  /** Sums of each class's scores, given row by row. */
  List<Moments> moments(double[] weights, double[] scores, int classes);

  /** Copies one column's values of some rows, less a number. */
  void copy(int column, int first, int count, double less, double[] into);

  /** intercept + Σ coefficientⱼ·zⱼ of a row. */
  double linear(int row, double intercept, double[] coefficients);
}
