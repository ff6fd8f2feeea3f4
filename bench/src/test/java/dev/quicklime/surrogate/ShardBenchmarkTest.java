package dev.quicklime.surrogate;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.quicklime.bench.Announcement;
import dev.quicklime.internal.fit.sums.AdditiveSums;
import dev.quicklime.internal.fit.sums.Moments;
import dev.quicklime.internal.fit.sums.SampleSums;
import dev.quicklime.internal.fit.sums.SummedColumns;
import dev.quicklime.internal.kernel.Implementation;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ShardBenchmarkTest {

  private static ShardBenchmark benchmark(Implementation form, int d) {
    ShardBenchmark benchmark = new ShardBenchmark();
    benchmark.implementation = form;
    benchmark.n = 16_384;
    benchmark.d = d;
    benchmark.prepare(new Announcement());
    return benchmark;
  }

  private static SampleSums finished(AdditiveSums sums, int d) {
    return sums.finished(new SummedColumns(16_384, d, false), 1, 1);
  }

  @ParameterizedTest
  @ValueSource(ints = {20, 100, 197})
  void shouldSumTheSameInEveryFormAsTheYardstick(int d) {
    ShardBenchmark scalar = benchmark(Implementation.SCALAR, d);
    ShardBenchmark vector = benchmark(Implementation.VECTOR, d);
    SampleSums expected = finished(scalar.sum(), d);
    SampleSums got = finished(vector.sum(), d);
    vector.whole();
    double scale = expected.gram().totalWeight();
    for (int c = 0; c < SurrogateProblem.CLASSES; c++) {
      Moments own = expected.moments(c);
      Moments other = got.moments(c);
      assertEquals(own.mean(), other.mean(), 1e-13 * Math.abs(own.mean()));
      assertEquals(own.mean(), vector.mean(c), 1e-12 * Math.abs(own.mean()));
      for (int j = 0; j < d; j++) {
        assertEquals(own.product(j), other.product(j), 1e-12 * scale);
        assertEquals(expected.gram().product(0, j), got.gram().product(0, j));
      }
    }
  }
}
