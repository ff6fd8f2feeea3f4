package dev.quicklime.model;

import dev.quicklime.image.BatchFormat;
import java.lang.foreign.MemorySegment;
import java.util.Objects;

/**
 * The first pictures of what is going to be scored, to be had in any format. A classifier that
 * scores them while it settles may hand those scores over, so that nobody computes them again.
 */
@FunctionalInterface
public interface Preview {

  /**
   * Writes pictures.
   *
   * @param format what they look like; of the size and channels of the classifier's own
   * @param rows how many, ≥ 1; where there are fewer, the first ones come again
   * @param into receives them, at least rows · {@link BatchFormat#bytes} bytes
   */
  void write(BatchFormat format, int rows, MemorySegment into);

  /**
   * How many pictures are going to be scored in this order, from the first on, batch by batch; 0
   * where scores are of no use to whoever asks, or are not known to be.
   */
  default int rows() {
    return 0;
  }

  /**
   * Writes some of the pictures that are going to be scored.
   *
   * @param first which one comes first
   * @param rows how many, ≥ 1; first + rows is {@link #rows} at most
   * @param into receives them, at least rows · {@link BatchFormat#bytes} bytes
   * @throws IndexOutOfBoundsException if there are no such pictures
   */
  default void write(BatchFormat format, int first, int rows, MemorySegment into) {
    Objects.checkFromIndexSize(first, rows, rows());
    throw new UnsupportedOperationException("pictures that are to be scored must be written");
  }

  /**
   * Takes the scores of a whole batch of {@link #rows}, once format and batch are settled. They are
   * those that the classifier would give this batch again, to the bit; others must not come.
   *
   * @param first which picture comes first, a multiple of rows
   * @param rows pictures in the batch, the batch size that was settled
   * @param scores what {@link Classifier#score} returns for them
   * @param nanos what the forward pass took
   */
  default void scored(int first, int rows, double[] scores, long nanos) {}

  /** The same pictures for whoever only looks at them: no scores of them are of use. */
  default Preview withoutScores() {
    return (format, rows, into) -> write(format, rows, into);
  }
}
