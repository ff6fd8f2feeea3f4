package dev.quicklime.model;

import java.nio.FloatBuffer;

/**
 * Raw scores of a batch of pictures, for whoever runs a model of his own by batches; may be called
 * by several threads at once.
 */
@FunctionalInterface
public interface BatchScorer {

  /**
   * Scores the pictures of a batch.
   *
   * @param nchw the normalised values of all pictures, by picture, channel, row and column: a
   *     read-only view of memory off the heap, in the machine's byte order, of which nothing was
   *     copied. Its position is 0 and its limit is {@code rows} times the values of a picture. It
   *     is valid during the call only
   * @param rows how many pictures there are, 1 to the batch size; less only at the end of a run
   * @return for each picture one finite score for each class, always as many
   */
  float[][] score(FloatBuffer nchw, int rows);
}
