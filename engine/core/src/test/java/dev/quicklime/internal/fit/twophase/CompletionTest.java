package dev.quicklime.internal.fit.twophase;

import static java.util.Objects.requireNonNull;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.quicklime.InvalidInputException;
import dev.quicklime.design.Bernoulli;
import dev.quicklime.design.Design;
import dev.quicklime.design.FoldedHadamard;
import dev.quicklime.design.MaskMatrix;
import dev.quicklime.design.MaskSampler;
import dev.quicklime.design.TwoPhase;
import dev.quicklime.locality.Locality;
import dev.quicklime.surrogate.DesignFits;
import dev.quicklime.surrogate.ElasticNet;
import dev.quicklime.surrogate.FitInput;
import dev.quicklime.surrogate.ForwardSelection;
import dev.quicklime.surrogate.Intervals;
import dev.quicklime.surrogate.KLasso;
import dev.quicklime.surrogate.Lasso;
import dev.quicklime.surrogate.LeastSquares;
import dev.quicklime.surrogate.LinearFit;
import dev.quicklime.surrogate.Problems;
import dev.quicklime.surrogate.Ridge;
import dev.quicklime.surrogate.Surrogate;
import dev.quicklime.surrogate.SurrogateFitter;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.ToDoubleFunction;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class CompletionTest {

  private static final int D = 40;
  private static final Locality LOCALITY = Locality.defaults();

  /** A few strong parts, many weak ones, and what three of the strong ones do together. */
  private static double logit(boolean[] shown) {
    double sum = -2;
    for (int j = 0; j < D; j++) {
      sum += shown[j] ? j < 8 ? 1.1 - 0.1 * j : 0.05 * Math.sin(j) : 0;
    }
    return sum + (shown[0] && shown[3] && shown[5] ? 0.6 : 0) - (shown[1] && shown[2] ? 0.4 : 0);
  }

  private static double probability(boolean[] shown) {
    return 1 / (1 + Math.exp(-1.5 * logit(shown)));
  }

  private static double[] scores(MaskMatrix masks, ToDoubleFunction<boolean[]> classifier) {
    double[] scores = new double[masks.rows()];
    boolean[] shown = new boolean[masks.columns()];
    for (int row = 0; row < scores.length; row++) {
      for (int j = 0; j < shown.length; j++) {
        shown[j] = masks.shown(row, j);
      }
      scores[row] = classifier.applyAsDouble(shown);
    }
    return scores;
  }

  private static FitInput input(
      Design design, int samples, long seed, ToDoubleFunction<boolean[]> classifier) {
    MaskMatrix masks = MaskSampler.draw(design, samples, D, seed);
    double[] weights = LOCALITY.weights(masks);
    weights[0] = design.fitsOriginal() ? weights[0] : 0;
    return DesignFits.input(
        design, samples, LOCALITY, seed, masks, weights, scores(masks, classifier), 1);
  }

  private static LinearFit leastSquares(
      Design design, int samples, long seed, ToDoubleFunction<boolean[]> classifier) {
    return SurrogateFitter.fit(
        LeastSquares.defaults(), input(design, samples, seed, classifier), 0);
  }

  private static double error(LinearFit fit, LinearFit reference) {
    double sum = 0;
    for (int j = 0; j < D; j++) {
      double difference = fit.coefficients().get(j) - reference.coefficients().get(j);
      sum += difference * difference;
    }
    return sum;
  }

  private static double meanError(
      Design design, int samples, ToDoubleFunction<boolean[]> classifier, LinearFit reference) {
    return IntStream.range(0, 20)
        .mapToDouble(seed -> error(leastSquares(design, samples, seed, classifier), reference))
        .average()
        .orElseThrow();
  }

  @Test
  void shouldFitALinearClassifierExactly() {
    LinearFit fit = leastSquares(new TwoPhase(), 100, 1, shown -> 3 - (shown[2] ? 2.5 : 0));
    for (int j = 0; j < D; j++) {
      assertEquals(j == 2 ? -2.5 : 0, fit.coefficients().get(j), 1e-10);
      assertEquals(0, Problems.margins(fit).standardErrors().get(j), 1e-10);
    }
    assertEquals(3, fit.intercept(), 1e-10);
    assertEquals(1, requireNonNull(fit.r2()), 1e-12);
  }

  @Test
  void shouldNeedAFewRowsForWhatBendsAsItsModelDoes() {
    ToDoubleFunction<boolean[]> classifier =
        shown -> 1 / (1 + Math.exp(2 - (shown[0] ? 3 : 0) - (shown[1] ? 2 : 0)));
    LinearFit reference = leastSquares(new FoldedHadamard(), 400_000, 99, classifier);
    double plain = meanError(new FoldedHadamard(), 200, classifier, reference);
    double completed = meanError(new TwoPhase(), 200, classifier, reference);
    assertTrue(completed < 0.05 * plain, completed + " against " + plain);
  }

  @Test
  void shouldErrLessThanThePlainFitOnProbabilitiesAndOnLogits() {
    for (ToDoubleFunction<boolean[]> classifier :
        List.<ToDoubleFunction<boolean[]>>of(
            CompletionTest::probability,
            // A score that saturates.
            shown -> 4 * Math.tanh(logit(shown) / 2))) {
      LinearFit reference = leastSquares(new FoldedHadamard(), 400_000, 99, classifier);
      double plain = meanError(new FoldedHadamard(), 200, classifier, reference);
      double completed = meanError(new TwoPhase(), 200, classifier, reference);
      assertTrue(completed < 0.6 * plain, completed + " against " + plain);
    }
  }

  @Test
  void shouldConvergeToTheSameFitAsWithout() {
    // Nothing that a curve over a weighted sum could tell.
    ToDoubleFunction<boolean[]> parity =
        shown -> (shown[0] ^ shown[1] ^ shown[2] ? 1.0 : 0) + (shown[3] ? 0.2 : 0);
    LinearFit reference = leastSquares(new FoldedHadamard(), 400_000, 99, parity);
    LinearFit many = leastSquares(new TwoPhase(), 100_000, 1, parity);
    assertTrue(error(many, reference) < 1e-3, "squared error " + error(many, reference));
  }

  @Test
  void shouldCoverTheLimitWithItsIntervals() {
    LinearFit reference =
        leastSquares(new FoldedHadamard(), 400_000, 99, CompletionTest::probability);
    int covered = 0;
    int runs = 200;
    for (int seed = 0; seed < runs; seed++) {
      LinearFit fit = leastSquares(new TwoPhase(), 176, seed, CompletionTest::probability);
      for (int j = 0; j < D; j++) {
        double off = Math.abs(fit.coefficients().get(j) - reference.coefficients().get(j));
        covered += off <= Problems.margins(fit).halfWidth(j) ? 1 : 0;
      }
    }
    double share = (double) covered / runs / D;
    assertTrue(share > 0.92 && share < 0.98, "covered " + share);
  }

  @Test
  void shouldServeEverySurrogate() {
    FitInput input = input(new TwoPhase(), 200, 3, CompletionTest::probability);
    FitInput plain = input(new FoldedHadamard(), 3000, 3, CompletionTest::probability);
    for (Surrogate surrogate :
        List.<Surrogate>of(
            Lasso.defaults(),
            ElasticNet.defaults(),
            Ridge.defaults(),
            LeastSquares.defaults(),
            KLasso.defaults(),
            ForwardSelection.defaults())) {
      LinearFit few = SurrogateFitter.fit(surrogate, input, 0);
      LinearFit many = SurrogateFitter.fit(surrogate, plain, 0);
      assertEquals(requireNonNull(many.r2()), requireNonNull(few.r2()), 0.1, surrogate.toString());
      assertEquals(many.selected().getFirst(), few.selected().getFirst(), surrogate.toString());
    }
  }

  @Test
  void shouldLeaveSamplesAloneThatAreTooFewToLearnFrom() {
    MaskMatrix masks = MaskSampler.draw(new TwoPhase(), D + 10, D, 1);
    double[] weights = LOCALITY.weights(masks);
    FitInput input = FitInput.of(masks, weights, scores(masks, CompletionTest::logit), 1);
    MaskMatrix unscored = MaskSampler.draw(Bernoulli.defaults(), 500, D, 2);
    assertSame(input, DesignFits.completed(input, unscored, LOCALITY.weights(unscored)));
  }

  @Test
  void shouldEndWithFiniteNumbersOnHostileScores() {
    SplittableRandom random = new SplittableRandom(5);
    double[] coins = random.ints(3000, 0, 2).asDoubleStream().toArray();
    int[] next = new int[1];
    for (ToDoubleFunction<boolean[]> classifier :
        List.<ToDoubleFunction<boolean[]>>of(
            shown -> 0.25,
            shown -> 0,
            shown -> 1,
            shown -> shown[0] ? 1 : 0,
            shown -> shown[0] ? 1e300 : -1e300,
            shown -> shown[0] ? 1e-300 : 0,
            shown -> coins[next[0]++ % coins.length],
            shown -> logit(shown) > 3 ? 1 : 0)) {
      LinearFit fit = leastSquares(new TwoPhase(), 200, 1, classifier);
      fit.coefficients().forEach(c -> assertTrue(Double.isFinite(c)));
      assertTrue(Double.isFinite(fit.intercept()));
      if (fit.intervals() instanceof Intervals.Margins margins) {
        margins.standardErrors().forEach(c -> assertTrue(Double.isFinite(c)));
      }
    }
    LinearFit constant = leastSquares(new TwoPhase(), 200, 1, shown -> 0.25);
    assertNull(constant.r2());
    assertEquals(0, constant.coefficients().stream().mapToDouble(Math::abs).max().orElseThrow());
  }

  @Test
  void shouldRefuseMasksThatDoNotFit() {
    FitInput input = input(new FoldedHadamard(), 200, 3, CompletionTest::probability);
    MaskMatrix unscored = MaskSampler.draw(Bernoulli.defaults(), 50, D, 2);
    assertThrows(
        InvalidInputException.class, () -> DesignFits.completed(input, unscored, new double[50]));
    MaskMatrix narrow = MaskSampler.draw(Bernoulli.defaults(), 50, D - 1, 2);
    assertThrows(
        InvalidInputException.class, () -> DesignFits.completed(input, narrow, new double[51]));
    assertThrows(
        InvalidInputException.class,
        () -> DesignFits.completed(input, unscored, new double[unscored.rows()]));
    assertTrue(Arrays.stream(LOCALITY.weights(unscored)).allMatch(w -> w > 0));
  }
}
