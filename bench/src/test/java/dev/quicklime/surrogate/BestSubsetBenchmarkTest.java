package dev.quicklime.surrogate;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.quicklime.bench.Announcement;
import dev.quicklime.internal.fit.subset.SubsetSolution;
import dev.quicklime.internal.kernel.Implementation;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class BestSubsetBenchmarkTest {

  private static BestSubsetBenchmark benchmark(Implementation form, int features) {
    BestSubsetBenchmark benchmark = new BestSubsetBenchmark();
    benchmark.implementation = form;
    benchmark.n = 1000;
    benchmark.d = 100;
    benchmark.features = features;
    benchmark.prepare(new Announcement());
    return benchmark;
  }

  @ParameterizedTest
  @ValueSource(ints = {3, 6})
  void shouldProveTheSameSubsetsInEveryForm(int features) {
    BestSubsetBenchmark scalar = benchmark(Implementation.SCALAR, features);
    BestSubsetBenchmark vector = benchmark(Implementation.VECTOR, features);
    assertEquals(scalar.search(), vector.search(), 1e-12);
    for (int c = 0; c < SurrogateProblem.CLASSES; c++) {
      SubsetSolution solution = vector.result(c);
      assertArrayEquals(scalar.result(c).columns(), solution.columns());
      assertEquals(features, solution.columns().length);
      assertEquals(0, solution.gap());
      assertFalse(solution.stopped());
      // It must have had something to search.
      assertTrue(solution.nodes() > 1, solution.nodes() + " nodes");
    }
  }
}
