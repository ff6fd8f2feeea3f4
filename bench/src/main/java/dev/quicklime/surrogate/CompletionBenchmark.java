package dev.quicklime.surrogate;

import static java.util.Objects.requireNonNull;

import dev.quicklime.bench.Announcement;
import dev.quicklime.design.Design;
import dev.quicklime.design.FoldedHadamard;
import dev.quicklime.design.MaskMatrix;
import dev.quicklime.design.MaskSampler;
import dev.quicklime.design.TwoPhase;
import dev.quicklime.locality.Locality;
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
 * Least squares with standard errors for three classes of probabilities, completed over masks that
 * nobody scored: beside it, the same from as many scored samples as there are such masks.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Warmup(iterations = 3, time = 300, timeUnit = TimeUnit.MILLISECONDS)
@Measurement(iterations = 5, time = 300, timeUnit = TimeUnit.MILLISECONDS)
@Fork(1)
public class CompletionBenchmark {

  static final int CLASSES = 3;

  /** Samples that are scored. */
  @Param("512")
  public int n;

  /** Superpixels. */
  @Param("100")
  public int d;

  private @Nullable MaskMatrix few;
  private @Nullable MaskMatrix many;
  private double[] fewScores = {};
  private double[] manyScores = {};

  /** Draws masks, and scores them by a curve over a weighted sum, with an interaction. */
  @Setup(Level.Trial)
  public void prepare(Announcement announcement) {
    few = MaskSampler.draw(new TwoPhase(), n, d, 1);
    many = MaskSampler.draw(new FoldedHadamard(), TwoPhase.unscored(n), d, 2);
    fewScores = scores(few);
    manyScores = scores(many);
  }

  private double[] scores(MaskMatrix masks) {
    double[] scores = new double[masks.rows() * CLASSES];
    for (int row = 0; row < masks.rows(); row++) {
      for (int c = 0; c < CLASSES; c++) {
        double sum = -1.5;
        for (int j = c; j < d; j += 3) {
          sum += masks.shown(row, j) ? 1.0 / (1 + j / 3) : 0;
        }
        sum += masks.shown(row, 0) && masks.shown(row, 5) && masks.shown(row, 7) ? 0.4 : 0;
        scores[row * CLASSES + c] = 1 / (1 + Math.exp(-sum));
      }
    }
    return scores;
  }

  /** From few samples. */
  @Benchmark
  public Object completed() {
    return fit(new TwoPhase(), n, requireNonNull(few), fewScores);
  }

  /** The yardstick: from many. */
  @Benchmark
  public Object scored() {
    return fit(new FoldedHadamard(), TwoPhase.unscored(n), requireNonNull(many), manyScores);
  }

  private Object fit(Design design, int drawn, MaskMatrix masks, double[] scores) {
    double[] weights = Locality.defaults().weights(masks);
    weights[0] = 0;
    return SurrogateFitter.fitAll(
        LeastSquares.defaults(),
        DesignFits.input(design, drawn, Locality.defaults(), 1, masks, weights, scores, CLASSES));
  }
}
