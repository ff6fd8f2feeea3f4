package dev.quicklime.design;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import dev.quicklime.bench.Announcement;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class DesignBenchmarkTest {

  @ParameterizedTest
  @EnumSource
  void shouldDrawTheDesignAnewAndComposeAllOfIt(DesignBenchmark.Kind kind) {
    DesignBenchmark benchmark = new DesignBenchmark();
    benchmark.design = kind;
    benchmark.n = 1000;
    benchmark.prepare(new Announcement());
    try {
      MaskMatrix masks = benchmark.draw();
      assertEquals(MaskSampler.draw(kind.design(), 1000, 100, 0), masks);
      assertNotEquals(masks, benchmark.draw());
      assertEquals(16 * 224 * 224 * 3 * 2, benchmark.compose().byteSize());
    } finally {
      benchmark.free();
    }
  }
}
