package dev.quicklime.model;

import dev.quicklime.InvalidInputException;
import dev.quicklime.QuicklimeException;
import java.util.Arrays;

/** Hands the rows of a batch to a plain function. */
final class FunctionModel implements RowModel {

  private final ClassifierInfo info;
  private final int batchSize;
  private final RowScorer scorer;

  FunctionModel(String name, int batchSize, RowScorer scorer) {
    if (batchSize < 1) {
      throw new InvalidInputException("batch size must be at least 1, got " + batchSize);
    }
    this.info = new ClassifierInfo(name, "jvm", null, "cpu", "fp64", 1);
    this.batchSize = batchSize;
    this.scorer = scorer;
  }

  @Override
  public ClassifierInfo info() {
    return info;
  }

  @Override
  public int batchSize() {
    return batchSize;
  }

  @Override
  public boolean singlePrecision() {
    return false;
  }

  @Override
  public double[] score(double[] rows, int columns) {
    double[][] split = new double[rows.length / columns][];
    for (int row = 0; row < split.length; row++) {
      split[row] = Arrays.copyOfRange(rows, row * columns, (row + 1) * columns);
    }
    double[][] scored = scorer.score(split);
    if (scored.length != split.length) {
      throw new QuicklimeException(
          "model %s must return scores for each of %s rows, got %s"
              .formatted(info.name(), split.length, scored.length));
    }
    int classes = scored[0].length;
    double[] scores = new double[Math.multiplyExact(scored.length, classes)];
    for (int row = 0; row < scored.length; row++) {
      if (scored[row].length != classes) {
        throw new QuicklimeException(
            "model %s must return as many scores for every row, %s, got %s"
                .formatted(info.name(), classes, scored[row].length));
      }
      System.arraycopy(scored[row], 0, scores, row * classes, classes);
    }
    return scores;
  }

  @Override
  public void close() {
    // A function holds nothing.
  }
}
