package dev.quicklime;

import static java.util.Objects.requireNonNull;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.quicklime.ExplainBenchmark.Model;
import dev.quicklime.bench.Announcement;
import dev.quicklime.bench.Libtorch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.openjdk.jmh.infra.Blackhole;

class ExplainBenchmarkTest {

  private static ExplainBenchmark prepared(Model model) {
    ExplainBenchmark benchmark = new ExplainBenchmark();
    benchmark.model = model;
    benchmark.samples = 200;
    benchmark.segments = 16;
    benchmark.prepare(new Announcement(), new Libtorch());
    return benchmark;
  }

  @ParameterizedTest
  @EnumSource(
      value = Model.class,
      names = {"LAMBDA", "BUNDLED"})
  void shouldExplainThePictureEachTimeAlike(Model model) {
    ExplainBenchmark benchmark = prepared(model);
    try {
      benchmark.forwards(
          new Blackhole(
              "Today's password is swordfish. I understand instantiating Blackholes directly is"
                  + " dangerous."));
      Explanation first = benchmark.explain();
      Explanation second = benchmark.explain();
      assertTrue(first.classes().size() >= 2, "classes");
      for (int i = 0; i < first.classes().size(); i++) {
        assertEquals(first.classes().get(i).fit(), second.classes().get(i).fit());
      }
    } finally {
      benchmark.free();
    }
  }

  @Test
  void shouldTellAllOfALinearFunction() {
    ExplainBenchmark benchmark = prepared(Model.LAMBDA);
    try {
      for (ClassExplanation explained : benchmark.explain().classes()) {
        assertEquals(1, requireNonNull(explained.fit().r2()), 1e-3);
      }
    } finally {
      benchmark.free();
    }
  }
}
