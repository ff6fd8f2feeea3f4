package dev.quicklime.surrogate;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.quicklime.InvalidInputException;
import dev.quicklime.design.Bernoulli;
import dev.quicklime.design.Design;
import dev.quicklime.design.Exhaustive;
import dev.quicklime.design.FoldedHadamard;
import dev.quicklime.design.Leverage;
import dev.quicklime.design.MaskMatrix;
import dev.quicklime.design.MaskSampler;
import dev.quicklime.locality.Locality;
import java.util.List;
import java.util.Random;
import java.util.function.IntPredicate;
import java.util.function.ToDoubleFunction;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ShapleyTest {

  private static final Shapley SHAPLEY = new Shapley();

  private static LinearFit fit(
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
  private static double[] enumerated(int d, ToDoubleFunction<IntPredicate> game) {
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
  private static ToDoubleFunction<IntPredicate> bent(int d, long seed) {
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

  private static void assertAddUp(LinearFit fit, double all) {
    assertEquals(all, fit.localPrediction(), 1e-12 * Math.max(1, Math.abs(all)));
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 4, 5, 9, 14})
  void shouldBeThoseOfEnumerationWhereEveryMaskIsScored(int d) {
    ToDoubleFunction<IntPredicate> game = bent(d, d);
    LinearFit fit = fit(new Exhaustive(), 1, d, 0, game);
    double[] expected = enumerated(d, game);
    for (int j = 0; j < d; j++) {
      assertEquals(expected[j], fit.coefficients().get(j), 1e-9);
    }
    assertEquals(game.applyAsDouble(_ -> false), fit.intercept(), 0);
    assertAddUp(fit, game.applyAsDouble(_ -> true));
    assertInstanceOf(Intervals.None.class, fit.intervals());
  }

  @ParameterizedTest
  @ValueSource(ints = {2, 3, 16, 33, 64, 130})
  void shouldBeTheWeightsOfALinearGameFromFewSamples(int d) {
    double[] own = new Random(d).doubles(d, -3, 3).toArray();
    ToDoubleFunction<IntPredicate> game =
        shown -> 0.7 + IntStream.range(0, d).filter(shown).mapToDouble(j -> own[j]).sum();
    LinearFit fit = fit(new Leverage(), 4 * d + 5, d, 1, game);
    for (int j = 0; j < d; j++) {
      assertEquals(own[j], fit.coefficients().get(j), 1e-9);
    }
  }

  @Test
  void shouldBeExactWhereSuperpixelsInteractInPairsAlone() {
    int d = 9;
    ToDoubleFunction<IntPredicate> game =
        shown -> {
          double sum = 2;
          for (int j = 0; j < d; j++) {
            sum += shown.test(j) ? j : 0;
            sum += shown.test(j) && shown.test((j + 2) % d) ? 3 - j : 0;
          }
          return sum;
        };
    double[] expected = enumerated(d, game);
    for (int samples : new int[] {60, 61}) {
      LinearFit fit = fit(new Leverage(), samples, d, 1, game);
      for (int j = 0; j < d; j++) {
        assertEquals(expected[j], fit.coefficients().get(j), 1e-9);
      }
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 5})
  void shouldShareADetectorEvenlyAmongItsParts(int parts) {
    int d = 12;
    ToDoubleFunction<IntPredicate> detector =
        shown -> IntStream.range(0, parts).allMatch(j -> shown.test(2 * j)) ? 1 : 0;
    LinearFit fit = fit(new Exhaustive(), 1, d, 0, detector);
    for (int j = 0; j < d; j++) {
      double expected = j % 2 == 0 && j < 2 * parts ? 1.0 / parts : 0;
      assertEquals(expected, fit.coefficients().get(j), 1e-9);
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 7, 20, 41, 100, 301, 1000})
  void shouldAddUpAtAnyNumberOfSamples(int samples) {
    int d = 20;
    ToDoubleFunction<IntPredicate> game = bent(d, 5);
    LinearFit fit = fit(new Leverage(), samples, d, 3, game);
    assertEquals(game.applyAsDouble(_ -> false), fit.intercept(), 0);
    assertAddUp(fit, game.applyAsDouble(_ -> true));
  }

  @Test
  void shouldSayWhereSamplesDoNotTellSuperpixelsApart() {
    LinearFit fit = fit(new Leverage(), 11, 20, 3, bent(20, 5));
    assertTrue(fit.notices().getFirst().contains("shared evenly"), fit.notices().toString());
  }

  @Test
  void shouldSayWhereEveryMaskCouldHaveBeenScoredInstead() {
    ToDoubleFunction<IntPredicate> game = bent(6, 5);
    for (int samples : new int[] {63, 200}) {
      LinearFit fit = fit(new Leverage(), samples, 6, 3, game);
      assertTrue(fit.notices().getFirst().contains("6 superpixels have 64 masks"));
      assertInstanceOf(Intervals.Margins.class, fit.intervals());
    }
    assertEquals(List.of(), fit(new Leverage(), 62, 6, 3, game).notices());
    LinearFit exact = fit(new Exhaustive(), 1, 6, 0, game);
    assertEquals(List.of(), exact.notices());
    assertInstanceOf(Intervals.None.class, exact.intervals());
  }

  @Test
  void shouldCoverTheTruthInNineteenOfTwentyIntervals() {
    int d = 12;
    for (boolean completable : new boolean[] {true, false}) {
      ToDoubleFunction<IntPredicate> bent = bent(d, 11);
      ToDoubleFunction<IntPredicate> game =
          completable
              ? bent
              : shown -> bent.applyAsDouble(shown) * 3 + (shown.test(1) == shown.test(2) ? 1 : 0);
      double[] truth = enumerated(d, game);
      int runs = 400;
      int[] covered = new int[d];
      for (int seed = 0; seed < runs; seed++) {
        LinearFit fit = fit(new Leverage(), 160, d, seed, game);
        Intervals.Margins margins = assertInstanceOf(Intervals.Margins.class, fit.intervals());
        for (int j = 0; j < d; j++) {
          double off = Math.abs(fit.coefficients().get(j) - truth[j]);
          covered[j] += off <= margins.halfWidth(j) ? 1 : 0;
        }
      }
      double mean = IntStream.of(covered).average().orElse(0) / runs;
      double least = IntStream.of(covered).min().orElse(0) / (double) runs;
      assertTrue(mean >= 0.93, "mean " + mean);
      assertTrue(least >= 0.9, "least " + least);
    }
  }

  @Test
  void shouldErrLessTheMoreSamplesThereAre() {
    int d = 16;
    ToDoubleFunction<IntPredicate> game = bent(d, 2);
    double[] truth = enumerated(d, game);
    double few = 0;
    double many = 0;
    for (int seed = 0; seed < 20; seed++) {
      few += error(fit(new Leverage(), 120, d, seed, game), truth);
      many += error(fit(new Leverage(), 1920, d, seed, game), truth);
    }
    assertTrue(many < few / 8, few + " then " + many);
  }

  private static double error(LinearFit fit, double[] truth) {
    return IntStream.range(0, truth.length)
        .mapToDouble(j -> Math.pow(fit.coefficients().get(j) - truth[j], 2))
        .sum();
  }

  @Test
  void shouldRefuseDesignsThatDoNotSayHowSizesAreDrawn() {
    for (Design design : List.of(Bernoulli.defaults(), new FoldedHadamard())) {
      String refused =
          String.valueOf(
              assertThrows(InvalidInputException.class, () -> fit(design, 100, 6, 0, bent(6, 1)))
                  .getMessage());
      assertTrue(refused.contains("need a leverage design"), refused);
    }
  }

  @Test
  void shouldRefuseMasksWithoutTheEmptyPicture() {
    MaskMatrix masks = MaskMatrix.of(new boolean[][] {{true, true}, {true, false}, {false, true}});
    FitInput input = FitInput.of(masks, new double[] {0, 1, 1}, new double[] {1, 2, 3}, 1, 2);
    assertThrows(InvalidInputException.class, () -> SurrogateFitter.fit(SHAPLEY, input, 0));
  }

  @Test
  void shouldRefuseToLeaveTheInterceptOut() {
    assertThrows(InvalidInputException.class, () -> SHAPLEY.withIntercept(false));
  }
}
