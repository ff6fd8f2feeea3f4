package dev.quicklime.bench.jmh;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.profile.GCProfiler;
import org.openjdk.jmh.results.BenchmarkResult;
import org.openjdk.jmh.results.IterationResult;
import org.openjdk.jmh.results.Result;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.ChainedOptionsBuilder;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.TimeValue;
import org.openjdk.jmh.runner.options.VerboseMode;

/**
 * Runs benchmarks in this JVM, one after the other, so that each meets what the compiler made of
 * all the others. For one thread.
 */
public final class Laboratory {

  private static final String ALLOCATED = "gc.alloc.rate.norm";
  private static final int IDLE_ITERATIONS = 10;

  /** Bytes that JMH allocates in an iteration, whatever it measures. */
  private double ownBytes;

  /** Learns what JMH itself allocates, from a benchmark that does nothing. */
  public void calibrate(Measured idle) {
    ownBytes = 0;
    double most = 0;
    for (IterationResult iteration :
        run(idle, IDLE_ITERATIONS, IDLE_ITERATIONS, Duration.ofMillis(10))) {
      most = Math.max(most, allocated(iteration) * iteration.getMetadata().getAllOps());
    }
    ownBytes = most;
  }

  /**
   * Runs a benchmark.
   *
   * @param warmups iterations that do not count, ≥ 0
   * @param iterations those that do, ≥ 1; their medians are the reading
   * @param each at least how long an iteration lasts
   * @throws IllegalStateException if the benchmark fails
   */
  public Reading measure(Measured what, int warmups, int iterations, Duration each) {
    List<Double> nanos = new ArrayList<>();
    List<Double> bytes = new ArrayList<>();
    for (IterationResult iteration : run(what, warmups, iterations, each)) {
      nanos.add(iteration.getPrimaryResult().getScore());
      long operations = iteration.getMetadata().getAllOps();
      bytes.add(Math.max(0, allocated(iteration) - ownBytes / operations));
    }
    return new Reading(Median.of(nanos), Median.of(bytes));
  }

  private static List<IterationResult> run(
      Measured what, int warmups, int iterations, Duration each) {
    // Off-heap memory of the trial before is freed by the collector, which has nothing else to do
    // here and would come in the middle of a measurement.
    System.gc();
    TimeValue time = TimeValue.nanoseconds(each.toNanos());
    ChainedOptionsBuilder options =
        new OptionsBuilder()
            .include("^" + Pattern.quote(what.benchmark()) + "$")
            .forks(0)
            .mode(Mode.AverageTime)
            .timeUnit(TimeUnit.NANOSECONDS)
            .warmupIterations(warmups)
            .warmupTime(time)
            .measurementIterations(iterations)
            .measurementTime(time)
            .addProfiler(GCProfiler.class)
            .shouldFailOnError(true)
            .verbosity(VerboseMode.SILENT);
    what.params().forEach(options::param);
    try {
      RunResult result = new Runner(options.build(), Catalogue.silence()).runSingle();
      List<IterationResult> all = new ArrayList<>();
      for (BenchmarkResult fork : result.getBenchmarkResults()) {
        all.addAll(fork.getIterationResults());
      }
      return all;
    } catch (RunnerException e) {
      throw new IllegalStateException(what + " could not be measured", e);
    }
  }

  private static double allocated(IterationResult iteration) {
    Result<?> allocated = iteration.getSecondaryResults().get(ALLOCATED);
    return Objects.requireNonNull(allocated, "this JVM does not count what it allocates")
        .getScore();
  }
}
