package dev.quicklime.surrogate;

import dev.quicklime.design.Design;
import dev.quicklime.design.Exhaustive;
import dev.quicklime.design.MaskMatrix;
import dev.quicklime.design.MaskSampler;
import dev.quicklime.locality.Locality;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;

/** Games of {@value #PARTS} superpixels, whose exact coefficients all 4096 masks give. */
final class Games {

  static final int PARTS = 12;

  /** A game's value for every mask, by its bits. */
  static double[] game(String name) {
    if (name.equals("both")) {
      return both();
    }
    Random random = new Random(3);
    double[] effects = new double[PARTS];
    double[][] pairs = new double[PARTS][PARTS];
    for (int j = 0; j < PARTS; j++) {
      effects[j] =
          switch (name) {
            // One superpixel that decides nearly alone, and others that count beside it.
            case "dominant" -> j == 0 ? 5 : 0.5 * random.nextGaussian();
            case "falling" -> 4 * Math.pow(0.6, j) * (random.nextInt(4) == 0 ? -1 : 1);
            default -> random.nextGaussian();
          };
    }
    for (int k = 0; k < 15; k++) {
      pairs[random.nextInt(PARTS)][random.nextInt(PARTS)] += random.nextGaussian();
    }
    double half = Arrays.stream(effects).sum() / 2;
    return IntStream.range(0, 1 << PARTS)
        .mapToDouble(
            mask -> {
              double sum = -half;
              for (int i = 0; i < PARTS; i++) {
                sum += (mask >> i & 1) * effects[i];
                for (int j = 0; j < PARTS; j++) {
                  sum += pairs[i][j] * ((mask >> i & 1) - 0.5) * ((mask >> j & 1) - 0.5);
                }
              }
              return name.equals("even") ? sum * Math.abs(sum) : 1 / (1 + Math.exp(-sum));
            })
        .toArray();
  }

  /** Two superpixels that count together alone, and others that count a little by themselves. */
  private static double[] both() {
    double[] effects = {0.025, 0, 0, -0.02, 0.015, 0, 0, 0.015, -0.01, 0.01, 0.005, 0.005};
    return IntStream.range(0, 1 << PARTS)
        .mapToDouble(
            mask -> {
              double sum = 0.05 + ((mask & 6) == 6 ? 0.8 : 0);
              for (int j = 0; j < PARTS; j++) {
                sum += effects[j] * ((mask >> j & 1) - 0.5);
              }
              return sum;
            })
        .toArray();
  }

  private static double[] scores(MaskMatrix masks, double[] game) {
    double[] scores = new double[masks.rows()];
    for (int row = 0; row < scores.length; row++) {
      int mask = 0;
      for (int j = 0; j < PARTS; j++) {
        mask |= masks.shown(row, j) ? 1 << j : 0;
      }
      scores[row] = game[mask];
    }
    return scores;
  }

  /** A fit to some samples of a design. */
  static LinearFit fit(Design design, int samples, long seed, double[] game) {
    MaskMatrix masks = MaskSampler.draw(design, samples, PARTS, seed);
    Locality locality = Locality.defaults();
    double[] weights = DesignFits.weights(LeastSquares.defaults(), design, locality, masks);
    FitInput input =
        DesignFits.input(design, samples, locality, seed, masks, weights, scores(masks, game), 1);
    return SurrogateFitter.fit(LeastSquares.defaults(), input, 0);
  }

  /** The coefficients that samples without end would give. */
  static List<Double> exact(double[] game) {
    return fit(new Exhaustive(), 1, 0, game).coefficients();
  }

  private Games() {}
}
