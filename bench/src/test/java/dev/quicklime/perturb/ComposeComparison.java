package dev.quicklime.perturb;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.quicklime.internal.kernel.Implementation;
import java.lang.foreign.MemorySegment;

/** Compares what a benchmark composes with what the scalar twin does. */
final class ComposeComparison {

  private ComposeComparison() {}

  /** The same with sides an eighth as long: all combinations of parameters take a few seconds. */
  static ComposeSetting reduced(ComposeSetting s) {
    String size = Math.max(24, s.width() / 8) + "x" + Math.max(24, s.height() / 8);
    return with(s, s.implementation(), size);
  }

  private static ComposeSetting with(ComposeSetting s, Implementation form, String size) {
    return new ComposeSetting(
        form, s.batch(), s.segments(), s.type(), s.layout(), size, s.channels(), s.fill());
  }

  static void check(Composing benchmark, ComposeSetting setting) {
    ComposeSetting small = reduced(setting);
    Composing scalar = new ComposeBenchmark();
    benchmark.prepare(small);
    scalar.prepare(with(small, Implementation.SCALAR, small.size()));
    MemorySegment got = benchmark.compose();
    assertEquals(-1, got.mismatch(scalar.compose()), small.toString());
    int elements = small.width() * small.height() * small.channels();
    assertEquals((long) small.batch() * elements * small.type().bytes(), got.byteSize());
    assertEquals(got.byteSize(), benchmark.copy().byteSize());
    benchmark.free();
    scalar.free();
  }
}
