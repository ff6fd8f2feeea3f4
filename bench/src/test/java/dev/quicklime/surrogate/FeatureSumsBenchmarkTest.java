package dev.quicklime.surrogate;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.quicklime.bench.Announcement;
import dev.quicklime.bench.Params;
import dev.quicklime.internal.fit.sums.Gram;
import org.junit.jupiter.api.Test;
import org.nd4j.linalg.api.ndarray.INDArray;

class FeatureSumsBenchmarkTest {

  @Test
  void shouldSumUpAsTheYardstickDoes() {
    for (String columns : Params.strings(FeatureSumsBenchmark.class, "d")) {
      FeatureSumsBenchmark benchmark = new FeatureSumsBenchmark();
      benchmark.n = 5000;
      benchmark.d = Integer.parseInt(columns);
      benchmark.prepare(new Announcement());
      FeatureSumsBenchmark.Dense dense = new FeatureSumsBenchmark.Dense();
      dense.prepare(benchmark);
      Gram gram = benchmark.gram();
      INDArray product = benchmark.nd4j(dense);
      for (int j = 0; j < benchmark.d; j++) {
        for (int k = 0; k < benchmark.d; k++) {
          assertEquals(product.getDouble(j, k), gram.product(j, k), 1e-9);
        }
      }
    }
  }
}
