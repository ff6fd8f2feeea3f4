package dev.quicklime.perturb;

import dev.quicklime.bench.Params;
import dev.quicklime.image.PixelType;
import dev.quicklime.internal.kernel.Implementation;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class ComposeFillBenchmarkTest {

  @ParameterizedTest
  @EnumSource(Implementation.class)
  void shouldComposeWhatTheScalarTwinDoesForEveryParameter(Implementation form) {
    for (int segments : Params.ints(ComposeFillBenchmark.class, "segments").toArray()) {
      for (String fill : Params.strings(ComposeFillBenchmark.class, "fill")) {
        for (PixelType type : PixelType.values()) {
          ComposeFillBenchmark benchmark = new ComposeFillBenchmark();
          benchmark.implementation = form;
          benchmark.segments = segments;
          benchmark.fill = fill;
          benchmark.type = type;
          ComposeComparison.check(benchmark, benchmark.setting());
        }
      }
    }
  }
}
