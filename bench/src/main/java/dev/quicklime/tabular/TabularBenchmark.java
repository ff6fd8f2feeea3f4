package dev.quicklime.tabular;

import dev.quicklime.bench.Announcement;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
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
 * Draws the rows around one of a table, with their distances and weights: beside it as many
 * independent normal numbers, and nothing else, by the JDK.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Warmup(iterations = 3, time = 500, timeUnit = TimeUnit.MILLISECONDS)
@Measurement(iterations = 5, time = 500, timeUnit = TimeUnit.MILLISECONDS)
@Fork(1)
public class TabularBenchmark {

  /** How rows are drawn; of no effect on the yardstick. */
  @Param({"GAUSSIAN", "ANTITHETIC", "SOBOL"})
  public TabularDesign design = TabularDesign.GAUSSIAN;

  /** Rows drawn. */
  @Param("5000")
  public int n;

  /** Columns of the table. */
  @Param({"10", "30", "100"})
  public int p;

  private List<Column> columns = List.of();
  private List<Feature> features = List.of();
  private TabularOptions options = TabularOptions.defaults();
  private double[] normal = {};

  /** Makes a table of numbers. */
  @Setup(Level.Trial)
  public void prepare(Announcement announcement) {
    List<String> names = IntStream.range(0, p).mapToObj(j -> "x" + j).toList();
    SplittableRandom random = new SplittableRandom(1);
    double[][] rows = new double[100][p];
    for (double[] row : rows) {
      for (int j = 0; j < p; j++) {
        row[j] = j + (1 + j % 7) * random.nextGaussian();
      }
    }
    Table table = Table.of(names, rows);
    columns = table.columns();
    options = TabularOptions.defaults().withSamples(n).withDesign(design);
    features = Features.of(columns, table.row(0), options, true, new ArrayList<>());
    normal = new double[(n + 1) * p];
  }

  /** The engine's way, memory and all. */
  @Benchmark
  public Object draw() {
    return Neighbourhood.draw(columns, features, options, true);
  }

  /** The yardstick. */
  @Benchmark
  public double[] nextGaussian() {
    SplittableRandom random = new SplittableRandom(1);
    for (int i = 0; i < normal.length; i++) {
      normal[i] = random.nextGaussian();
    }
    return normal;
  }
}
