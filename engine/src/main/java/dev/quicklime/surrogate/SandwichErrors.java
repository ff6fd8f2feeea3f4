package dev.quicklime.surrogate;

import dev.quicklime.design.MaskMatrix;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * Standard errors of least squares and ridge coefficients that hold whatever the variance of the
 * residuals depends on. With weights w, residuals r and leverages h the covariance is
 *
 * <pre>A⁻¹ · Σᵢ (wᵢrᵢ / (1 − hᵢ))² z̃ᵢᵀz̃ᵢ · A⁻¹,  A = Z̃ᵀWZ̃ + αI</pre>
 *
 * over weighted-centred masks z̃, which is the third of the estimators in MacKinnon and White,
 * "Some heteroskedasticity-consistent covariance matrix estimators with improved finite sample
 * properties", Journal of Econometrics 29, 1985: each residual is that of a fit without its own
 * row. What a linear model leaves of a classifier is interaction, not noise, and is larger for some
 * masks than for others, so that the usual estimator, one variance for all, would be wrong.
 *
 * <p>Rows are taken to be drawn independently of each other.
 */
final class SandwichErrors {

  /** Beyond this they would take longer than everything else together. */
  private static final int MOST_COLUMNS = 1024;

  /** A row whose own share in its prediction is nearer to 1 decides a coefficient alone. */
  private static final double DECIDES = 1e-8;

  private final double @Nullable [] errors;
  private final @Nullable String reason;

  private SandwichErrors(double @Nullable [] errors, @Nullable String reason) {
    this.errors = errors;
    this.reason = reason;
  }

  /** Numbers for each superpixel, in the problem's units, or null. */
  double @Nullable [] errors() {
    return errors;
  }

  /** Why there are none, or null. */
  @Nullable String reason() {
    return reason;
  }

  /**
   * Computes them.
   *
   * @param lambda ℓ2 penalty beside a mean of squares
   */
  static SandwichErrors of(ClassProblem problem, double[] beta, double intercept, double lambda) {
    FitInput scored = problem.input().scored();
    return scored == null
        ? ofScored(problem, beta, intercept, lambda)
        : ofCompleted(problem, scored, lambda);
  }

  /**
   * A completed estimate is a linear fit to what its model leaves of the scores, plus what the
   * model says, and errs as that fit does; rows that its model's numbers took are made up for.
   */
  private static SandwichErrors ofCompleted(ClassProblem problem, FitInput scored, double lambda) {
    ClassProblem rest =
        new ClassProblem(
            scored, problem.column(), QuadraticForm.of(scored.gram(), problem.intercept()));
    double[] beta = RidgeFits.ridge(rest.ridgeAlpha(lambda), rest, new ArrayList<>()).beta();
    double intercept = rest.intercept() ? rest.moments().mean() - rest.atMean(beta) : 0;
    SandwichErrors found = ofScored(rest, beta, intercept, lambda);
    if (found.errors != null) {
      // Half as many as there are rows where these come with their complements.
      double free = scored.weightyRows() / 2.0;
      double factor = Math.sqrt(free / (free - LinkModel.MOST_TERMS));
      for (int j = 0; j < found.errors.length; j++) {
        found.errors[j] *= factor;
      }
    }
    return found;
  }

  private static SandwichErrors ofScored(
      ClassProblem problem, double[] beta, double intercept, double lambda) {
    int size = problem.size();
    int terms = size + (problem.intercept() ? 1 : 0);
    if (size > MOST_COLUMNS) {
      return none("more than " + MOST_COLUMNS + " superpixels");
    }
    if (lambda == 0 && problem.input().weightyRows() <= terms) {
      return none("no more samples than coefficients");
    }
    int[] all = IntStream.range(0, size).toArray();
    SymmetricSystem system = new SymmetricSystem(problem.equations(), all);
    if (!(lambda < Double.MAX_VALUE / 4)
        || system.size() == 0
        || (lambda == 0 && system.size() < size)
        || !system.factor(lambda)) {
      return none("columns that do not vary or depend on each other");
    }
    double[] squares = squares(problem, beta, intercept, system);
    if (squares.length == 0) {
      return none("a coefficient that a single sample decides");
    }
    double[] errors = new double[size];
    if (Arrays.stream(squares).sum() >= Double.MIN_NORMAL) {
      spread(problem, system, Gram.of(problem.input().masks(), squares), errors);
    }
    return new SandwichErrors(errors, null);
  }

  private static SandwichErrors none(String reason) {
    return new SandwichErrors(null, reason);
  }

  /** (wᵢrᵢ / (1 − hᵢ))² of each row; none at all where a leverage is 1. */
  private static double[] squares(
      ClassProblem problem, double[] beta, double intercept, SymmetricSystem system) {
    FitInput input = problem.input();
    MaskMatrix masks = input.masks();
    QuadraticForm form = problem.equations().form();
    double total = input.gram().totalWeight();
    int[] columns = system.columns();
    double[] row = new double[system.stride()];
    double[] squares = new double[masks.rows()];
    for (int i = 0; i < squares.length; i++) {
      double weight = input.weights()[i];
      if (!(weight > 0)) {
        continue;
      }
      double residual = input.score(i, problem.column()) - intercept;
      for (int j = 0; j < beta.length; j++) {
        residual -= masks.shown(i, j) ? beta[j] : 0;
      }
      for (int a = 0; a < columns.length; a++) {
        double centre = problem.intercept() ? form.mean(columns[a]) : 0;
        row[a] = (masks.shown(i, columns[a]) ? 1 : 0) - centre;
      }
      Arrays.fill(row, columns.length, row.length, 0);
      system.forward(row);
      double own = problem.intercept() ? 1 : 0;
      for (double x : row) {
        own += x * x;
      }
      double rest = 1 - own * (weight / total);
      if (rest < DECIDES) {
        return new double[0];
      }
      double term = weight * residual / rest;
      squares[i] = term * term;
    }
    return squares;
  }

  /** The square roots of the covariance's diagonal. */
  private static void spread(
      ClassProblem problem, SymmetricSystem system, Gram squares, double[] errors) {
    QuadraticForm form = problem.equations().form();
    int[] columns = system.columns();
    int size = columns.length;
    double total = problem.input().gram().totalWeight();
    double[][] inner = new double[size][size];
    for (int a = 0; a < size; a++) {
      double ma = problem.intercept() ? form.mean(columns[a]) : 0;
      for (int b = 0; b < size; b++) {
        double mb = problem.intercept() ? form.mean(columns[b]) : 0;
        inner[a][b] =
            squares.product(columns[a], columns[b])
                - ma * squares.sum(columns[b])
                - mb * squares.sum(columns[a])
                + ma * mb * squares.totalWeight();
      }
    }
    for (int a = 0; a < size; a++) {
      double[] column = system.inverseColumn(a);
      double variance = 0;
      for (int b = 0; b < size; b++) {
        double product = 0;
        for (int c = 0; c < size; c++) {
          product += inner[b][c] * column[c];
        }
        variance += column[b] * product;
      }
      errors[columns[a]] = Math.sqrt(Math.max(0, variance)) / total;
    }
  }
}
