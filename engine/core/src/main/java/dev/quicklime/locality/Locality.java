package dev.quicklime.locality;

import dev.quicklime.InvalidInputException;
import dev.quicklime.design.MaskMatrix;
import java.io.Serializable;
import java.util.Objects;

/**
 * How fast a sample's weight falls with its distance D from the original: exp(−D²/(2·width²)),
 * between 0 and 1. It equals LIME's √exp(−D²/width²), which LIME calls the kernel.
 *
 * @param distance how the distance is measured
 * @param width standard deviation of the weight, > 0, in units of the distance
 */
public record Locality(Distance distance, double width) implements Serializable {

  /**
   * Checks the width.
   *
   * @throws InvalidInputException if it is not a positive number
   */
  public Locality {
    Objects.requireNonNull(distance, "distance");
    if (!(width > 0 && width < Double.POSITIVE_INFINITY)) {
      throw new InvalidInputException("width must be a positive number, got " + width);
    }
  }

  /** Cosine distance, width 0.25. */
  public static Locality defaults() {
    return new Locality(Distance.COSINE, 0.25);
  }

  /**
   * Weight of a sample that shows some of the superpixels.
   *
   * @param shown number of superpixels shown, 0 to d
   * @param superpixels d, ≥ 1
   */
  public double weight(int shown, int superpixels) {
    double d = distance.of(shown, superpixels) / width;
    return Math.exp(-0.5 * d * d);
  }

  /** Weight of every row. */
  public double[] weights(MaskMatrix masks) {
    double[] table = new double[masks.columns() + 1];
    tabulate(table);
    double[] weights = new double[masks.rows()];
    masks.lookUpByCount(table, weights);
    return weights;
  }

  /**
   * Fills in the weights of 0 to d superpixels shown: a weight depends on nothing else, so that no
   * row needs an exponential of its own.
   */
  void tabulate(double[] table) {
    for (int shown = 0; shown < table.length; shown++) {
      table[shown] = weight(shown, table.length - 1);
    }
  }

  /** Effective sample size (Σw)²/Σw², 0 if every weight is 0. */
  public static double effectiveSamples(double[] weights) {
    Objects.requireNonNull(weights, "weights");
    double largest = 0;
    for (double w : weights) {
      largest = Math.max(largest, w);
    }
    double sum = 0;
    double squares = 0;
    for (double w : weights) {
      // The square of a small weight would be 0.
      double share = w / largest;
      sum += share;
      squares += share * share;
    }
    return squares > 0 ? sum * sum / squares : 0;
  }
}
