package dev.quicklime.nd4j;

import dev.quicklime.InvalidInputException;
import java.util.Arrays;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * Weights of samples, divided by the largest one so that no product of them gets lost.
 *
 * @param shares n numbers from 0 to 1
 * @param total their sum, at least 1
 * @param unit the largest weight
 */
@SuppressWarnings("ArrayRecordComponent") // Never compared, and read only.
record RowWeights(double[] shares, double total, double unit) {

  static RowWeights of(INDArray weights, INDArray features) {
    if (features.rank() != 2 || features.length() == 0) {
      throw new InvalidInputException(
          "features must have a row for each sample and a column for each part, got shape "
              + Arrays.toString(features.shape()));
    }
    if (weights.rank() != 1 || weights.length() != features.size(0)) {
      throw new InvalidInputException(
          "weights must have the shape [%s] that the features give them, got %s"
              .formatted(features.size(0), Arrays.toString(weights.shape())));
    }
    double[] shares = ClassScores.onHeap(weights);
    double unit = 0;
    for (double w : shares) {
      if (!(w >= 0 && w < Double.POSITIVE_INFINITY)) {
        throw new InvalidInputException("weights must be 0 or positive numbers, got " + w);
      }
      unit = Math.max(unit, w);
    }
    if (unit == 0) {
      throw new InvalidInputException("weights must not all be 0");
    }
    double total = 0;
    for (int i = 0; i < shares.length; i++) {
      shares[i] /= unit;
      total += shares[i];
    }
    return new RowWeights(shares, total, unit);
  }
}
