package dev.quicklime.surrogate;

import static java.util.Objects.requireNonNull;

import dev.quicklime.bench.Announcement;
import dev.quicklime.internal.fit.sums.AdditiveSums;
import dev.quicklime.internal.fit.sums.GramBuilder;
import dev.quicklime.internal.fit.sums.MomentsBuilder;
import dev.quicklime.internal.kernel.Implementation;
import dev.quicklime.internal.kernel.KernelSet;
import java.util.concurrent.TimeUnit;
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
import org.openjdk.jmh.annotations.Warmup;

/**
 * Sums up a shard of four blocks for three classes, exactly. Beside it the sums of as many rows
 * that one process makes, which cannot be added.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Warmup(iterations = 3, time = 300, timeUnit = TimeUnit.MILLISECONDS)
@Measurement(iterations = 5, time = 300, timeUnit = TimeUnit.MILLISECONDS)
@Fork(1)
public class ShardBenchmark {

  /** Which form of the kernels. */
  @Param({"SCALAR", "VECTOR"})
  public Implementation implementation = Implementation.VECTOR;

  /** Rows. */
  @Param("16384")
  public int n;

  /** Superpixels. */
  @Param({"20", "100", "197"})
  public int d;

  private KernelSet kernels = KernelSet.of(Implementation.SCALAR);
  private @Nullable SurrogateProblem problem;
  private @Nullable GramBuilder gram;
  private @Nullable MomentsBuilder moments;

  /** Draws masks. */
  @Setup(Level.Trial)
  public void prepare(Announcement announcement) {
    kernels = KernelSet.of(implementation);
    problem = new SurrogateProblem(n - 1, d, GramBenchmark.Weights.BY_COUNT);
    gram = new GramBuilder(kernels);
    moments = new MomentsBuilder(kernels);
  }

  /** The rows as a shard in the midst of others. */
  @Benchmark
  public AdditiveSums sum() {
    SurrogateProblem rows = requireNonNull(problem);
    return AdditiveSums.of(
        kernels,
        1 + ShardFrame.BLOCK,
        rows.masks(),
        rows.weights(),
        rows.scores(),
        SurrogateProblem.CLASSES,
        ShardFrame.BLOCK);
  }

  /** The yardstick. */
  @Benchmark
  public Object whole() {
    SurrogateProblem rows = requireNonNull(problem);
    requireNonNull(gram).build(rows.masks(), rows.weights());
    MomentsBuilder sums = requireNonNull(moments);
    sums.build(
        rows.masks(),
        rows.weights(),
        rows.scores(),
        SurrogateProblem.CLASSES,
        0,
        SurrogateProblem.CLASSES);
    return sums;
  }

  /** What {@link #whole} computed for one class. */
  double mean(int index) {
    return requireNonNull(moments).moments(index).mean();
  }
}
