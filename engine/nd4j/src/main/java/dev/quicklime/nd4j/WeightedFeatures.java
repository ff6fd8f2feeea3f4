package dev.quicklime.nd4j;

import dev.quicklime.InvalidInputException;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/**
 * Features X, centred at their weighted means if asked for, and WX. Both are as large as the
 * features and are let go of at once when this is closed, instead of when the next garbage
 * collection comes, which knows nothing of memory off the heap.
 */
final class WeightedFeatures implements AutoCloseable {

  private final INDArray centred;
  private final INDArray weighted;
  private final double[] means;
  private final boolean owned;

  WeightedFeatures(INDArray features, RowWeights weights, boolean intercept) {
    INDArray shares = Nd4j.createFromArray(weights.shares()).reshape(weights.shares().length, 1);
    boolean converted = features.dataType() != DataType.DOUBLE;
    INDArray numbers = converted ? features.castTo(DataType.DOUBLE) : features;
    means = new double[Math.toIntExact(features.size(1))];
    if (intercept) {
      INDArray mean = shares.transpose().mmul(numbers).divi(weights.total());
      System.arraycopy(ClassScores.onHeap(mean), 0, means, 0, means.length);
      centred = numbers.subRowVector(mean);
      if (converted) {
        numbers.close();
      }
    } else {
      centred = numbers;
    }
    owned = intercept || converted;
    weighted = centred.mulColumnVector(shares);
  }

  /** XᵀWX, [d, d]. */
  INDArray products() {
    INDArray products = products(centred);
    for (double product : ClassScores.onHeap(products)) {
      if (!Double.isFinite(product)) {
        throw new InvalidInputException(
            "features must be finite, and so small that sums of their squares are; a sum is "
                + product);
      }
    }
    return products;
  }

  /** XᵀWY for Y [n, C]: [d, C]. */
  INDArray products(INDArray others) {
    return weighted.transpose().mmul(others);
  }

  /** d numbers; zeros where X is not centred. */
  double[] means() {
    return means;
  }

  @Override
  public void close() {
    weighted.close();
    if (owned) {
      centred.close();
    }
  }
}
