package dev.quicklime.perturb;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.quicklime.bench.Params;
import dev.quicklime.image.Layout;
import dev.quicklime.image.PixelType;
import dev.quicklime.internal.kernel.Implementation;
import java.lang.foreign.MemorySegment;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class ComposeBenchmarkTest {

  static List<String> sizes() {
    return Params.strings(ComposeBenchmark.class, "size");
  }

  /** An eighth of each side: every combination is run, in a few seconds. */
  private static String reduced(String size) {
    return Math.max(24, ComposeBenchmark.width(size) / 8)
        + "x"
        + Math.max(24, ComposeBenchmark.height(size) / 8);
  }

  private static ComposeBenchmark benchmark(String size, int segments, int channels, String fill) {
    ComposeBenchmark benchmark = new ComposeBenchmark();
    benchmark.size = size;
    benchmark.segments = segments;
    benchmark.channels = channels;
    benchmark.fill = fill;
    return benchmark;
  }

  @ParameterizedTest
  @MethodSource("sizes")
  void shouldComposeWhatTheScalarTwinDoesForEveryParameter(String size) {
    for (int segments : Params.ints(ComposeBenchmark.class, "segments").toArray()) {
      for (int channels : Params.ints(ComposeBenchmark.class, "channels").toArray()) {
        for (String fill : Params.strings(ComposeBenchmark.class, "fill")) {
          for (PixelType type : PixelType.values()) {
            for (Layout layout : Layout.values()) {
              ComposeBenchmark vector = benchmark(reduced(size), segments, channels, fill);
              ComposeBenchmark scalar = benchmark(reduced(size), segments, channels, fill);
              compare(vector, scalar, type, layout);
            }
          }
        }
      }
    }
  }

  private static void compare(
      ComposeBenchmark vector, ComposeBenchmark scalar, PixelType type, Layout layout) {
    vector.implementation = Implementation.VECTOR;
    scalar.implementation = Implementation.SCALAR;
    for (ComposeBenchmark benchmark : List.of(vector, scalar)) {
      benchmark.type = type;
      benchmark.layout = layout;
    }
    for (int batch : Params.ints(ComposeBenchmark.class, "batch").toArray()) {
      vector.batch = batch;
      scalar.batch = batch;
      vector.prepare();
      scalar.prepare();
      MemorySegment got = vector.compose();
      MemorySegment expected = scalar.compose();
      assertEquals(-1, got.mismatch(expected), "batch " + batch + " " + type + " " + layout);
      assertEquals(got.byteSize(), vector.copy().byteSize());
      vector.free();
      scalar.free();
    }
  }

  @Test
  void shouldGoRoundWithoutRunningOutOfSamples() {
    ComposeBenchmark benchmark = benchmark("24x24", 25, 3, "gray");
    benchmark.batch = 64;
    benchmark.prepare();
    for (int i = 0; i < ComposeBenchmark.SAMPLES + 10; i++) {
      benchmark.compose();
    }
    assertEquals(64L * 24 * 24 * 3 * 4, benchmark.copy().byteSize());
    benchmark.free();
  }
}
