package dev.quicklime.surrogate;

import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.quicklime.design.Antithetic;
import dev.quicklime.design.Design;
import dev.quicklime.design.Exhaustive;
import dev.quicklime.design.FoldedHadamard;
import dev.quicklime.design.MaskMatrix;
import dev.quicklime.design.MaskSampler;
import dev.quicklime.design.TwoPhase;
import dev.quicklime.locality.Locality;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * How many 95 % intervals of each single coefficient hold the exact one, which all 4096 masks of 12
 * superpixels give.
 */
class BalancedIntervalsTest {

  private static final int PARTS = 12;
  private static final int RUNS = 400;

  /** A game's value for every mask, by its bits. */
  private static double[] game(String name) {
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

  private static LinearFit fit(Design design, int samples, long seed, double[] game) {
    MaskMatrix masks = MaskSampler.draw(design, samples, PARTS, seed);
    Locality locality = Locality.defaults();
    double[] weights = DesignFits.weights(LeastSquares.defaults(), design, locality, masks);
    FitInput input =
        DesignFits.input(design, samples, locality, seed, masks, weights, scores(masks, game), 1);
    return SurrogateFitter.fit(LeastSquares.defaults(), input, 0);
  }

  /** Of each coefficient's intervals the share that hold the exact value. */
  private static double[] coverage(Design design, int samples, double[] game) {
    List<Double> exact = fit(new Exhaustive(), 1, 0, game).coefficients();
    double[] held = new double[PARTS];
    double[] q = new double[PARTS];
    double[] v = new double[PARTS];
    for (int seed = 0; seed < RUNS; seed++) {
      LinearFit fit = fit(design, samples, seed, game);
      Intervals.Margins margins = Problems.margins(fit);
      for (int j = 0; j < PARTS; j++) {
        double off = Math.abs(fit.coefficients().get(j) - exact.get(j));
        held[j] += off <= margins.halfWidth(j) ? 1.0 / RUNS : 0;
        q[j] += off * off;
        v[j] += margins.standardErrors().get(j) * margins.standardErrors().get(j);
      }
    }
    double[] ratio = new double[PARTS];
    for (int j = 0; j < PARTS; j++) {
      ratio[j] = Math.sqrt(q[j] / v[j]);
    }
    System.out.printf(
        "%s %d: coverage %.3f..%.3f mean %.3f ratio %.2f..%.2f%n",
        design,
        samples,
        Arrays.stream(held).min().orElse(0),
        Arrays.stream(held).max().orElse(0),
        Arrays.stream(held).average().orElse(0),
        Arrays.stream(ratio).min().orElse(0),
        Arrays.stream(ratio).max().orElse(0));
    return held;
  }

  @ParameterizedTest
  @CsvSource({
    "dominant, 64",
    "dominant, 100",
    "dominant, 200",
    "dominant, 400",
    "falling, 64",
    "falling, 100",
    "falling, 200",
    "falling, 400",
    "any, 100",
    "any, 200",
    "any, 400",
    "even, 100",
    "even, 200",
    "even, 400"
  })
  void shouldHoldForEachCoefficient(String name, int samples) {
    double[] game = game(name);
    for (Design design : List.of(new FoldedHadamard(), new TwoPhase(), new Antithetic())) {
      System.out.print(name + " ");
      double[] held = coverage(design, samples, game);
      assertTrue(Arrays.stream(held).min().orElse(0) > 0.8);
    }
  }
}
