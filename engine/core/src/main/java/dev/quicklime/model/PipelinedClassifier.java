package dev.quicklime.model;

import java.util.Optional;

/**
 * A classifier with memory of its own for batches, that may score some while others are composed,
 * and may leave its number format and batch open until it sees what it is to score. What a plain
 * classifier need not know.
 */
public interface PipelinedClassifier extends Classifier {

  /**
   * Lets the classifier choose among its formats and batches, by what it is going to score. Whoever
   * explains begins with this. Before the first call {@link #format} may still change its type and
   * layout, but never its preprocessing, and {@link #batchSize} may change; from then on both stay.
   * Further calls return at once.
   *
   * <p>What it scores to choose is best the pictures that are going to be scored anyway: scores of
   * whole batches in the settled format may be handed to {@link Preview#scored} before this
   * returns, where the classifier gives the same bits whenever it scores them.
   */
  default void settle(Preview preview) {}

  /** How many batches may be under way at once, ≥ 1. */
  default int inFlight() {
    return 1;
  }

  /**
   * Takes memory for a batch; of undefined content.
   *
   * @throws IllegalStateException if the classifier is closed
   */
  Batch newBatch();

  /**
   * {@link #score} without waiting, where the classifier can: the caller may fill the next batch
   * meanwhile, but leaves this one alone until its scores are there.
   *
   * @param batch taken from this classifier
   */
  default PendingScores submit(Batch batch, int rows) {
    double[] scores = score(batch, rows);
    return () -> scores;
  }

  /**
   * Scores one picture in more bits than {@link #score} has, where samples are scored in fewer than
   * the model could be run in: what is shown of a picture needs no rounding that only buys speed.
   * Alone and not in a batch, where the model takes that, so that the scores depend on neither the
   * batch size nor other pictures; and the same to the bit whenever it is asked. {@link
   * ClassifierInfo#originalPrecision} names the number format. To be asked once it is settled.
   *
   * @param picture the first one that it writes
   * @return raw scores of all classes, or nothing where they would be those of {@link #score} or
   *     cannot be had
   */
  default Optional<double[]> scoreInFull(Preview picture) {
    return Optional.empty();
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
}
