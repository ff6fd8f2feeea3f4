package dev.quicklime.internal.torch;

import static java.lang.foreign.ValueLayout.JAVA_FLOAT;
import static java.util.Objects.requireNonNull;

import dev.quicklime.bench.Announcement;
import dev.quicklime.bench.Libtorch;
import dev.quicklime.internal.memory.NativeBuffer;
import dev.quicklime.torch.internal.PixelTensor;
import dev.quicklime.torch.internal.TorchRuntime;
import java.lang.foreign.MemorySegment;
import java.util.concurrent.TimeUnit;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.global.torch;
import org.jspecify.annotations.Nullable;
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
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/**
 * Hands a batch of 224×224 pixels and 3 channels to libtorch as it lies in memory; beside it, the
 * copying of the batch.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Warmup(iterations = 3, time = 300, timeUnit = TimeUnit.MILLISECONDS)
@Measurement(iterations = 5, time = 300, timeUnit = TimeUnit.MILLISECONDS)
@Fork(1)
public class HandOverBenchmark {

  static final int CHANNELS = 3;
  static final int SIDE = 224;

  /** Images per batch. */
  @Param({"1", "16", "64"})
  public int batch;

  private long[] shape = {};
  private @Nullable NativeBuffer buffer;
  private @Nullable NativeBuffer copied;

  /** Allocates both, and fills the batch with 0, 1, 2, …. */
  @Setup(Level.Trial)
  public void prepare(Announcement announcement, Libtorch libtorch) {
    TorchRuntime.load();
    shape = new long[] {batch, CHANNELS, SIDE, SIDE};
    long elements = (long) batch * CHANNELS * SIDE * SIDE;
    NativeBuffer filled = new NativeBuffer(elements * Float.BYTES);
    for (long i = 0; i < elements; i++) {
      filled.segment().setAtIndex(JAVA_FLOAT, i, (float) i);
    }
    buffer = filled;
    copied = new NativeBuffer(elements * Float.BYTES);
  }

  /** As {@link PixelTensor} does it; the address of the tensor's first element. */
  @Benchmark
  public long handOver() {
    try (PointerScope _ = new PointerScope()) {
      return PixelTensor.view(pixels(), shape, false, torch.ScalarType.Float).data_ptr().address();
    }
  }

  /** The yardstick: what handing over a copy would cost besides. */
  @Benchmark
  public MemorySegment copy() {
    return requireNonNull(copied).segment().copyFrom(pixels());
  }

  MemorySegment pixels() {
    return requireNonNull(buffer).segment();
  }

  /** Frees both. */
  @TearDown(Level.Trial)
  public void free() {
    requireNonNull(copied).close();
    requireNonNull(buffer).close();
  }
}
