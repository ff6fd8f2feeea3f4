package dev.quicklime.bench;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/**
 * The yardstick of composing: copying as many bytes as a batch of perturbed images has, from one
 * off-heap buffer to another. 1 image of 224×224×3 floats is 588 KiB.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(2)
public class CopyBenchmark {
  static final long IMAGE_FLOATS = 224L * 224 * 3;
  private static final long ALIGNMENT = 64;

  /** Images per batch. */
  @Param({"1", "16", "64"})
  public int batch;

  private MemorySegment from = MemorySegment.NULL;
  private MemorySegment to = MemorySegment.NULL;

  /** Fills the source with 0, 1, 2, … so that a copy of the wrong place shows. */
  @Setup(Level.Trial)
  public void allocate(Kernels kernels) {
    // Freed with the state: a fork holds one batch size.
    Arena arena = Arena.ofAuto();
    from = arena.allocate(batch * IMAGE_FLOATS * Float.BYTES, ALIGNMENT);
    to = arena.allocate(from.byteSize(), ALIGNMENT);
    for (long i = 0; i < batch * IMAGE_FLOATS; i++) {
      from.setAtIndex(ValueLayout.JAVA_FLOAT, i, (float) i);
    }
  }

  @Benchmark
  public MemorySegment copy() {
    return to.copyFrom(from);
  }
}
