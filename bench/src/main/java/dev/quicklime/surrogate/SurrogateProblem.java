package dev.quicklime.surrogate;

import dev.quicklime.design.Bernoulli;
import dev.quicklime.design.MaskMatrix;
import dev.quicklime.design.MaskSampler;
import dev.quicklime.locality.Locality;
import java.util.Random;

/**
 * Masks, weights and the scores of three classes, for which about a third of the superpixels
 * matters.
 */
final class SurrogateProblem {

  static final int CLASSES = 3;

  private final MaskMatrix masks;
  private final double[] weights;
  private final double[] scores;

  SurrogateProblem(int n, int d, GramBenchmark.Weights kind) {
    masks = MaskSampler.draw(Bernoulli.defaults(), n, d, 1);
    Random random = new Random(2);
    weights =
        switch (kind) {
          case BY_COUNT -> Locality.defaults().weights(masks);
          case ARBITRARY -> random.doubles(masks.rows()).toArray();
        };
    scores = new double[masks.rows() * CLASSES];
    for (int c = 0; c < CLASSES; c++) {
      double[] effects = new double[d];
      for (int j = c; j < d; j += 3) {
        effects[j] = (random.nextBoolean() ? 1 : -1) * (0.5 + random.nextDouble());
      }
      for (int row = 0; row < masks.rows(); row++) {
        double score = 0.5 * random.nextGaussian();
        for (int j = 0; j < d; j++) {
          score += masks.shown(row, j) ? effects[j] : 0;
        }
        scores[row * CLASSES + c] = score;
      }
    }
  }

  MaskMatrix masks() {
    return masks;
  }

  double[] weights() {
    return weights;
  }

  /** Row by row. */
  double[] scores() {
    return scores;
  }
}
