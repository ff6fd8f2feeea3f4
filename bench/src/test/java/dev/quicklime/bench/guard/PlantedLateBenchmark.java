package dev.quicklime.bench.guard;

import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/** Allocates in the first trials of its JVM, and no more after them. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 1, time = 10, timeUnit = TimeUnit.MILLISECONDS)
@Measurement(iterations = 1, time = 10, timeUnit = TimeUnit.MILLISECONDS)
@Fork(1)
public class PlantedLateBenchmark {

  /** Two for the compiler, and two rounds. */
  private static final int BAD = 4;

  private static final AtomicInteger TRIALS = new AtomicInteger();
  private static final byte[] KEPT = new byte[1024];

  private boolean allocates;

  @Setup(Level.Trial)
  public void count() {
    allocates = TRIALS.incrementAndGet() <= BAD;
  }

  @Benchmark
  public byte[] late() {
    return allocates ? new byte[KEPT.length] : KEPT;
  }
}
