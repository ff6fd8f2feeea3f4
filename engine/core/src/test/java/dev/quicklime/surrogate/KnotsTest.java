package dev.quicklime.surrogate;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.quicklime.design.Antithetic;
import dev.quicklime.design.MaskMatrix;
import dev.quicklime.design.MaskSampler;
import dev.quicklime.internal.fit.sums.Dense;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * At a knot of the path a coefficient comes in or leaves: it is 0 there, whatever rounding says.
 */
class KnotsTest {

  private static List<Problems> problems(double unit) {
    List<Problems> problems = new ArrayList<>();
    for (long seed = 0; seed < 12; seed++) {
      Problems plain = Problems.of(150, 20, seed);
      Problems alike = alike(150, 20, seed);
      problems.add(plain.withScores(scaled(plain.y(), unit)));
      problems.add(alike.withScores(scaled(alike.y(), unit)));
    }
    return problems;
  }

  /** Masks in which every second column is the one before it but for three rows. */
  private static Problems alike(int samples, int columns, long seed) {
    MaskMatrix drawn = MaskSampler.draw(new Antithetic(), samples, columns, seed);
    Random random = new Random(seed);
    boolean[][] shown = new boolean[drawn.rows()][columns];
    for (int i = 0; i < shown.length; i++) {
      for (int j = 0; j < columns; j++) {
        shown[i][j] = drawn.shown(i, j - j % 2);
      }
    }
    for (int j = 1; j < columns; j += 2) {
      for (int times = 0; times < 3; times++) {
        int row = random.nextInt(shown.length);
        shown[row][j] = !shown[row][j];
      }
    }
    double[] weights = new double[shown.length];
    Arrays.fill(weights, 1);
    return Problems.of(MaskMatrix.of(shown), weights, seed);
  }

  private static double[] scaled(double[] values, double unit) {
    return Arrays.stream(values).map(v -> unit * v).toArray();
  }

  private static Set<Integer> nonZeros(List<Double> coefficients) {
    return new HashSet<>(
        IntStream.range(0, coefficients.size())
            .filter(j -> coefficients.get(j) != 0)
            .boxed()
            .toList());
  }

  @ParameterizedTest
  @ValueSource(doubles = {1, 1e-6, 1e200})
  void shouldSelectAtAKnotWhatThePathHasThere(double unit) {
    for (Problems problem : problems(unit)) {
      for (PathKnot knot : FitPaths.lasso(problem.input(), 0, true)) {
        if (knot.alpha() > 0) {
          LinearFit fit = problem.fit(Lasso.defaults().withAlpha(knot.alpha()));
          assertEquals(nonZeros(knot.coefficients()), new HashSet<>(fit.selected()));
        }
      }
    }
  }

  @ParameterizedTest
  @EnumSource
  void shouldSelectNoDustByACriterion(Alpha.Criterion.Kind kind) {
    for (Problems problem : problems(1)) {
      LinearFit fit = problem.fit(new Lasso(new Alpha.Criterion(kind), true));
      PathKnot chosen =
          FitPaths.lasso(problem.input(), 0, true).stream()
              .filter(knot -> knot.alpha() == fit.alpha())
              .findFirst()
              .orElseThrow();
      assertEquals(nonZeros(chosen.coefficients()), new HashSet<>(fit.selected()));
    }
  }

  @Test
  void shouldSelectInABallThatEndsAtAKnotWhatThePathHasThere() {
    for (Problems problem : problems(1)) {
      for (PathKnot knot : FitPaths.lasso(problem.input(), 0, true)) {
        double radius = knot.coefficients().stream().mapToDouble(Math::abs).sum();
        if (knot.alpha() > 0 && radius > 0) {
          LinearFit fit = problem.fit(new L1Ball(radius, true));
          assertEquals(nonZeros(knot.coefficients()), new HashSet<>(fit.selected()));
        }
      }
    }
  }

  /** An elastic net is a Lasso on more rows, √(nα(1 − ρ))·I with score 0. */
  @Test
  void shouldSelectNoDustWhereAnElasticNetBends() {
    Problems problem = alike(60, 8, 1);
    double previous = Double.POSITIVE_INFINITY;
    int bends = 0;
    for (double alpha = 0.5; alpha > 1e-3; alpha *= 0.97) {
      int now = net(problem, alpha).selected().size();
      double high = alpha / 0.97;
      if (previous < Double.POSITIVE_INFINITY && now != previous) {
        double low = alpha;
        // Down to the last bit: on both sides of a bend nothing is left between 0 and a hair.
        while (Math.nextUp(low) < high) {
          double middle = low + (high - low) / 2;
          if (middle <= low || middle >= high) {
            break;
          }
          LinearFit fit = net(problem, middle);
          double least =
              fit.selected().stream()
                  .mapToDouble(j -> Math.abs(fit.coefficients().get(j)))
                  .min()
                  .orElse(1);
          assertTrue(least > 1e-13, () -> "selected at " + middle);
          if (fit.selected().size() == now) {
            low = middle;
          } else {
            high = middle;
          }
        }
        bends++;
      }
      previous = now;
    }
    assertTrue(bends >= 3);
  }

  private static LinearFit net(Problems problem, double alpha) {
    return problem.fit(new ElasticNet(Alpha.of(alpha), 0.7, true));
  }

  @Test
  void shouldKeepSmallCoefficientsThatAreNoDust() {
    Problems problem = Problems.of(200, 6, 5);
    double[] scores = new double[201];
    double[][] x = Dense.matrix(problem.masks());
    for (int i = 0; i < scores.length; i++) {
      scores[i] = 1e6 * x[i][0] + 0.1 * x[i][3];
    }
    LinearFit fit = problem.withScores(scores).fit(Lasso.defaults().withAlpha(1e-4));
    assertEquals(0.1, fit.coefficients().get(3), 0.01);
  }
}
