package dev.quicklime.surrogate;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.quicklime.bench.Announcement;
import dev.quicklime.internal.kernel.Implementation;
import java.util.Arrays;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.nativeblas.NativeOpsHolder;
import org.openjdk.jmh.annotations.Param;

class GramBenchmarkTest {

  /** Larger problems are measured, but cut down here: the scalar form takes its time. */
  private static final int LARGEST = 1500;

  static IntStream samples() {
    return ints("n").map(n -> Math.min(n, LARGEST)).distinct();
  }

  static IntStream superpixels() {
    return ints("d");
  }

  private static IntStream ints(String name) {
    try {
      return Arrays.stream(GramBenchmark.class.getField(name).getAnnotation(Param.class).value())
          .mapToInt(Integer::parseInt);
    } catch (NoSuchFieldException e) {
      throw new AssertionError(e);
    }
  }

  private static GramBenchmark benchmark(
      Implementation form, GramBenchmark.Weights weights, int n, int d) {
    GramBenchmark benchmark = new GramBenchmark();
    benchmark.implementation = form;
    benchmark.weights = weights;
    benchmark.n = n;
    benchmark.d = d;
    benchmark.prepare(new Announcement());
    return benchmark;
  }

  @ParameterizedTest
  @MethodSource("superpixels")
  void shouldGiveTheSameInEveryFormAsTheYardstick(int d) {
    for (int n : samples().toArray()) {
      for (GramBenchmark.Weights weights : GramBenchmark.Weights.values()) {
        GramBenchmark scalar = benchmark(Implementation.SCALAR, weights, n, d);
        GramBenchmark vector = benchmark(Implementation.VECTOR, weights, n, d);
        scalar.gram();
        vector.gram();
        // Again, since the second call must not see what the first left behind.
        vector.gram();
        GramBenchmark.Dense dense = new GramBenchmark.Dense();
        dense.prepare(vector);
        INDArray product = vector.nd4j(dense);
        double tolerance = 1e-12 * scalar.result().totalWeight();
        for (int j = 0; j < d; j++) {
          for (int k = 0; k < d; k++) {
            double expected = scalar.result().product(j, k);
            assertEquals(expected, vector.result().product(j, k), tolerance);
            assertEquals(expected, product.getDouble(j, k), tolerance);
          }
          for (int c = 0; c < SurrogateProblem.CLASSES; c++) {
            assertEquals(scalar.result(c).product(j), vector.result(c).product(j), 100 * tolerance);
          }
        }
        assertEquals(scalar.result(2).mean(), vector.result(2).mean());
      }
    }
  }

  @Test
  void shouldSetTheYardstickToOneThread() {
    GramBenchmark benchmark =
        benchmark(Implementation.VECTOR, GramBenchmark.Weights.BY_COUNT, 500, 20);
    new GramBenchmark.Dense().prepare(benchmark);
    assertEquals(1, Nd4j.factory().blas().getMaxThreads());
    assertEquals(1, NativeOpsHolder.getInstance().getDeviceNativeOps().ompGetMaxThreads());
  }
}
