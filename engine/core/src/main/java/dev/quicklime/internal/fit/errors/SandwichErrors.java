package dev.quicklime.internal.fit.errors;

import dev.quicklime.internal.fit.linear.ClassProblem;
import dev.quicklime.internal.fit.linear.FittedLine;
import dev.quicklime.internal.fit.linear.QuadraticForm;
import dev.quicklime.internal.fit.linear.RidgeFits;
import dev.quicklime.internal.fit.linear.RowInfluence;
import dev.quicklime.internal.fit.linear.SymmetricSystem;
import dev.quicklime.internal.fit.sums.SampleSums;
import dev.quicklime.internal.fit.twophase.Completion;
import dev.quicklime.internal.fit.twophase.Learnt;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * Standard errors of least squares and ridge coefficients that hold whatever the variance of the
 * residuals depends on, and however rows of a block depend on each other. With weights w, s = √w,
 * residuals r, leverages H and centred masks z̃ the covariance is
 *
 * <pre>A⁻¹ · Σ_g u_g u_gᵀ · A⁻¹,  u_g = Z̃_gᵀ S_g (I − H_gg)^-½ S_g r_g,  A = Z̃ᵀWZ̃ + αI</pre>
 *
 * over blocks g, a mask and its complement or a mask alone. It is the estimator of Bell and
 * McCaffrey, "Bias reduction in standard errors for linear regression with multi-stage samples",
 * Survey Methodology 28, 2002, and for single rows the second of MacKinnon and White, "Some
 * heteroskedasticity-consistent covariance matrix estimators with improved finite sample
 * properties", Journal of Econometrics 29, 1985: unbiased where all residuals have one variance,
 * even when every row decides half of its own prediction, as it does with few rows of an orthogonal
 * design. What a linear model leaves of a classifier is interaction, not noise, and is larger for
 * some masks than for others, so that the usual estimator, one variance for all, would be wrong.
 * Intervals are those of Student's distribution with the degrees of {@link Freedom}.
 */
public final class SandwichErrors {

  /** So many masks that nobody scored tell how much all of them leave to chance. */
  private static final int UNSCORED_ROWS = 2048;

  /** Masks that nobody scored come with their complements. */
  private static final int UNSCORED_BLOCK = 2;

  /** Beyond this they would take longer than everything else together. */
  private static final int MOST_COLUMNS = 1024;

  static final String DECIDED = "a coefficient that a single sample decides";

  private final double[] errors;
  private final double[] freedom;
  private final @Nullable String reason;

  private SandwichErrors(double[] errors, double[] freedom, @Nullable String reason) {
    this.errors = errors;
    this.freedom = freedom;
    this.reason = reason;
  }

  /** Numbers for each column, in the problem's units; nothing where there are none. */
  public double[] errors() {
    return errors;
  }

  /** Degrees of freedom of each of them; nothing where there are none. */
  public double[] freedom() {
    return freedom;
  }

  /** Why there are none, or null. */
  public @Nullable String reason() {
    return reason;
  }

  /**
   * Computes them for classes of the same samples.
   *
   * @param lines at least one, all of them with an intercept or all without
   * @param lambda ℓ2 penalty beside a mean of squares
   */
  public static List<SandwichErrors> of(List<FittedLine> lines, double lambda) {
    return of(lines, Collections.nCopies(lines.size(), Learnt.NOTHING), betas(lines), lambda);
  }

  private static List<double[]> betas(List<FittedLine> lines) {
    return lines.stream().map(FittedLine::beta).toList();
  }

  /**
   * The same for completed samples: their estimate is a linear fit to what its models leave of the
   * scores, plus one to what the models say of masks that nobody scored. It errs as both do, which
   * have no masks in common; what the models have {@link Learnt} is made up for.
   *
   * @param completion whose samples the lines were fitted to
   */
  public static List<SandwichErrors> ofCompleted(
      List<FittedLine> lines, Completion completion, double lambda) {
    SampleSums scored = completion.rest();
    boolean intercept = lines.getFirst().problem().intercept();
    QuadraticForm form = QuadraticForm.of(scored.gram(), intercept);
    List<FittedLine> rests = new ArrayList<>();
    for (FittedLine line : lines) {
      ClassProblem rest = new ClassProblem(scored, line.problem().column(), form);
      rests.add(
          FittedLine.of(
              rest, RidgeFits.ridge(rest.ridgeAlpha(lambda), rest, new ArrayList<>()).beta()));
    }
    double free = (double) scored.weightyRows() / scored.blockRows();
    List<Learnt> learnt =
        lines.stream().map(line -> completion.learnt(line.problem().column())).toList();
    List<SandwichErrors> all = of(rests, learnt, betas(lines), lambda);
    if (all.getFirst().reason != null) {
      return all;
    }
    List<double[]> unscored = ofUnscored(lines, scored.order(), lambda);
    for (int c = 0; c < all.size(); c++) {
      double[] errors = all.get(c).errors;
      double factor = learnt.get(c).factor(errors.length, free);
      for (int j = 0; j < errors.length; j++) {
        errors[j] = Math.sqrt(factor * factor * errors[j] * errors[j] + unscored.get(c)[j]);
      }
    }
    return all;
  }

  /** Variances of fits to what a model says of masks that nobody scored, from the first of them. */
  private static List<double[]> ofUnscored(List<FittedLine> lines, int order, double lambda) {
    ClassProblem problem = lines.getFirst().problem();
    SampleSums sums = problem.sums();
    int size = problem.size();
    List<double[]> variances = new ArrayList<>();
    SymmetricSystem system =
        new SymmetricSystem(problem.equations(), IntStream.range(0, size).toArray());
    if (!system.factor(lambda)) {
      return Collections.nCopies(lines.size(), new double[size]);
    }
    RowInfluence influence = new RowInfluence(problem, system);
    int rows = sums.columns().rows();
    int some = Math.min(rows, 1 + UNSCORED_ROWS);
    Moves moved =
        new Moves(
            PairShare.of(sums.columns(), rows - 1, UNSCORED_BLOCK, order), lines.size(), system);
    double[][] squares = new double[lines.size()][system.size()];
    double total = Arrays.stream(sums.weights()).sum();
    // Row 0 is the original, without weight here.
    for (int first = 1; first < some; first += RowInfluence.ROWS) {
      int count = Math.min(RowInfluence.ROWS, some - first);
      influence.take(first, count);
      double[] shares = ErrorPass.shares(sums.weights(), total, first, count);
      for (int c = 0; c < squares.length; c++) {
        double[] moves = shares.clone();
        for (int i = 0; i < count; i++) {
          moves[i] *= lines.get(c).residual(first + i);
        }
        ErrorPass.add(moves, influence, UNSCORED_BLOCK, squares[c]);
        moved.keep(c, first, UNSCORED_BLOCK, moves, influence);
      }
    }
    for (int c = 0; c < squares.length; c++) {
      double[] square = squares[c];
      moved.balance(c, lines.get(c).beta(), square, new double[square.length]);
      double[] all = new double[size];
      double times = (rows - 1.0) / (some - 1.0);
      scatter(Arrays.stream(square).map(v -> v * times).toArray(), system, all);
      variances.add(all);
    }
    return variances;
  }

  /**
   * Computes them for fits to what other fits have left.
   *
   * @param learnt for each line what the others have taken of the residuals that it was fitted to
   */
  public static List<SandwichErrors> of(
      List<FittedLine> lines, List<Learnt> learnt, double lambda) {
    return of(lines, learnt, betas(lines), lambda);
  }

  private static List<SandwichErrors> of(
      List<FittedLine> lines, List<Learnt> learnt, List<double[]> betas, double lambda) {
    ClassProblem problem = lines.getFirst().problem();
    SampleSums sums = problem.sums();
    SymmetricSystem system = system(problem);
    String reason = reason(problem, system, lambda);
    if (reason != null) {
      return none(lines.size(), reason);
    }
    Moves moved = new Moves(PairShare.of(sums), lines.size(), system);
    double total = Arrays.stream(sums.weights()).sum();
    ErrorPass pass = new ErrorPass(lines, learnt, system, 0, total, moved);
    return pass.take(0, sums.columns().rows())
        ? of(system, betas, pass.squares(), pass.freedom(), moved)
        : none(lines.size(), DECIDED);
  }

  /** The matrix of a fit, not factored. */
  static SymmetricSystem system(ClassProblem problem) {
    return new SymmetricSystem(problem.equations(), IntStream.range(0, problem.size()).toArray());
  }

  /** Why a fit has no errors, whatever its residuals; or null, and its matrix is factored. */
  static @Nullable String reason(ClassProblem problem, SymmetricSystem system, double lambda) {
    SampleSums sums = problem.sums();
    int size = problem.size();
    int terms = size + (problem.intercept() ? 1 : 0);
    if (size > MOST_COLUMNS) {
      return "more than " + MOST_COLUMNS + " " + sums.columns().noun() + "s";
    }
    if (lambda == 0 && sums.weightyRows() <= terms) {
      return "no more samples than coefficients";
    }
    if (!(lambda < Double.MAX_VALUE / 4)
        || system.size() == 0
        || (lambda == 0 && system.size() < size)
        || !system.factor(lambda)) {
      return "columns that do not vary or depend on each other";
    }
    return null;
  }

  /**
   * Errors from sums over all rows.
   *
   * @param squares by class and column that varies; written to
   */
  static List<SandwichErrors> of(
      SymmetricSystem system,
      List<double[]> betas,
      double[][] squares,
      Freedom freedom,
      Moves moved) {
    List<SandwichErrors> found = new ArrayList<>();
    for (int c = 0; c < squares.length; c++) {
      int size = squares[c].length;
      double[] known = freedom.values();
      moved.balance(c, betas.get(c), squares[c], known);
      double[] degrees = new double[size];
      Arrays.fill(degrees, Double.POSITIVE_INFINITY);
      scatter(known, system, degrees);
      double[] errors = new double[size];
      scatter(Arrays.stream(squares[c]).map(Math::sqrt).toArray(), system, errors);
      found.add(new SandwichErrors(errors, degrees, null));
    }
    return found;
  }

  private static void scatter(double[] values, SymmetricSystem system, double[] into) {
    for (int a = 0; a < system.size(); a++) {
      into[system.columns()[a]] = values[a];
    }
  }

  static List<SandwichErrors> none(int classes, String reason) {
    double[] nothing = {};
    return Collections.nCopies(classes, new SandwichErrors(nothing, nothing, reason));
  }
}
