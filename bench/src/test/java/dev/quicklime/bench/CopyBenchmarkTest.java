package dev.quicklime.bench;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class CopyBenchmarkTest {
  static IntStream batches() {
    return Params.ints(CopyBenchmark.class, "batch");
  }

  @ParameterizedTest
  @MethodSource("batches")
  void shouldCopyEveryFloatOfTheBatch(int batch) {
    CopyBenchmark benchmark = new CopyBenchmark();
    benchmark.batch = batch;
    benchmark.allocate(new Kernels());
    MemorySegment copied = benchmark.copy();
    long floats = batch * CopyBenchmark.IMAGE_FLOATS;
    assertEquals(floats * Float.BYTES, copied.byteSize());
    assertEquals(0, copied.address() % 64);
    for (long i = 0; i < floats; i++) {
      float got = copied.getAtIndex(ValueLayout.JAVA_FLOAT, i);
      if (got != (float) i) {
        assertEquals((float) i, got, "at " + i);
      }
    }
  }

  @Test
  void shouldSayWhichKernelsAreMeasured() {
    assertTrue(
        Kernels.description().matches("vector (128|256|512) bits|scalar"), Kernels.description());
  }
}
