package dev.quicklime.perturb;

import dev.quicklime.bench.Params;
import dev.quicklime.internal.kernel.Implementation;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class ComposeShapeBenchmarkTest {

  @ParameterizedTest
  @EnumSource(Implementation.class)
  void shouldComposeWhatTheScalarTwinDoesForEveryParameter(Implementation form) {
    for (String size : Params.strings(ComposeShapeBenchmark.class, "size")) {
      for (int channels : Params.ints(ComposeShapeBenchmark.class, "channels").toArray()) {
        ComposeShapeBenchmark benchmark = new ComposeShapeBenchmark();
        benchmark.implementation = form;
        benchmark.size = size;
        benchmark.channels = channels;
        ComposeComparison.check(benchmark, benchmark.setting());
      }
    }
  }
}
