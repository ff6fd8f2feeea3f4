package dev.quicklime.bench;

import static java.lang.foreign.ValueLayout.JAVA_BYTE;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import dev.quicklime.image.Layout;
import dev.quicklime.image.PixelType;
import java.lang.foreign.MemorySegment;
import java.util.Arrays;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class ComposeBenchmarkTest {

  static IntStream segments() {
    return Params.ints(ComposeBenchmark.class, "segments");
  }

  private static ComposeBenchmark benchmark(
      int batch, int segments, PixelType type, Layout layout) {
    ComposeBenchmark benchmark = new ComposeBenchmark();
    benchmark.batch = batch;
    benchmark.segments = segments;
    benchmark.type = type;
    benchmark.layout = layout;
    benchmark.prepare(new Kernels());
    return benchmark;
  }

  @ParameterizedTest
  @MethodSource("segments")
  void shouldWriteEveryPictureOfTheBatch(int segments) {
    for (PixelType type : PixelType.values()) {
      for (Layout layout : Layout.values()) {
        for (int batch : Params.ints(ComposeBenchmark.class, "batch").toArray()) {
          MemorySegment out = benchmark(batch, segments, type, layout).compose();
          long picture = 224L * 224 * 3 * type.bytes();
          assertEquals(batch * picture, out.byteSize());
          for (int i = 0; i < batch; i++) {
            byte[] bytes = out.asSlice(i * picture, picture).toArray(JAVA_BYTE);
            assertFalse(Arrays.equals(bytes, new byte[bytes.length]), "picture " + i);
          }
        }
      }
    }
  }

  @Test
  void shouldGoRoundWithoutRunningOutOfSamples() {
    ComposeBenchmark benchmark = benchmark(64, 25, PixelType.BFLOAT16, Layout.NCHW);
    for (int i = 0; i < 1000; i++) {
      benchmark.compose();
    }
    assertEquals(64L * 224 * 224 * 3 * 2, benchmark.copy().byteSize());
  }
}
