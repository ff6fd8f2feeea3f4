package dev.quicklime.surrogate;

import static dev.quicklime.surrogate.ShapleyGames.bent;
import static dev.quicklime.surrogate.ShapleyGames.enumerated;
import static dev.quicklime.surrogate.ShapleyGames.fit;
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
