package dev.quicklime.perturb;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.quicklime.bench.Params;
import dev.quicklime.image.Layout;
import dev.quicklime.image.PixelType;
import dev.quicklime.internal.kernel.Implementation;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class ComposeBenchmarkTest {

  @ParameterizedTest
  @EnumSource(Implementation.class)
  void shouldComposeWhatTheScalarTwinDoesForEveryParameter(Implementation form) {
    for (int batch : Params.ints(ComposeBenchmark.class, "batch").toArray()) {
      for (PixelType type : PixelType.values()) {
        for (Layout layout : Layout.values()) {
          ComposeBenchmark benchmark = new ComposeBenchmark();
          benchmark.implementation = form;
          benchmark.batch = batch;
          benchmark.type = type;
          benchmark.layout = layout;
          ComposeComparison.check(benchmark, benchmark.setting());
        }
      }
    }
  }

  @Test
  void shouldGoRoundWithoutRunningOutOfSamples() {
    ComposeBenchmark benchmark = new ComposeBenchmark();
    benchmark.batch = 64;
    benchmark.prepare(ComposeComparison.reduced(benchmark.setting()));
    for (int i = 0; i < Composing.SAMPLES + 10; i++) {
      benchmark.compose();
    }
    assertEquals(64L * 28 * 28 * 3 * 4, benchmark.copy().byteSize());
    benchmark.free();
  }
}
