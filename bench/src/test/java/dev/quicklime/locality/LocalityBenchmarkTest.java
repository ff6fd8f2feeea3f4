package dev.quicklime.locality;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;

import dev.quicklime.bench.Announcement;
import dev.quicklime.design.Bernoulli;
import dev.quicklime.design.MaskSampler;
import dev.quicklime.internal.kernel.Implementation;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.openjdk.jmh.annotations.Param;

class LocalityBenchmarkTest {

  static List<String> sizes() throws NoSuchFieldException {
    return values("d");
  }

  private static List<String> values(String name) throws NoSuchFieldException {
    return List.of(LocalityBenchmark.class.getField(name).getAnnotation(Param.class).value());
  }

  @ParameterizedTest
  @MethodSource("sizes")
  void shouldWeighRowsAsTheEngineDoesAndAsTheYardstickDoes(String d) throws NoSuchFieldException {
    for (String n : values("n")) {
      for (String form : values("implementation")) {
        LocalityBenchmark benchmark = new LocalityBenchmark();
        benchmark.n = Integer.parseInt(n);
        benchmark.d = Integer.parseInt(d);
        benchmark.implementation = Implementation.valueOf(form);
        benchmark.prepare(new Announcement());
        double[] weights = benchmark.weights().clone();
        assertArrayEquals(
            Locality.defaults()
                .weights(MaskSampler.draw(Bernoulli.defaults(), benchmark.n, benchmark.d, 1)),
            weights);
        assertArrayEquals(benchmark.exp(), weights);
      }
    }
  }
}
