package dev.quicklime.model;

import dev.quicklime.InvalidInputException;
import dev.quicklime.QuicklimeException;
import dev.quicklime.image.BatchFormat;
import dev.quicklime.image.Preprocessing;
import java.util.Objects;

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
   * A classifier in plain Java that takes pictures one by one. To hand whole batches to a model,
   * use {@link #ofBatch}.
   *
   * @param name what reports and messages call it
   * @param preprocessing the input it takes
   * @param batchSize pictures composed at once, ≥ 1
   * @param scorer the function; explaining fails with a {@link QuicklimeException} where it returns
   *     no scores, or another number of them than before
   * @throws InvalidInputException if the batch size is below 1
   */
  static Classifier of(
      String name, Preprocessing preprocessing, int batchSize, PixelScorer scorer) {
    Objects.requireNonNull(name, "name");
    Objects.requireNonNull(preprocessing, "preprocessing");
    Objects.requireNonNull(scorer, "scorer");
    return FunctionClassifier.ofPictures(name, BatchFormat.of(preprocessing), batchSize, scorer);
  }

  /**
   * A classifier in plain Java that takes pictures by batches, without a copy: for whoever runs a
   * model of his own.
   *
   * @param name what reports and messages call it
   * @param preprocessing the input it takes
   * @param batchSize pictures handed over at once, ≥ 1
   * @param scorer the function; explaining fails with a {@link QuicklimeException} where it returns
   *     other than as many scores for each picture of the batch
   * @throws InvalidInputException if the batch size is below 1, or a batch takes 2 GiB or more,
   *     which no buffer holds
   */
  static Classifier ofBatch(
      String name, Preprocessing preprocessing, int batchSize, BatchScorer scorer) {
    Objects.requireNonNull(name, "name");
    Objects.requireNonNull(preprocessing, "preprocessing");
    Objects.requireNonNull(scorer, "scorer");
    return FunctionClassifier.ofBatches(name, BatchFormat.of(preprocessing), batchSize, scorer);
  }
}
