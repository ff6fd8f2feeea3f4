package dev.quicklime.internal.fit.shapley;

import dev.quicklime.InvalidInputException;
import dev.quicklime.design.Antithetic;
import dev.quicklime.design.Bernoulli;
import dev.quicklime.design.Design;
import dev.quicklime.design.Exhaustive;
import dev.quicklime.design.FixedSize;
import dev.quicklime.design.FoldedHadamard;
import dev.quicklime.design.Leverage;
import dev.quicklime.design.MaskMatrix;
import dev.quicklime.design.TwoPhase;

/**
 * How much each sample counts in a fit of Shapley values: the weight that the Shapley kernel gives
 * to all masks of its size together, (d − 1)/(k(d − k)), shared by the rows of that size. The empty
 * and the full picture are not weighed, for the fit meets them exactly.
 */
public final class ShapleyWeights {

  private ShapleyWeights() {}

  /** Refuses designs whose rows do not say how Shapley values weigh them, or whose sizes miss. */
  public static void check(Design design) {
    switch (design) {
      case Leverage _, Exhaustive _ -> {}
      case Antithetic _, Bernoulli _, FixedSize _, FoldedHadamard _, TwoPhase _ ->
          throw new InvalidInputException(
              "Shapley values need a leverage design, which draws masks of every size and the empty"
                  + " picture, or an exhaustive one, got "
                  + design.getClass().getSimpleName());
    }
  }

  /** Weights of rows, their mean 1 over those that have one. */
  public static double[] of(Design design, MaskMatrix masks) {
    check(design);
    int d = masks.columns();
    double[] counts = new double[d + 1];
    int[] shown = shown(masks);
    if (design instanceof Leverage && masks.rows() % 2 == 0) {
      // Without its complement the last mask would let interactions of two superpixels in.
      shown[masks.rows() - 1] = d;
    }
    for (int k : shown) {
      counts[k]++;
    }
    double[] table = design instanceof Exhaustive ? shared(d, counts) : table(d, counts);
    double total = 0;
    int weighty = 0;
    for (int k : shown) {
      total += table[k];
      weighty += table[k] > 0 ? 1 : 0;
    }
    double[] weights = new double[masks.rows()];
    for (int row = 0; row < weights.length; row++) {
      // Without a mask between the empty and the full picture any weight will do.
      weights[row] = total > 0 ? table[shown[row]] * weighty / total : 1;
    }
    return weights;
  }

  private static int[] shown(MaskMatrix masks) {
    int[] shown = new int[masks.rows()];
    for (int row = 0; row < shown.length; row++) {
      shown[row] = masks.countShown(row);
    }
    return shown;
  }

  private static double kernel(int d, int k) {
    return (d - 1.0) / ((double) k * (d - k));
  }

  /** By the rows that there are of each size: what their number left to chance is made up for. */
  private static double[] shared(int d, double[] counts) {
    double[] table = new double[d + 1];
    for (int k = 1; k < d; k++) {
      table[k] = counts[k] > 0 ? kernel(d, k) / counts[k] : 0;
    }
    return table;
  }

  /** The same, or where rows are too few for all sizes, by how often each is drawn. */
  private static double[] table(int d, double[] counts) {
    boolean every = true;
    for (int k = 1; k < d; k++) {
      every &= counts[k] > 0;
    }
    if (every) {
      return shared(d, counts);
    }
    double[] expected = new double[d + 1];
    for (int k = 1; k < d; k++) {
      expected[k] = 2 * k == d ? 2 : 1;
    }
    return shared(d, expected);
  }
}
