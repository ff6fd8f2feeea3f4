package dev.quicklime.model;

/** Scores of a batch that is under way. */
@FunctionalInterface
public interface PendingScores {

  /**
   * Waits for them; to be called once, by one thread.
   *
   * @return rows · classes raw scores, as of {@link Classifier#score}
   */
  double[] await();
}
