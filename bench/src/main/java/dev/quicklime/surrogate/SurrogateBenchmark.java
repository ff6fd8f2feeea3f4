package dev.quicklime.surrogate;

import static java.util.Objects.requireNonNull;

import dev.quicklime.bench.Announcement;
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
 * Fits each surrogate to three classes as an explanation does: {@link #fit} from sums that are
 * there already, {@link #all} from masks, weights and scores on. {@code compare_sklearn.py} times
 * what scikit-learn has of them.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Warmup(iterations = 3, time = 300, timeUnit = TimeUnit.MILLISECONDS)
@Measurement(iterations = 5, time = 300, timeUnit = TimeUnit.MILLISECONDS)
@Fork(1)
public class SurrogateBenchmark {

  /** Which surrogate. */
  public enum Kind {
    /** α by the Bayesian criterion. */
    LASSO,
    /** α at a tenth of the smallest empty one, both penalties in equal parts. */
    ELASTIC_NET,
    /** α = 1, with standard errors. */
    RIDGE,
    /** With standard errors. */
    OLS,
    /** K = 10. */
    K_LASSO,
    /** K = 6. */
    FORWARD,
    /** K = 6. */
    BEST_SUBSET,
    /** Half the norm of the least-squares fit. */
    L1_BALL,
    /** Half the norm of the least-squares fit. */
    L2_BALL,
    /** α by Akaike's criterion on the path's knots. */
    LASSO_AIC,
    /** α by cross-validation over five folds. */
    LASSO_CV
  }

  /** Which surrogate. */
  @Param public Kind surrogate = Kind.OLS;

  /** Samples, the original besides. */
  @Param("1000")
  public int n;

  /** Superpixels. */
  @Param("100")
  public int d;

  private @Nullable SurrogateProblem samples;
  private @Nullable FitInput input;
  private @Nullable Surrogate fitted;

  /** Computes the sums. */
  @Setup(Level.Trial)
  public void prepare(Announcement announcement) {
    samples = new SurrogateProblem(n, d, GramBenchmark.Weights.BY_COUNT);
    FitInput sums = input(samples);
    LinearFit free = SurrogateFitter.fit(LeastSquares.defaults(), sums, 0);
    double alpha = LassoBenchmark.SHARE * FitPaths.lasso(sums, 0, true).getFirst().alpha();
    double l1 = free.coefficients().stream().mapToDouble(Math::abs).sum();
    double l2 = Math.sqrt(free.coefficients().stream().mapToDouble(b -> b * b).sum());
    fitted =
        switch (surrogate) {
          case LASSO -> Lasso.defaults();
          case ELASTIC_NET -> new ElasticNet(Alpha.of(2 * alpha), 0.5, true);
          case RIDGE -> Ridge.defaults();
          case OLS -> LeastSquares.defaults();
          case K_LASSO -> KLasso.defaults();
          case FORWARD -> ForwardSelection.defaults();
          case BEST_SUBSET -> BestSubset.defaults();
          case L1_BALL -> new L1Ball(l1 / 2, true);
          case L2_BALL -> new L2Ball(l2 / 2, true);
          case LASSO_AIC -> new Lasso(new Alpha.Criterion(Alpha.Criterion.Kind.AIC), true);
          case LASSO_CV -> new Lasso(new Alpha.CrossValidated(5), true);
        };
    input = sums;
  }

  private static FitInput input(SurrogateProblem samples) {
    return FitInput.of(
        samples.masks(), samples.weights(), samples.scores(), SurrogateProblem.CLASSES);
  }

  /** Three classes from the sums on. */
  @Benchmark
  public List<LinearFit> fit() {
    return SurrogateFitter.fitAll(requireNonNull(fitted), requireNonNull(input));
  }

  /** Three classes from masks, weights and scores on. */
  @Benchmark
  public List<LinearFit> all() {
    return SurrogateFitter.fitAll(requireNonNull(fitted), input(requireNonNull(samples)));
  }
}
