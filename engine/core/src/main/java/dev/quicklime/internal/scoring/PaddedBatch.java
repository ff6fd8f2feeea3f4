package dev.quicklime.internal.scoring;

import dev.quicklime.InvalidInputException;
import dev.quicklime.image.BatchFormat;
import dev.quicklime.model.Batch;

/** A forward pass of one shape for fewer pictures: its rest is zeros, whose scores are dropped. */
public final class PaddedBatch {

  private PaddedBatch() {}

  /**
   * Fills the rows past the last picture with zeros, so that a run can be repeated exactly.
   *
   * @param rows how many pictures are meant
   */
  public static void pad(Batch batch, int rows, int batchSize, BatchFormat format) {
    if (rows < 1 || rows > batchSize) {
      throw new InvalidInputException("rows must be between 1 and " + batchSize + ", got " + rows);
    }
    if (batch.pixels().byteSize() < format.bytes() * batchSize) {
      throw new InvalidInputException("the batch was not taken from this classifier");
    }
    batch.pixels().asSlice(format.bytes() * rows).fill((byte) 0);
  }
}
