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
import dev.quicklime.internal.fit.twophase.LinkModel;
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

  /** A row whose own share in its prediction is nearer to 1 decides a coefficient alone. */
  private static final double DECIDES = 1e-8;

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
      double[] shares = shares(sums.weights(), total, first, count);
      for (int c = 0; c < squares.length; c++) {
        double[] moves = shares.clone();
        for (int i = 0; i < count; i++) {
          moves[i] *= lines.get(c).residual(first + i);
        }
        add(moves, influence, UNSCORED_BLOCK, squares[c]);
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
    int size = problem.size();
    SampleSums sums = problem.sums();
    int terms = size + (problem.intercept() ? 1 : 0);
    if (size > MOST_COLUMNS) {
      return none(lines, "more than " + MOST_COLUMNS + " " + sums.columns().noun() + "s");
    }
    if (lambda == 0 && sums.weightyRows() <= terms) {
      return none(lines, "no more samples than coefficients");
    }
    int[] all = IntStream.range(0, size).toArray();
    SymmetricSystem system = new SymmetricSystem(problem.equations(), all);
    if (!(lambda < Double.MAX_VALUE / 4)
        || system.size() == 0
        || (lambda == 0 && system.size() < size)
        || !system.factor(lambda)) {
      return none(lines, "columns that do not vary or depend on each other");
    }
    RowInfluence influence = new RowInfluence(problem, system);
    List<@Nullable RowInfluence> logistic = new ArrayList<>();
    for (Learnt each : learnt) {
      boolean leverages = each.slopes().length > 0 && !each.unseen();
      logistic.add(leverages ? LinkModel.leverages(sums, each.slopes()) : null);
    }
    Freedom freedom = new Freedom(system.size());
    PairShare pairs = PairShare.of(sums);
    Moves moved = new Moves(pairs, lines.size(), system);
    double[][] squares = new double[lines.size()][size];
    double total = Arrays.stream(sums.weights()).sum();
    double[] totals = learnt.stream().mapToDouble(s -> Arrays.stream(s.slopes()).sum()).toArray();
    int rows = sums.columns().rows();
    // Row 0 is the original, a block of its own.
    for (int first = 0; first < rows; first += first == 0 ? 1 : RowInfluence.ROWS) {
      int count = first == 0 ? 1 : Math.min(RowInfluence.ROWS, rows - first);
      influence.take(first, count);
      double[] shares = shares(sums.weights(), total, first, count);
      freedom.add(influence, shares, first == 0 ? 1 : sums.blockRows());
      for (int c = 0; c < squares.length; c++) {
        double[] moves = shares.clone();
        RowInfluence taken = logistic.get(c);
        boolean known = true;
        if (learnt.get(c).unseen()) {
          for (int i = 0; i < count; i++) {
            moves[i] *= lines.get(c).residual(first + i);
          }
        } else if (taken == null) {
          known = terms(lines.get(c), influence, shares, first, moves);
        } else {
          taken.leverages(first, count);
          double[] working = shares(learnt.get(c).slopes(), totals[c], first, count);
          known = terms(lines.get(c), taken, working, first, moves);
        }
        if (!known) {
          return none(lines, "a coefficient that a single sample decides");
        }
        int blockRows = first == 0 ? 1 : sums.blockRows();
        add(moves, influence, blockRows, squares[c]);
        moved.keep(c, first, blockRows, moves, influence);
      }
    }
    List<SandwichErrors> found = new ArrayList<>();
    for (int c = 0; c < squares.length; c++) {
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

  /** Some weights as shares of the sum of all. */
  private static double[] shares(double[] weights, double total, int first, int count) {
    double[] shares = Arrays.copyOfRange(weights, first, first + count);
    for (int i = 0; i < count; i++) {
      shares[i] /= total;
    }
    return shares;
  }

  private static List<SandwichErrors> none(List<FittedLine> lines, String reason) {
    double[] nothing = {};
    return Collections.nCopies(lines.size(), new SandwichErrors(nothing, nothing, reason));
  }

  /**
   * Weights times residuals, by what the fit has taken of them made up for, of some rows.
   *
   * @param taken holds the leverages of the rows in the fit that took of the residuals
   * @param takenShares weights in that fit
   * @param terms the rows' weights as shares of their sum; receives the result
   * @return false where a row or a block decides a coefficient alone
   */
  private static boolean terms(
      FittedLine line, RowInfluence taken, double[] takenShares, int first, double[] terms) {
    int blockRows = first == 0 ? 1 : line.problem().sums().blockRows();
    int count = terms.length;
    for (int i = 0; i < count; i += blockRows) {
      double weight = terms[i];
      double own = takenShares[i];
      if (blockRows == 1 || i + 1 == count) {
        double rest = 1 - own * taken.own(i);
        if (rest < DECIDES) {
          return false;
        }
        terms[i] = weight > 0 ? weight * line.residual(first + i) / Math.sqrt(rest) : 0;
        continue;
      }
      double otherWeight = terms[i + 1];
      double other = takenShares[i + 1];
      double p = 1 - own * taken.own(i);
      double q = -Math.sqrt(own) * Math.sqrt(other) * taken.next(i);
      double r = 1 - other * taken.own(i + 1);
      double determinant = p * r - q * q;
      if (!(p >= DECIDES && r >= DECIDES && determinant >= DECIDES * Math.max(p, r))) {
        return false;
      }
      // The inverse square root of a 2×2 matrix M: with s = √det M and t = √(tr M + 2s) the root is
      // (M + sI)/t, whose determinant is s.
      double s = Math.sqrt(determinant);
      double scale = 1 / (s * Math.sqrt(p + r + 2 * s));
      // In a fit with other weights the residuals are scaled by the square roots of the ratios.
      double ratio = own > 0 ? Math.sqrt(weight / own) : 0;
      double otherRatio = other > 0 ? Math.sqrt(otherWeight / other) : 0;
      double e0 = Math.sqrt(weight) * ratio * line.residual(first + i);
      double e1 = Math.sqrt(otherWeight) * otherRatio * line.residual(first + i + 1);
      double c0 = scale * ((r + s) * e0 - q * e1);
      double c1 = scale * ((p + s) * e1 - q * e0);
      terms[i] = ratio > 0 ? Math.sqrt(weight) / ratio * c0 : 0;
      terms[i + 1] = otherRatio > 0 ? Math.sqrt(otherWeight) / otherRatio * c1 : 0;
    }
    return true;
  }

  /** Adds the squares of some blocks' shares in a class's coefficients. */
  private static void add(double[] terms, RowInfluence influence, int blockRows, double[] squares) {
    int count = terms.length;
    double[][] vectors = influence.vectors();
    for (int a = 0; a < vectors.length; a++) {
      double sum = 0;
      double[] vector = vectors[a];
      for (int i = 0; i < count; i += blockRows) {
        double share = terms[i] * vector[i];
        if (blockRows == 2 && i + 1 < count) {
          share += terms[i + 1] * vector[i + 1];
        }
        sum += share * share;
      }
      squares[a] += sum;
    }
  }
}
