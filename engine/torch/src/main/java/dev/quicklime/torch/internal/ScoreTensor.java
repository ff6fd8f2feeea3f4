package dev.quicklime.torch.internal;

import dev.quicklime.QuicklimeException;
import java.util.Arrays;

/** Scores as a model returns them: one tensor [batch, classes], or [batch] of a single output. */
public final class ScoreTensor {

  private ScoreTensor() {}

  /**
   * The first rows of what a model returned, once that has turned out to be scores.
   *
   * @param name the model, for what is wrong with it
   * @param batchSize rows that were handed over
   * @param rows how many of them are meant
   * @return rows · classes scores, row by row
   * @throws QuicklimeException if it is something else
   */
  public static double[] values(String name, ModelOutput output, int batchSize, int rows) {
    long[] shape = output.shape();
    boolean matrix = shape.length == 2 && shape[0] == batchSize && shape[1] >= 1;
    boolean vector = shape.length == 1 && shape[0] == batchSize;
    if (!output.problem().isEmpty() || !(matrix || vector)) {
      String got =
          output.problem().isEmpty() ? "one of shape " + Arrays.toString(shape) : output.problem();
      throw new QuicklimeException(
          "model %s must return one tensor of floating-point scores, [%s, classes], got %s"
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
