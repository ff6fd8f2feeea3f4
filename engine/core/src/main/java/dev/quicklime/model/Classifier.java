package dev.quicklime.model;

import dev.quicklime.QuicklimeException;
import dev.quicklime.image.BatchFormat;
import dev.quicklime.image.Preprocessing;
import java.util.Objects;
import java.util.Optional;

/**
 * A function from pictures to raw scores, one for each class. Implementations may be called by
 * several threads at once and give equal scores for equal pictures, whatever else is in the batch.
 */
public interface Classifier extends AutoCloseable {

  /** What is explained, and on what it runs; part of every explanation's provenance. */
  ClassifierInfo info();

  /** What a picture looks like inside a batch. */
  BatchFormat format();

  /** Number of pictures in a batch, ≥ 1. */
  int batchSize();

  /**
   * Lets a classifier that has a choice of formats or batches make it, by what it is going to
   * score. An explanation begins with this, before it asks for {@link #format} and {@link
   * #batchSize}, which stay the same from the first call on. Further calls return at once.
   */
  default void settle(Preview preview) {}

  /** How many batches may be under way at once, ≥ 1. */
  default int inFlight() {
    return 1;
  }

  /** Takes memory for a batch; of undefined content. */
  Batch newBatch();

  /**
   * Scores the first pictures of a batch.
   *
   * @param batch taken from this classifier
   * @param rows how many pictures are meant, 1 to {@link #batchSize}
   * @return rows · classes raw scores, row by row, all finite; the number of classes never changes
   */
  double[] score(Batch batch, int rows);

  /**
   * The same without waiting, where the classifier can: the caller may fill the next batch
   * meanwhile, but leaves this one alone until its scores are there.
   */
  default PendingScores submit(Batch batch, int rows) {
    double[] scores = score(batch, rows);
    return () -> scores;
  }

  /**
   * Prepares scoring of one picture's samples from their masks alone, where the classifier composes
   * them by itself; otherwise it is handed batches.
   *
   * @param picture of the format that was settled; not needed any more on return
   */
  default Optional<MaskedScorer> masked(MaskedPicture picture) {
    return Optional.empty();
  }

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
   * @throws IllegalArgumentException if the batch size is below 1
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
   * @throws IllegalArgumentException if the batch size is below 1, or a batch takes 2 GiB or more,
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
