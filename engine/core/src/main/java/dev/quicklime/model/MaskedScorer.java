package dev.quicklime.model;

/**
 * Scores samples that are composed where the classifier runs. Made for one explanation and used by
 * its thread; closed before the classifier.
 */
public interface MaskedScorer extends AutoCloseable {

  /**
   * Scores samples, without waiting where the classifier can.
   *
   * @param words packed masks, row by row: bit {@code j % 64} of word {@code j / 64} of a row is 1
   *     where superpixel j is shown; free for other use on return
   * @param rows how many samples, 1 to {@link Classifier#batchSize}
   */
  PendingScores submit(long[] words, int rows);

  /** Frees what the samples had in common; their scores must all have been awaited. */
  @Override
  void close();
}
