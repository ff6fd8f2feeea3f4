package dev.quicklime.surrogate;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.quicklime.design.Antithetic;
import dev.quicklime.design.Design;
import dev.quicklime.design.Exhaustive;
import dev.quicklime.design.FoldedHadamard;
import dev.quicklime.design.MaskMatrix;
import dev.quicklime.design.MaskSampler;
import dev.quicklime.design.TwoPhase;
import dev.quicklime.fidelity.Deviation;
import dev.quicklime.locality.Locality;
import java.util.Arrays;
import java.util.DoubleSummaryStatistics;
import java.util.List;
import java.util.Objects;
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
  private static double[] coverage(Design design, int samples, int runs, double[] game) {
    List<Double> exact = fit(new Exhaustive(), 1, 0, game).coefficients();
    double[] held = new double[PARTS];
    for (int seed = 0; seed < runs; seed++) {
      LinearFit fit = fit(design, samples, seed, game);
      List<Integer> missed = Objects.requireNonNull(Deviation.missed(fit, fit(exact)), "intervals");
      for (int j = 0; j < PARTS; j++) {
        held[j] += missed.contains(j) ? 0 : 1.0 / runs;
      }
    }
    return held;
  }

  private static LinearFit fit(List<Double> coefficients) {
    return new LinearFit(0, coefficients, new Intervals.None("exact"), 0, null, null, List.of());
  }

  /**
   * Three standard deviations of what so many runs make of .93 to .97 are .03 to .055. What adds up
   * the squares of single rows or pairs fails: it holds the strongest superpixel of two of these
   * games in all runs, and weak ones in .87 to .90.
   */
  private static void assertHonest(double[] held, double most) {
    DoubleSummaryStatistics all = Arrays.stream(held).summaryStatistics();
    String found = "held in " + Arrays.toString(held);
    assertTrue(all.getMin() >= 0.91, found);
    assertTrue(all.getMax() <= most, found);
    assertEquals(0.955, all.getAverage(), 0.02, found);
  }

  @ParameterizedTest
  @CsvSource({
    "dominant, 100", "dominant, 200", "dominant, 400",
    "falling, 100", "falling, 200", "falling, 400",
    "any, 100", "any, 200", "any, 400",
    "even, 100", "even, 200", "even, 400"
  })
  void shouldHoldEachCoefficientOfHadamardRows(String name, int samples) {
    assertHonest(coverage(new FoldedHadamard(), samples, 400, game(name)), 0.985);
  }

  @ParameterizedTest
  @CsvSource({"dominant, 200", "falling, 100", "any, 200", "even, 400"})
  void shouldHoldEachCoefficientOfTwoPhases(String name, int samples) {
    assertHonest(coverage(new TwoPhase(), samples, 150, game(name)), 1);
  }

  @ParameterizedTest
  @CsvSource({"falling, 200", "any, 100"})
  void shouldHoldEachCoefficientOfIndependentPairs(String name, int samples) {
    assertHonest(coverage(new Antithetic(), samples, 400, game(name)), 0.985);
  }
}
