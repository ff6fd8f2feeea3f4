package dev.quicklime.surrogate;

import static java.util.Objects.requireNonNull;

import dev.quicklime.bench.Announcement;
import dev.quicklime.internal.fit.linear.NormalEquations;
import dev.quicklime.internal.fit.linear.QuadraticForm;
import dev.quicklime.internal.fit.subset.BestSubsetSearch;
import dev.quicklime.internal.fit.subset.SubsetSolution;
import dev.quicklime.internal.fit.sums.Gram;
import dev.quicklime.internal.fit.sums.Moments;
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
 * Finds the best subset of each of three classes and proves it, from the sums that {@link
 * GramBenchmark} measures. The yardstick is {@link LassoBenchmark#path}, of one class.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Warmup(iterations = 3, time = 300, timeUnit = TimeUnit.MILLISECONDS)
@Measurement(iterations = 5, time = 300, timeUnit = TimeUnit.MILLISECONDS)
@Fork(1)
public class BestSubsetBenchmark {

  /** Which form of the kernels. */
  @Param({"SCALAR", "VECTOR"})
  public Implementation implementation = Implementation.VECTOR;

  /** Samples, the original besides. */
  @Param({"1000"})
  public int n;

  /** Superpixels. */
  @Param({"100"})
  public int d;

  /** The most columns of a subset. */
  @Param({"3", "6"})
  public int features;

  private NormalEquations[] problems = new NormalEquations[0];
  private @Nullable BestSubsetSearch search;

  /** Computes the sums and reserves memory. */
  @Setup(Level.Trial)
  public void prepare(Announcement announcement) {
    SurrogateProblem samples = new SurrogateProblem(n, d, GramBenchmark.Weights.BY_COUNT);
    QuadraticForm form = QuadraticForm.of(Gram.of(samples.masks(), samples.weights()), true);
    problems =
        Moments.ofAll(
                samples.masks(), samples.weights(), samples.scores(), SurrogateProblem.CLASSES)
            .stream()
            .map(moments -> NormalEquations.of(form, moments))
            .toArray(NormalEquations[]::new);
    search = new BestSubsetSearch(KernelSet.of(implementation));
  }

  /** Three classes. */
  @Benchmark
  public double search() {
    double residuals = 0;
    for (int c = 0; c < problems.length; c++) {
      residuals += result(c).residual();
    }
    return residuals;
  }

  /** What {@link #search} computes for one class. */
  SubsetSolution result(int index) {
    return requireNonNull(search).search(problems[index], features, Long.MAX_VALUE);
  }

  NormalEquations problem(int index) {
    return problems[index];
  }
}
