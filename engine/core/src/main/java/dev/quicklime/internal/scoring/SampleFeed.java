package dev.quicklime.internal.scoring;

import dev.quicklime.model.PendingScores;
import dev.quicklime.run.Timings;

/** Hands samples to a model, in whatever form it takes them. For one run and one thread. */
public interface SampleFeed extends AutoCloseable {

  /** How many samples are handed over at once, ≥ 1. */
  int batchSize();

  /** How many batches may be under way at once, ≥ 1. */
  default int inFlight() {
    return 1;
  }

  /**
   * Hands over some samples. The oldest of {@link #inFlight} calls must have been awaited before
   * the next.
   *
   * @param clock is told what composing and handing over took
   */
  PendingScores submit(int first, int count, Timings.Clock clock);

  /** Gives back what was taken from the model; nothing may be under way. */
  @Override
  default void close() {}
}
