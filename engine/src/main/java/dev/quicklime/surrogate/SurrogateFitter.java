package dev.quicklime.surrogate;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Fits surrogates. All methods are pure functions. */
public final class SurrogateFitter {

  private static final String SELECTED = "the same samples chose the superpixels";
  private static final String MULTIPLIER = "the samples choose the multiplier";

  private SurrogateFitter() {}

  /**
   * Fits a surrogate to each class; the quadratic form that they share is computed once.
   *
   * @return one fit for each class, in order
   * @throws IllegalArgumentException if a fit in units of the scores would not be a finite number
   */
  public static List<LinearFit> fitAll(Surrogate surrogate, FitInput input) {
    QuadraticForm form = QuadraticForm.of(input.gram(), surrogate.intercept());
    List<LinearFit> fits = new ArrayList<>();
    for (int column = 0; column < input.classes(); column++) {
      fits.add(fit(surrogate, new ClassProblem(input, column, form)));
    }
    return fits;
  }

  /**
   * Fits a surrogate to one class.
   *
   * @param column which of the classes, from 0
   */
  public static LinearFit fit(Surrogate surrogate, FitInput input, int column) {
    if (column < 0 || column >= input.classes()) {
      throw new IllegalArgumentException(
          "column must be between 0 and " + (input.classes() - 1) + ", got " + column);
    }
    QuadraticForm form = QuadraticForm.of(input.gram(), surrogate.intercept());
    return fit(surrogate, new ClassProblem(input, column, form));
  }

  private static LinearFit fit(Surrogate surrogate, ClassProblem problem) {
    Moments moments = problem.moments();
    Gram gram = problem.input().gram();
    List<String> notices = new ArrayList<>();
    double scale = moments.mean() * moments.mean() + moments.deviation() / gram.totalWeight();
    boolean constant = !(moments.deviation() > gram.totalWeight() * scale * 1e-28);
    if (constant) {
      notices.add(
          "the scores of this class do not vary over the samples that carry weight: R² is"
              + " undefined");
    }
    double[] beta = new double[gram.columns()];
    Solution solution =
        constant && surrogate.intercept()
            ? Solution.unpenalized(beta)
            : solve(surrogate, problem, notices);
    beta = solution.beta();
    double intercept = surrogate.intercept() ? moments.mean() - problem.atMean(beta) : 0;
    Double r2 =
        constant ? null : 1 - problem.residual(beta) * gram.totalWeight() / moments.deviation();
    double[] errors = null;
    String without = without(surrogate);
    if (without == null) {
      SandwichErrors sandwich =
          SandwichErrors.of(problem, beta, intercept, problem.lambda(solution.alpha()));
      errors = sandwich.errors();
      without = sandwich.reason();
    }
    return problem.inUnits(solution, intercept, errors, without, r2, notices);
  }

  private static Solution solve(Surrogate surrogate, ClassProblem problem, List<String> notices) {
    return switch (surrogate) {
      case Lasso lasso -> PenalizedFits.lasso(lasso, problem, notices);
      case ElasticNet net -> PenalizedFits.elasticNet(net, problem, notices);
      case Ridge ridge -> RidgeFits.ridge(ridge.alpha(), problem, notices);
      case LeastSquares _ -> RidgeFits.ridge(0, problem, notices);
      case L1Ball ball -> BallFits.l1(ball, problem, notices);
      case L2Ball ball -> BallFits.l2(ball, problem, notices);
      case KLasso selection -> Selections.kLasso(selection, problem, notices);
      case ForwardSelection selection -> Selections.forward(selection, problem, notices);
      case BestSubset selection -> Selections.bestSubset(selection, problem, notices);
      case Strongest strongest ->
          Selections.strongest(
              strongest, solve(strongest.ranking(), problem, notices), problem, notices);
    };
  }

  private static @Nullable String without(Surrogate surrogate) {
    return switch (surrogate) {
      case Ridge _, LeastSquares _ -> null;
      case L1Ball _, L2Ball _ -> MULTIPLIER;
      case Lasso _, ElasticNet _, KLasso _, ForwardSelection _, BestSubset _, Strongest _ ->
          SELECTED;
    };
  }

  /** A number for a notice. */
  static String text(double value) {
    return String.format(Locale.ROOT, "%.4g", value);
  }

  static int nonZeros(double[] beta) {
    return (int) Arrays.stream(beta).filter(b -> b != 0).count();
  }
}
