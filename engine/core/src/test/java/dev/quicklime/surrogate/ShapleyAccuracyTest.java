package dev.quicklime.surrogate;

import static dev.quicklime.surrogate.ShapleyGames.bent;
import static dev.quicklime.surrogate.ShapleyGames.enumerated;
import static dev.quicklime.surrogate.ShapleyGames.fit;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.quicklime.design.Leverage;
import java.util.function.IntPredicate;
import java.util.function.ToDoubleFunction;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** How far Shapley values from some of the masks are off those from all, over hundreds of fits. */
class ShapleyAccuracyTest {

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
}
