package dev.quicklime.tabular;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.quicklime.bench.Announcement;
import dev.quicklime.bench.Params;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class TabularBenchmarkTest {

  @ParameterizedTest
  @EnumSource(TabularDesign.class)
  void shouldDrawAsManyNumbersAsTheYardstick(TabularDesign design) {
    for (String columns : Params.strings(TabularBenchmark.class, "p")) {
      TabularBenchmark benchmark = new TabularBenchmark();
      benchmark.design = design;
      benchmark.n = 5000;
      benchmark.p = Integer.parseInt(columns);
      benchmark.prepare(new Announcement());
      Neighbourhood drawn = (Neighbourhood) benchmark.draw();
      double[] normal = benchmark.nextGaussian();
      assertEquals(normal.length, drawn.values().length);
      assertEquals(benchmark.p, drawn.matrix().columns());
      double square = 0;
      double other = 0;
      for (int i = 1; i < drawn.rows(); i++) {
        square += Math.pow(drawn.matrix().get(i, benchmark.p - 1), 2) / 5000;
        other += Math.pow(normal[i * benchmark.p], 2) / 5000;
      }
      assertEquals(1, square, 0.1);
      assertEquals(1, other, 0.1);
      double squared = 0;
      for (int j = 0; j < benchmark.p; j++) {
        squared += Math.pow(drawn.matrix().get(1, j), 2);
      }
      double width = 0.75 * Math.sqrt(benchmark.p);
      assertEquals(Math.exp(-squared / (2 * width * width)), drawn.weights()[1], 1e-12);
    }
  }
}
