package dev.quicklime.surrogate;

import static java.util.Objects.requireNonNull;

import dev.quicklime.bench.Announcement;
import dev.quicklime.internal.fit.lasso.CoordinateDescent;
import dev.quicklime.internal.fit.lasso.Homotopy;
import dev.quicklime.internal.fit.linear.NormalEquations;
import dev.quicklime.internal.fit.linear.QuadraticForm;
import dev.quicklime.internal.fit.sums.Gram;
import dev.quicklime.internal.fit.sums.Moments;
import dev.quicklime.internal.kernel.Implementation;
import dev.quicklime.internal.kernel.KernelSet;
import java.util.List;
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
 * Fits Lassos from the sums that {@link GramBenchmark} measures. The yardstick is another program:
 * {@code compare_sklearn.py} times it and reads JMH's results.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Warmup(iterations = 3, time = 300, timeUnit = TimeUnit.MILLISECONDS)
@Measurement(iterations = 5, time = 300, timeUnit = TimeUnit.MILLISECONDS)
@Fork(1)
public class LassoBenchmark {

  static final int ALPHAS = 100;
  static final double LOWEST = 1e-3;

  /** Share of the smallest empty α at which about a third of the coefficients is left. */
  static final double SHARE = 0.1;

  /** Which form of the kernels. */
  @Param({"SCALAR", "VECTOR"})
  public Implementation implementation = Implementation.VECTOR;

  /** Samples, the original besides. */
  @Param({"1000", "5000"})
  public int n;

  /** Superpixels. */
  @Param({"100", "200"})
  public int d;

  private @Nullable Gram gram;
  private List<Moments> moments = List.of();
  private final QuadraticForm form = new QuadraticForm();
  private final NormalEquations problem = new NormalEquations(form);
  private final double[] alphas = new double[SurrogateProblem.CLASSES];
  private double[][] coefficients = new double[0][];
  private @Nullable CoordinateDescent descent;
  private @Nullable Homotopy homotopy;
  private @Nullable Homotopy angles;

  /** Computes the sums and reserves all memory. */
  @Setup(Level.Trial)
  public void prepare(Announcement announcement) {
    SurrogateProblem samples = new SurrogateProblem(n, d, GramBenchmark.Weights.BY_COUNT);
    gram = Gram.of(samples.masks(), samples.weights());
    moments =
        Moments.ofAll(
            samples.masks(), samples.weights(), samples.scores(), SurrogateProblem.CLASSES);
    form.fill(gram, true);
    for (int c = 0; c < alphas.length; c++) {
      problem.fill(moments.get(c));
      alphas[c] = SHARE * problem.smallestEmptyAlpha();
    }
    descent = new CoordinateDescent(problem, KernelSet.of(implementation));
    homotopy = new Homotopy(problem, KernelSet.of(implementation));
    angles = new Homotopy(problem, false, KernelSet.of(implementation));
    coefficients = new double[ALPHAS][d];
  }

  /** Three classes at one α each. */
  @Benchmark
  public double solve() {
    CoordinateDescent solver = requireNonNull(descent);
    form.fill(requireNonNull(gram), true);
    double residuals = 0;
    for (int c = 0; c < alphas.length; c++) {
      problem.fill(moments.get(c));
      solver.start(problem);
      solver.solve(alphas[c]);
      residuals += solver.residual();
    }
    return residuals;
  }

  /** One class at 100 α, down to a thousandth of the smallest empty one. */
  @Benchmark
  public double[][] path() {
    Homotopy path = requireNonNull(homotopy);
    form.fill(requireNonNull(gram), true);
    problem.fill(moments.getFirst());
    double largest = problem.smallestEmptyAlpha();
    double step = Math.pow(LOWEST, 1.0 / (ALPHAS - 1));
    path.walk(problem, 0.999 * LOWEST * largest);
    double alpha = largest;
    for (double[] into : coefficients) {
      path.knots().interpolate(alpha, into);
      alpha *= step;
    }
    return coefficients;
  }

  /** Least angle regression of one class, all of its d knots. */
  @Benchmark
  public int lars() {
    Homotopy path = requireNonNull(angles);
    form.fill(requireNonNull(gram), true);
    problem.fill(moments.getFirst());
    path.walk(problem, 0);
    return path.knots().count();
  }

  NormalEquations problem() {
    return problem;
  }

  double alpha(int index) {
    return alphas[index];
  }

  /** What {@link #solve} computed for the last class. */
  CoordinateDescent result() {
    return requireNonNull(descent);
  }
}
