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

  /**
   * Gives the scores up; to be called instead of {@link #await}. Whoever handed the batch over may
   * use its memory again on return. Waits for the scores, unless the classifier can do better.
   */
  default void abandon() {
    await();
  }
}
