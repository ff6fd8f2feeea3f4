package dev.quicklime.surrogate;

import dev.quicklime.design.Design;
import dev.quicklime.design.MaskMatrix;
import dev.quicklime.design.MaskSampler;
import dev.quicklime.locality.Locality;
import java.util.Random;
import java.util.function.IntPredicate;
import java.util.function.ToDoubleFunction;

/** Games of a few players, their Shapley values by all subsets, and fits of these. */
final class ShapleyGames {

  private static final Shapley SHAPLEY = new Shapley();

  private ShapleyGames() {}

  static LinearFit fit(
      Design design, int samples, int d, long seed, ToDoubleFunction<IntPredicate> game) {
    MaskMatrix masks = MaskSampler.draw(design, samples, d, seed);
    double[] scores = new double[masks.rows()];
    for (int row = 0; row < scores.length; row++) {
      int at = row;
      scores[row] = game.applyAsDouble(j -> masks.shown(at, j));
    }
    double[] weights = DesignFits.weights(SHAPLEY, design, Locality.defaults(), masks);
    FitInput input =
        DesignFits.input(design, samples, Locality.defaults(), seed, masks, weights, scores, 1);
    return SurrogateFitter.fit(SHAPLEY, input, 0);
  }

  /** The mean over orders, by subsets. */
  static double[] enumerated(int d, ToDoubleFunction<IntPredicate> game) {
    double[] values = new double[1 << d];
    for (int set = 0; set < values.length; set++) {
      int shown = set;
      values[set] = game.applyAsDouble(j -> (shown >> j & 1) == 1);
    }
    double[] factorials = new double[d + 1];
    factorials[0] = 1;
    for (int k = 1; k <= d; k++) {
      factorials[k] = factorials[k - 1] * k;
    }
    double[] shares = new double[d];
    for (int j = 0; j < d; j++) {
      for (int set = 0; set < values.length; set++) {
        if ((set >> j & 1) == 0) {
          int size = Integer.bitCount(set);
          double weight = factorials[size] * factorials[d - 1 - size] / factorials[d];
          shares[j] += weight * (values[set | 1 << j] - values[set]);
        }
      }
    }
    return shares;
  }

  /** Interactions of all orders, by a sigmoid of sums and products. */
  static ToDoubleFunction<IntPredicate> bent(int d, long seed) {
    Random random = new Random(seed);
    double[] own = random.doubles(d, -1.5, 2).toArray();
    double[] pairs = random.doubles(d, -1, 1).toArray();
    return shown -> {
      double sum = -1;
      for (int j = 0; j < d; j++) {
        sum += shown.test(j) ? own[j] : 0;
        sum += shown.test(j) && shown.test((j * 3 + 1) % d) ? pairs[j] : 0;
      }
      return 1 / (1 + Math.exp(-sum));
    };
  }
}
