package dev.quicklime.bench.guard;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.quicklime.bench.Announcement;
import org.junit.jupiter.api.Test;

class IdleBenchmarkTest {
  @Test
  void shouldOnlyCount() {
    IdleBenchmark benchmark = new IdleBenchmark();
    benchmark.prepare(new Announcement());
    assertEquals(1, benchmark.idle());
    assertEquals(2, benchmark.idle());
  }
}
