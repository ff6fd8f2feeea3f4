package dev.quicklime.model;

import java.lang.foreign.MemorySegment;

/**
 * Memory for one batch of pictures, handed out by a {@link Classifier} for one thread's use.
 * Closing it gives the memory back to the classifier.
 */
public interface Batch extends AutoCloseable {

  /**
   * Room for as many pictures as the classifier's batch has, in its format.
   *
   * @throws IllegalStateException if the batch is closed
   */
  MemorySegment pixels();

  /** Gives the memory back; further calls do nothing. */
  @Override
  void close();

  /**
   * A batch of memory that somebody else owns.
   *
   * @param pixels the memory, which stays valid until it is given back
   * @param giveBack called once, when the batch is closed
   */
  static Batch of(MemorySegment pixels, Runnable giveBack) {
    return new LentBatch(pixels, giveBack);
  }
}
