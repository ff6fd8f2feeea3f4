package dev.quicklime.internal.torch;

import static java.lang.foreign.ValueLayout.JAVA_BYTE;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import dev.quicklime.bench.Announcement;
import dev.quicklime.bench.Libtorch;
import dev.quicklime.bench.Params;
import java.lang.foreign.MemorySegment;
import java.util.stream.IntStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class HandOverBenchmarkTest {

  static IntStream batches() {
    return Params.ints(HandOverBenchmark.class, "batch");
  }

  @ParameterizedTest
  @MethodSource("batches")
  void shouldHandOverTheBatchWhereItLiesAndCopyAllOfIt(int batch) {
    HandOverBenchmark benchmark = new HandOverBenchmark();
    benchmark.batch = batch;
    benchmark.prepare(new Announcement(), new Libtorch());
    try {
      MemorySegment pixels = benchmark.pixels();
      assertEquals(pixels.address(), benchmark.handOver());
      MemorySegment copy = benchmark.copy();
      assertNotEquals(pixels.address(), copy.address());
      assertEquals(-1, pixels.mismatch(copy));
      assertNotEquals(0, pixels.get(JAVA_BYTE, pixels.byteSize() - 1));
    } finally {
      benchmark.free();
    }
  }
}
