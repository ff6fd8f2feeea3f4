package dev.quicklime.surrogate;

import static java.util.Objects.requireNonNull;

import dev.quicklime.bench.Announcement;
import dev.quicklime.internal.fit.sums.Gram;
import dev.quicklime.internal.fit.sums.GramBuilder;
import dev.quicklime.internal.fit.sums.Moments;
import dev.quicklime.internal.fit.sums.MomentsBuilder;
import dev.quicklime.internal.kernel.Implementation;
import dev.quicklime.internal.kernel.KernelSet;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.nativeblas.NativeOpsHolder;
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
 * Sums masks and the scores of three classes: ZᵀWZ, ZᵀWy and the weighted means and mean squares.
 * Beside it the product ZᵀWZ alone of dense matrices, by ND4J on one thread of OpenBLAS.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Warmup(iterations = 3, time = 300, timeUnit = TimeUnit.MILLISECONDS)
@Measurement(iterations = 5, time = 300, timeUnit = TimeUnit.MILLISECONDS)
@Fork(1)
public class GramBenchmark {

  /** Where rows get their weights from. */
  public enum Weights {
    /** From the number of superpixels shown, as in LIME. */
    BY_COUNT,
    /** Every row has another one. */
    ARBITRARY
  }

  /** Which form of the kernels. */
  @Param({"SCALAR", "VECTOR"})
  public Implementation implementation = Implementation.VECTOR;

  /** Where rows get their weights from. */
  @Param({"BY_COUNT", "ARBITRARY"})
  public Weights weights = Weights.BY_COUNT;

  /** Samples, the original besides. */
  @Param({"500", "1000", "5000", "10000"})
  public int n;

  /** Superpixels. */
  @Param({"20", "50", "100", "200", "500"})
  public int d;

  private @Nullable SurrogateProblem problem;
  private @Nullable GramBuilder gram;
  private @Nullable MomentsBuilder moments;
  private @Nullable INDArray transposed;
  private @Nullable INDArray weighted;
  private @Nullable INDArray product;

  /** Draws masks and reserves all memory. */
  @Setup(Level.Trial)
  public void prepare(Announcement announcement) {
    problem = new SurrogateProblem(n, d, weights);
    gram = new GramBuilder(KernelSet.of(implementation));
    moments = new MomentsBuilder(KernelSet.of(implementation));
  }

  /** What only the yardstick needs. */
  @State(Scope.Benchmark)
  public static class Dense {

    /** Loads ND4J and sets it to one thread. */
    @Setup(Level.Trial)
    public void prepare(GramBenchmark benchmark) {
      Nd4j.factory().blas().setMaxThreads(1);
      NativeOpsHolder.getInstance().getDeviceNativeOps().setOmpNumThreads(1);
      SurrogateProblem problem = requireNonNull(benchmark.problem);
      int rows = problem.masks().rows();
      INDArray masks = Nd4j.create(DataType.DOUBLE, new long[] {rows, benchmark.d}, 'c');
      INDArray weighted = masks.dup();
      for (int row = 0; row < rows; row++) {
        for (int j = 0; j < benchmark.d; j++) {
          if (problem.masks().shown(row, j)) {
            masks.putScalar(row, j, 1);
            weighted.putScalar(row, j, problem.weights()[row]);
          }
        }
      }
      benchmark.transposed = masks.transpose();
      benchmark.weighted = weighted;
      // In Fortran's order, or ND4J would copy the result.
      benchmark.product = Nd4j.create(DataType.DOUBLE, new long[] {benchmark.d, benchmark.d}, 'f');
    }
  }

  /** The engine's way, which it also takes from the masks on. */
  @Benchmark
  public Object gram() {
    SurrogateProblem sums = requireNonNull(problem);
    requireNonNull(gram).build(sums.masks(), sums.weights());
    requireNonNull(moments)
        .build(
            sums.masks(),
            sums.weights(),
            sums.scores(),
            SurrogateProblem.CLASSES,
            0,
            SurrogateProblem.CLASSES);
    return requireNonNull(gram);
  }

  /** The yardstick. */
  @Benchmark
  public INDArray nd4j(Dense dense) {
    return requireNonNull(transposed).mmuli(requireNonNull(weighted), requireNonNull(product));
  }

  /** What {@link #gram} computed. */
  Gram result() {
    return requireNonNull(gram).gram();
  }

  /** What {@link #gram} computed for one class. */
  Moments result(int index) {
    return requireNonNull(moments).moments(index);
  }
}
