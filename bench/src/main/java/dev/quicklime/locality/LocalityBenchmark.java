package dev.quicklime.locality;

import dev.quicklime.bench.Announcement;
import dev.quicklime.design.Bernoulli;
import dev.quicklime.design.MaskMatrix;
import dev.quicklime.design.MaskSampler;
import dev.quicklime.internal.kernel.Implementation;
import dev.quicklime.internal.kernel.KernelSet;
import dev.quicklime.internal.kernel.masks.CountKernel;
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

/** Weighs the rows of a matrix of masks: beside it an exponential for every row. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Warmup(iterations = 3, time = 300, timeUnit = TimeUnit.MILLISECONDS)
@Measurement(iterations = 5, time = 300, timeUnit = TimeUnit.MILLISECONDS)
@Fork(1)
public class LocalityBenchmark {

  /** Rows drawn. */
  @Param({"1000", "10000"})
  public int n;

  /** Superpixels. */
  @Param({"50", "100", "400"})
  public int d;

  /** Form of the kernel; of no effect on the yardstick. */
  @Param({"SCALAR", "VECTOR"})
  public Implementation implementation = Implementation.SCALAR;

  private final Locality locality = Locality.defaults();
  private CountKernel kernel = KernelSet.of(implementation).count();
  private int wordsPerRow;
  private long[] words = {};
  private double[] table = {};
  private double[] weights = {};

  /** Draws the masks. */
  @Setup(Level.Trial)
  public void prepare(Announcement announcement) {
    kernel = KernelSet.of(implementation).count();
    MaskMatrix masks = MaskSampler.draw(Bernoulli.defaults(), n, d, 1);
    wordsPerRow = masks.wordsPerRow();
    words = new long[masks.rows() * wordsPerRow];
    masks.copyWords(0, masks.rows(), words);
    table = new double[d + 1];
    weights = new double[masks.rows()];
  }

  /** The table included, as for every explanation. */
  @Benchmark
  public double[] weights() {
    locality.tabulate(table);
    kernel.lookUp(words, wordsPerRow, table, weights, weights.length);
    return weights;
  }

  /** The yardstick. */
  @Benchmark
  public double[] exp() {
    for (int row = 0; row < weights.length; row++) {
      int shown = 0;
      for (int i = row * wordsPerRow; i < (row + 1) * wordsPerRow; i++) {
        shown += Long.bitCount(words[i]);
      }
      weights[row] = locality.weight(shown, d);
    }
    return weights;
  }
}
