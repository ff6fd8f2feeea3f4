package dev.quicklime.design;

import dev.quicklime.bench.Announcement;
import dev.quicklime.internal.kernel.Implementation;
import dev.quicklime.internal.kernel.KernelSet;
import dev.quicklime.internal.kernel.masks.MaskKernel;
import java.util.concurrent.TimeUnit;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;
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

/** Draws Bernoulli masks, packed: beside it a loop that draws each bit by itself. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Warmup(iterations = 3, time = 300, timeUnit = TimeUnit.MILLISECONDS)
@Measurement(iterations = 5, time = 300, timeUnit = TimeUnit.MILLISECONDS)
@Fork(1)
public class MaskBenchmark {

  /** Chance of a bit. */
  @Param({"0.5", "0.3"})
  public double p = 0.5;

  /** Rows drawn. */
  @Param({"1000"})
  public int n = 1000;

  /** Superpixels. */
  @Param({"64", "100", "400"})
  public int d = 64;

  /** Form of the kernel; of no effect on the yardstick. */
  @Param({"SCALAR", "VECTOR"})
  public Implementation implementation = Implementation.SCALAR;

  private RandomGenerator random = RandomGenerator.getDefault();
  private RowStream rows = rows();
  private long[] words = {};

  /** Seeds the generators and makes room for the words. */
  @Setup(Level.Trial)
  public void prepare(Announcement announcement) {
    random = RandomGeneratorFactory.of("L64X128MixRandom").create(1);
    rows = rows();
    words = MaskMatrix.allocate(n + 1, d);
  }

  /**
   * What a sampler does, but for allocating: the stream goes on from where the last call left it.
   */
  @Benchmark
  public long[] draw() {
    MaskSampler.fill(rows, d, 0, n + 1, words);
    return words;
  }

  /** The yardstick: a random number for each bit. */
  @Benchmark
  public long[] nextDouble() {
    int wordsPerRow = MaskMatrix.wordsPerRow(d);
    for (int i = wordsPerRow; i < words.length; i++) {
      int bits = Math.min(Long.SIZE, d - Long.SIZE * (i % wordsPerRow));
      long word = 0;
      for (int bit = 0; bit < bits; bit++) {
        if (random.nextDouble() < p) {
          word |= 1L << bit;
        }
      }
      words[i] = word;
    }
    return words;
  }

  private RowStream rows() {
    long[] generators = new long[MaskKernel.STATE];
    MaskKernel.seed(1, generators);
    return new BernoulliRows(KernelSet.of(implementation).masks(), p, d, generators);
  }
}
