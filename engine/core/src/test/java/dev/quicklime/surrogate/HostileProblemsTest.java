package dev.quicklime.surrogate;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.quicklime.InvalidInputException;
import dev.quicklime.design.MaskMatrix;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Every surrogate on problems that have no good answer must end with a finite one. */
class HostileProblemsTest {

  private static List<Surrogate> surrogates() {
    List<Surrogate> all = new ArrayList<>();
    for (boolean intercept : new boolean[] {true, false}) {
      for (Alpha alpha :
          List.of(
              Alpha.auto(),
              Alpha.of(0),
              Alpha.of(1e-3),
              Alpha.of(1e300),
              new Alpha.Criterion(Alpha.Criterion.Kind.AIC),
              new Alpha.Criterion(Alpha.Criterion.Kind.BIC),
              new Alpha.CrossValidated(3),
              new Alpha.Keeping(2))) {
        all.add(new Lasso(alpha, intercept));
        all.add(new ElasticNet(alpha, 0.5, intercept));
      }
      for (double alpha : new double[] {1e-300, 1e-3, 1, 1e300}) {
        all.add(new Ridge(alpha, intercept));
        all.add(new L1Ball(alpha == 1e-3 ? 0.1 : alpha, intercept));
        all.add(new L2Ball(alpha == 1e-3 ? 0.1 : alpha, intercept));
      }
      all.add(new LeastSquares(intercept));
      for (int features : new int[] {1, 3, 1000}) {
        all.add(new KLasso(features, 1, intercept));
        all.add(new ForwardSelection(features, 0, intercept));
        all.add(new BestSubset(features, 0.05, intercept));
        all.add(new Strongest(features, new Ridge(0.01, intercept), 1));
      }
    }
    return all;
  }

  private static Stream<Problems> problems() {
    Random random = new Random(4);
    Problems plain = Problems.of(60, 8, 1);
    double[] few = new double[61];
    few[3] = few[9] = few[20] = 1;
    double[] mixed = plain.w().clone();
    for (int i = 0; i < mixed.length; i += 2) {
      mixed[i] = i % 4 == 0 ? 0 : 1e-300;
    }
    boolean[][] blank = new boolean[10][4];
    return Stream.of(
        plain,
        Problems.degenerate(40, 9, 2),
        Problems.of(10, 30, 3),
        Problems.of(11, 12, 3),
        Problems.of(12, 12, 3),
        Problems.of(2, 5, 3),
        Problems.of(5, 1, 3),
        plain.withWeights(few),
        plain.withWeights(mixed),
        plain.withWeights(Arrays.stream(plain.w()).map(w -> w * 1e-300).toArray()),
        plain.withWeights(Arrays.stream(plain.w()).map(w -> w * 1e300).toArray()),
        plain.withScores(new double[61]),
        plain.withScores(random.doubles(61).map(y -> 7).toArray()),
        plain.withScores(random.doubles(61).map(y -> y * 1e-300).toArray()),
        plain.withScores(random.doubles(61).map(y -> y * 1e300).toArray()),
        plain.withScores(random.doubles(61).map(y -> 1e300 + y).toArray()),
        plain.withScores(random.doubles(61).map(y -> 1 + 1e-15 * y).toArray()),
        plain.withScores(random.doubles(61).map(y -> y < 0.5 ? 1e300 : 1e-300).toArray()),
        Problems.of(MaskMatrix.of(blank), random.doubles(10).toArray(), 5));
  }

  @ParameterizedTest
  @MethodSource("problems")
  void shouldEndWithFiniteNumbers(Problems problem) {
    FitInput input = problem.input();
    for (Surrogate surrogate : surrogates()) {
      LinearFit fit =
          assertTimeoutPreemptively(
              Duration.ofSeconds(60),
              () -> SurrogateFitter.fit(surrogate, input, 0),
              surrogate::toString);
      assertTrue(Double.isFinite(fit.intercept()), surrogate::toString);
      for (double beta : fit.coefficients()) {
        assertTrue(Double.isFinite(beta), surrogate::toString);
      }
      if (fit.intervals() instanceof Intervals.Margins margins) {
        for (double error : margins.standardErrors()) {
          assertTrue(Double.isFinite(error), surrogate::toString);
        }
        for (double width : margins.halfWidths()) {
          assertTrue(Double.isFinite(width) && width >= 0, surrogate::toString);
        }
      }
      assertTrue(fit.alpha() >= 0, surrogate::toString);
      Double r2 = fit.r2();
      assertTrue(r2 == null || r2 <= 1 + 1e-12, () -> surrogate + " " + r2);
    }
  }

  @Test
  void shouldExplainConstantScoresByTheInterceptAlone() {
    Problems problem = Problems.of(60, 8, 1).withScores(new double[61]);
    Arrays.fill(problem.y(), 7);
    for (Surrogate surrogate : surrogates()) {
      if (surrogate.intercept()) {
        LinearFit fit = problem.fit(surrogate);
        assertEquals(7, fit.intercept(), 1e-12);
        assertTrue(fit.selected().isEmpty());
        assertNull(fit.r2());
        assertTrue(fit.notices().getFirst().contains("do not vary"));
      }
    }
  }

  @Test
  void shouldRefuseNumbersThatAreNone() {
    Problems problem = Problems.of(60, 8, 1);
    for (double bad : new double[] {Double.NaN, Double.POSITIVE_INFINITY}) {
      double[] scores = problem.y().clone();
      scores[7] = bad;
      assertThrows(InvalidInputException.class, () -> problem.withScores(scores).input());
      double[] weights = problem.w().clone();
      weights[7] = bad;
      assertThrows(InvalidInputException.class, () -> problem.withWeights(weights).input());
    }
    assertThrows(InvalidInputException.class, () -> problem.withWeights(new double[61]).input());
    double[] negative = problem.w().clone();
    negative[1] = -1;
    assertThrows(InvalidInputException.class, () -> problem.withWeights(negative).input());
  }
}
