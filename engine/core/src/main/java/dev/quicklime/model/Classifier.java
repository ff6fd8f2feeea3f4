package dev.quicklime.model;

import dev.quicklime.image.BatchFormat;
import dev.quicklime.image.Preprocessing;

/**
 * A function from pictures to raw scores, one for each class. Implementations may be called by
 * several threads at once and give equal scores for equal pictures, whatever else is in the batch.
 * A backend that has more to offer than this is a {@link PipelinedClassifier}.
 */
public interface Classifier extends AutoCloseable {

  /** What is explained, and on what it runs; part of every explanation's provenance. */
  ClassifierInfo info();

  /**
   * What a picture looks like inside a batch. It may be asked for at any time and stays the same;
   * only a {@link PipelinedClassifier} may settle type and layout with the first pictures.
   */
  BatchFormat format();

  /** Number of pictures in a batch, ≥ 1; as steady as the format. */
  int batchSize();

  /**
   * Scores the first pictures of a batch.
   *
   * @param batch of {@link #batchSize} pictures in the {@link #format}; the classifier's own if it
   *     hands out batches
   * @param rows how many pictures are meant, 1 to {@link #batchSize}
   * @return rows · classes raw scores, row by row, all finite; the number of classes never changes
   */
  double[] score(Batch batch, int rows);

  /** Frees the model and its batches. */
  @Override
  void close();

  /**
   * A classifier in plain Java.
   *
   * @param name what reports call it
   * @param preprocessing the input it takes
   * @param batchSize pictures handed over at once, ≥ 1
   * @param scorer the function
   */
  static Classifier of(
      String name, Preprocessing preprocessing, int batchSize, PixelScorer scorer) {
    return new FunctionClassifier(name, BatchFormat.of(preprocessing), batchSize, scorer);
  }
}
