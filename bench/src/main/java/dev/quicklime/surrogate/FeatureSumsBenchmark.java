package dev.quicklime.surrogate;

import static java.util.Objects.requireNonNull;

import dev.quicklime.bench.Announcement;
import dev.quicklime.internal.fit.sums.Gram;
import java.util.SplittableRandom;
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
 * Sums rows of real numbers: ZᵀWZ and the weighted means. Beside it the product ZᵀWZ alone, of a
 * matrix weighted before, by ND4J on one thread of OpenBLAS.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Warmup(iterations = 3, time = 300, timeUnit = TimeUnit.MILLISECONDS)
@Measurement(iterations = 5, time = 300, timeUnit = TimeUnit.MILLISECONDS)
@Fork(1)
public class FeatureSumsBenchmark {

  /** Rows. */
  @Param("5000")
  public int n;

  /** Features. */
  @Param({"10", "30", "100"})
  public int d;

  private double[] features = {};
  private double[] weights = {};
  private @Nullable INDArray transposed;
  private @Nullable INDArray weighted;
  private @Nullable INDArray product;

  /** Draws features and weights. */
  @Setup(Level.Trial)
  public void prepare(Announcement announcement) {
    SplittableRandom random = new SplittableRandom(1);
    features = new double[n * d];
    for (int i = 0; i < features.length; i++) {
      features[i] = random.nextGaussian();
    }
    weights = random.doubles(n).toArray();
  }

  /** What only the yardstick needs. */
  @State(Scope.Benchmark)
  public static class Dense {

    /** Loads ND4J and sets it to one thread. */
    @Setup(Level.Trial)
    public void prepare(FeatureSumsBenchmark benchmark) {
      Nd4j.factory().blas().setMaxThreads(1);
      NativeOpsHolder.getInstance().getDeviceNativeOps().setOmpNumThreads(1);
      double[] values = benchmark.features.clone();
      INDArray features = Nd4j.createFromArray(values).reshape('c', benchmark.n, benchmark.d);
      for (int i = 0; i < values.length; i++) {
        values[i] *= benchmark.weights[i / benchmark.d];
      }
      benchmark.transposed = features.transpose();
      benchmark.weighted = Nd4j.createFromArray(values).reshape('c', benchmark.n, benchmark.d);
      // In Fortran's order, or ND4J would copy the result.
      benchmark.product = Nd4j.create(DataType.DOUBLE, new long[] {benchmark.d, benchmark.d}, 'f');
    }
  }

  /** The engine's way. */
  @Benchmark
  public Gram gram() {
    return Gram.of(d, features, weights);
  }

  /** The yardstick. */
  @Benchmark
  public INDArray nd4j(Dense dense) {
    return requireNonNull(transposed).mmuli(requireNonNull(weighted), requireNonNull(product));
  }
}
