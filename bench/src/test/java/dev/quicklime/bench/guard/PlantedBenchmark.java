package dev.quicklime.bench.guard;

import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;
import org.openjdk.jmh.infra.Blackhole;

/** Paths with known faults, and one without. Times are far apart, so that no machine mixes them. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 1, time = 10, timeUnit = TimeUnit.MILLISECONDS)
@Measurement(iterations = 1, time = 10, timeUnit = TimeUnit.MILLISECONDS)
@Fork(1)
public class PlantedBenchmark {

  private static final int LITTLE = 1_000;
  private static final int MUCH = 40_000;

  /** Stands for the two forms of a kernel. */
  public enum Form {
    SCALAR,
    VECTOR
  }

  @Param({"SCALAR", "VECTOR"})
  public Form implementation = Form.VECTOR;

  /** As a kernel should be: the vector form is the faster one. */
  @Benchmark
  public void healthy() {
    Blackhole.consumeCPU(implementation == Form.VECTOR ? LITTLE : MUCH);
  }

  /** Healthy, and then slowed down by two: still far below its yardstick and its scalar twin. */
  @Benchmark
  public void twice() {
    Blackhole.consumeCPU(implementation == Form.VECTOR ? 2 * LITTLE : MUCH);
  }

  /** The vector form is the slower one. */
  @Benchmark
  public void slow() {
    Blackhole.consumeCPU(implementation == Form.VECTOR ? MUCH : LITTLE);
  }

  /** Fast, but it allocates. */
  @Benchmark
  public byte[] allocating() {
    Blackhole.consumeCPU(implementation == Form.VECTOR ? LITTLE : MUCH);
    return new byte[1024];
  }

  @Benchmark
  public void failing() {
    throw new IllegalStateException("planted to fail");
  }

  /** Between the two: eight times the healthy vector form. */
  @Benchmark
  public void yardstick() {
    Blackhole.consumeCPU(8 * LITTLE);
  }
}
