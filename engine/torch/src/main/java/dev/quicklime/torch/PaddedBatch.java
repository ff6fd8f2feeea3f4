package dev.quicklime.torch;

import dev.quicklime.QuicklimeException;
import dev.quicklime.image.BatchFormat;
import dev.quicklime.model.Batch;
import dev.quicklime.torch.internal.TorchModule.Output;
import java.util.Arrays;

/** A forward pass of one shape for fewer pictures: its rest is zeros, whose scores are dropped. */
final class PaddedBatch {

  private PaddedBatch() {}

  /**
   * Fills the rows past the last picture with zeros, so that a run can be repeated exactly.
   *
   * @param rows how many pictures are meant
   */
  static void pad(Batch batch, int rows, int batchSize, BatchFormat format) {
    if (rows < 1 || rows > batchSize) {
      throw new IllegalArgumentException(
          "rows must be between 1 and " + batchSize + ", got " + rows);
    }
    if (batch.pixels().byteSize() < format.bytes() * batchSize) {
      throw new IllegalArgumentException("the batch was not taken from this classifier");
    }
    batch.pixels().asSlice(format.bytes() * rows).fill((byte) 0);
  }

  /**
   * The pictures' scores, once the model has turned out to return scores.
   *
   * @param name the model, for what is wrong with it
   */
  static double[] scores(String name, Output output, int batchSize, int rows) {
    long[] shape = output.shape();
    boolean matrix = shape.length == 2 && shape[0] == batchSize && shape[1] >= 1;
    boolean vector = shape.length == 1 && shape[0] == batchSize;
    if (!output.problem().isEmpty() || !(matrix || vector)) {
      String got =
          output.problem().isEmpty() ? "one of shape " + Arrays.toString(shape) : output.problem();
      throw new QuicklimeException(
          "model %s must return one tensor of floating-point scores, [%d, classes], got %s"
              .formatted(name, batchSize, got));
    }
    int classes = vector ? 1 : (int) shape[1];
    double[] scores = new double[rows * classes];
    for (int i = 0; i < scores.length; i++) {
      scores[i] = output.values()[i];
    }
    return scores;
  }
}
