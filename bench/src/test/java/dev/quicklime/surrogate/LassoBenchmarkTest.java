package dev.quicklime.surrogate;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.quicklime.bench.Announcement;
import dev.quicklime.internal.fit.lasso.CoordinateDescent;
import dev.quicklime.internal.fit.linear.NormalEquations;
import dev.quicklime.internal.kernel.Implementation;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LassoBenchmarkTest {

  private static LassoBenchmark benchmark(Implementation form, int n, int d) {
    LassoBenchmark benchmark = new LassoBenchmark();
    benchmark.implementation = form;
    benchmark.n = n;
    benchmark.d = d;
    benchmark.prepare(new Announcement());
    return benchmark;
  }

  @ParameterizedTest
  @CsvSource({"1000, 100", "1000, 200", "5000, 100", "5000, 200"})
  void shouldGiveTheSameInEveryFormToTheGapThatIsPromised(int n, int d) {
    LassoBenchmark scalar = benchmark(Implementation.SCALAR, n, d);
    LassoBenchmark vector = benchmark(Implementation.VECTOR, n, d);
    assertEquals(scalar.solve(), vector.solve(), 1e-12);
    vector.solve();
    assertArrayEquals(scalar.result().coefficients(), vector.result().coefficients(), 1e-12);
    NormalEquations problem = vector.problem();
    double gap = vector.result().gap(vector.alpha(SurrogateProblem.CLASSES - 1));
    assertTrue(gap <= CoordinateDescent.GAP * problem.constant(), "gap " + gap);
    int nonZeros = vector.result().nonZeros();
    assertTrue(nonZeros >= 0.3 * d && nonZeros <= 0.4 * d, nonZeros + " of " + d);
    double[][] first = scalar.path();
    double[][] second = vector.path();
    for (int i = 0; i < LassoBenchmark.ALPHAS; i++) {
      assertArrayEquals(first[i], second[i], 1e-11);
    }
    assertEquals(d + 1, vector.lars());
    assertEquals(d + 1, scalar.lars());
    CoordinateDescent descent = new CoordinateDescent(vector.problem());
    double alpha = problem.smallestEmptyAlpha() * LassoBenchmark.LOWEST;
    assertTrue(descent.solve(alpha));
    assertArrayEquals(descent.coefficients(), second[LassoBenchmark.ALPHAS - 1], 1e-11);
  }
}
