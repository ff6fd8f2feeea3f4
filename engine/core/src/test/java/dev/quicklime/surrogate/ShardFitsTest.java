package dev.quicklime.surrogate;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.quicklime.InvalidInputException;
import dev.quicklime.design.Antithetic;
import dev.quicklime.design.Bernoulli;
import dev.quicklime.design.Design;
import dev.quicklime.design.FoldedHadamard;
import dev.quicklime.design.TwoPhase;
import dev.quicklime.surrogate.Alpha.Criterion.Kind;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class ShardFitsTest {

  private static final int BLOCK = ShardFrame.BLOCK;

  private static final List<Surrogate> SURROGATES =
      List.of(
          Lasso.defaults(),
          new Lasso(new Alpha.Fixed(0.003), false),
          new Lasso(new Alpha.Criterion(Kind.AIC), true),
          new Lasso(new Alpha.Criterion(Kind.BIC), true),
          new Lasso(new Alpha.Keeping(5), true),
          ElasticNet.defaults(),
          Ridge.defaults(),
          new Ridge(3, false),
          LeastSquares.defaults(),
          L1Ball.defaults(),
          L2Ball.defaults(),
          KLasso.defaults(),
          ForwardSelection.defaults(),
          Strongest.lime(4));

  private static Stream<Design> designs() {
    return ShardedScores.DESIGNS.stream();
  }

  static void assertNear(LinearFit expected, LinearFit got) {
    double scale = Math.abs(expected.intercept());
    for (double coefficient : expected.coefficients()) {
      scale = Math.max(scale, Math.abs(coefficient));
    }
    for (int j = 0; j < expected.coefficients().size(); j++) {
      assertEquals(expected.coefficients().get(j), got.coefficients().get(j), 1e-9 * scale);
    }
    assertEquals(expected.intercept(), got.intercept(), 1e-9 * scale);
    Double r2 = expected.r2();
    Double other = got.r2();
    assertEquals(r2 == null, other == null);
    if (r2 != null && other != null) {
      assertEquals(r2, other, 1e-9);
    }
    // In units of the scores where it is found, and of Σw where it is given.
    assertEquals(expected.alpha(), got.alpha(), 1e-9 * (expected.alpha() + scale));
    assertEquals(expected.notices(), got.notices());
    assertEquals(expected.selected(), got.selected());
  }

  private static void assertFits(ShardedScores all, List<Surrogate> surrogates) {
    FitInput whole = all.whole();
    FitInput once = FitInput.of(all.together());
    FitInput shards = FitInput.of(all.shuffled(5));
    for (Surrogate surrogate : surrogates) {
      List<LinearFit> expected = SurrogateFitter.fitAll(surrogate, whole);
      List<LinearFit> fits = SurrogateFitter.fitAll(surrogate, shards);
      assertEquals(SurrogateFitter.fitAll(surrogate, once), fits);
      for (int c = 0; c < expected.size(); c++) {
        assertNear(expected.get(c), fits.get(c));
      }
    }
  }

  @ParameterizedTest
  @MethodSource("designs")
  void shouldFitEverySurrogateAsOneProcess(Design design) {
    for (int classes : new int[] {1, 3, 5}) {
      assertFits(ShardedScores.of(design, 4 * BLOCK + 99, 25, classes, classes), SURROGATES);
    }
    assertFits(ShardedScores.of(design, 2 * BLOCK, 12, 2, 9), List.of(BestSubset.defaults()));
    assertFits(ShardedScores.of(design, 3 * BLOCK, 1, 1, 9), List.of(Lasso.defaults()));
    assertFits(
        ShardedScores.of(design, 4 * BLOCK, 197, 1, 9),
        List.of(Lasso.defaults(), Ridge.defaults()));
  }

  @Test
  void shouldFitAllMasksAsOneProcess() {
    ShardedScores all = ShardedScores.exhaustive(13, 3);
    assertFits(all, SURROGATES);
    LinearFit fit =
        SurrogateFitter.fitAll(Ridge.defaults(), FitInput.of(all.together())).getFirst();
    Intervals.None none = assertInstanceOf(Intervals.None.class, fit.intervals());
    assertTrue(none.reason().contains("every mask was tried"), none.reason());
  }

  @Test
  void shouldSayOfScoresThatDoNotVaryWhatOneProcessSays() {
    ShardedScores all = ShardedScores.of(new Antithetic(), 2 * BLOCK, 20, 2, 1);
    for (int row = 0; row < all.frame().rows(); row++) {
      all.scores()[2 * row] = 0.125;
      all.scores()[2 * row + 1] = row == 0 ? 7 : 0;
    }
    assertFits(all, SURROGATES);
  }

  @Test
  void shouldRefuseWhatNeedsRowsAndSayTheRemedy() {
    FitInput sums = FitInput.of(ShardedScores.of(new Bernoulli(0.5), 5000, 9, 1, 1).together());
    for (Surrogate surrogate :
        List.of(
            new Lasso(new Alpha.CrossValidated(5), true),
            new ElasticNet(new Alpha.CrossValidated(5), 0.5, true),
            new Strongest(3, new Lasso(new Alpha.CrossValidated(5), true), 1),
            new Shapley())) {
      InvalidInputException e =
          assertThrows(InvalidInputException.class, () -> SurrogateFitter.fitAll(surrogate, sums));
      assertTrue(e.toString().contains("gather the scores"), e.getMessage());
      assertThrows(InvalidInputException.class, () -> ShardSums.check(surrogate, new Antithetic()));
    }
    assertThrows(
        InvalidInputException.class, () -> ShardSums.check(Ridge.defaults(), new TwoPhase()));
    ShardSums completed = ShardedScores.of(new TwoPhase(), 5000, 9, 1, 1).together();
    assertThrows(InvalidInputException.class, () -> FitInput.of(completed));
    ShardSums.check(Ridge.defaults(), new FoldedHadamard());
  }

  @Test
  void shouldGiveNoRowThatIsNotKept() {
    FitInput sums = FitInput.of(ShardedScores.of(new Bernoulli(0.5), 5000, 9, 2, 1).together());
    assertEquals(2, sums.classes());
    assertThrows(IllegalStateException.class, sums::masks);
    assertThrows(IllegalStateException.class, () -> sums.weight(0));
    assertThrows(IllegalStateException.class, () -> sums.target(0, 0));
  }

  @Test
  void shouldFitToGatheredScoresWhatSumsCannot() {
    ShardedScores all = ShardedScores.of(new TwoPhase(), 300, 9, 1, 1);
    FitInput gathered = DesignFits.gathered(Ridge.defaults(), all.frame(), all.scores());
    assertTrue(gathered.isCompletion());
    assertEquals(1, SurrogateFitter.fitAll(Ridge.defaults(), gathered).size());
    assertThrows(
        InvalidInputException.class,
        () -> DesignFits.gathered(Ridge.defaults(), all.frame(), new double[300]));
  }
}
