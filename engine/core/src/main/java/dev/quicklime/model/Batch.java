package dev.quicklime.model;

import java.lang.foreign.MemorySegment;

/**
 * Memory for one batch of pictures, handed out by a {@link Classifier} for one thread's use.
 * Closing it gives the memory back to the classifier.
 */
public interface Batch extends AutoCloseable {

  /** Room for as many pictures as the classifier's batch has, in its format. */
  MemorySegment pixels();

  @Override
  void close();
}
