package dev.quicklime.model;

import java.util.Objects;

/**
 * A model of rows of numbers, where a {@link Classifier} takes pictures. Implementations may be
 * called by several threads at once and give equal scores for equal rows, whatever else is in the
 * batch.
 */
public interface RowModel extends AutoCloseable {

  /** What is explained, and on what it runs; part of every explanation's provenance. */
  ClassifierInfo info();

  /** Number of rows that are handed over at once, ≥ 1. */
  int batchSize();

  /** Whether inputs are rounded to single precision. */
  boolean singlePrecision();

  /**
   * Scores rows.
   *
   * @param rows inputs row by row, 1 to {@link #batchSize} rows
   * @param columns inputs of a row, ≥ 1
   * @return raw scores, row by row, as many for each row
   */
  double[] score(double[] rows, int columns);

  /** Frees what the model holds; it is not used afterwards. */
  @Override
  void close();

  /**
   * A model in plain Java, for batches of up to 1024 rows.
   *
   * @param name what reports call it
   * @param scorer the function
   */
  static RowModel of(String name, RowScorer scorer) {
    return of(name, 1024, scorer);
  }

  /**
   * A model in plain Java.
   *
   * @param name what reports call it
   * @param batchSize rows handed over at once, ≥ 1
   * @param scorer the function
   */
  static RowModel of(String name, int batchSize, RowScorer scorer) {
    Objects.requireNonNull(name, "name");
    Objects.requireNonNull(scorer, "scorer");
    return new FunctionModel(name, batchSize, scorer);
  }
}
