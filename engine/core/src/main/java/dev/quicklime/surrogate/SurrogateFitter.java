package dev.quicklime.surrogate;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Fits surrogates. All methods are pure functions. */
public final class SurrogateFitter {

  private static final String SELECTED = "the same samples chose the ";
  private static final String MULTIPLIER = "the samples choose the multiplier";

  private SurrogateFitter() {}

  /**
   * Fits a surrogate to each class; the quadratic form that they share is computed once.
   *
   * @return one fit for each class, in order
   * @throws IllegalArgumentException if a fit in units of the scores would not be a finite number
   */
  public static List<LinearFit> fitAll(Surrogate surrogate, FitInput input) {
    Objects.requireNonNull(surrogate, "surrogate");
    Objects.requireNonNull(input, "input");
    return fit(surrogate, input, 0, input.classes());
  }

  /**
   * Fits a surrogate to one class.
   *
   * @param column which of the classes, from 0
   */
  public static LinearFit fit(Surrogate surrogate, FitInput input, int column) {
    Objects.requireNonNull(surrogate, "surrogate");
    Objects.requireNonNull(input, "input");
    if (column < 0 || column >= input.classes()) {
      throw new IllegalArgumentException(
          "column must be between 0 and " + (input.classes() - 1) + ", got " + column);
    }
    return fit(surrogate, input, column, column + 1).getFirst();
  }

  /** A fit without its standard errors. */
  private record Unjudged(
      FittedLine line, Solution solution, @Nullable Double r2, List<String> notices) {}

  private static List<LinearFit> fit(Surrogate surrogate, FitInput input, int from, int to) {
    QuadraticForm form = QuadraticForm.of(input.gram(), surrogate.intercept());
    List<Unjudged> fits = new ArrayList<>();
    for (int column = from; column < to; column++) {
      fits.add(fit(surrogate, new ClassProblem(input, column, form)));
    }
    String without = without(surrogate, input.columns().noun());
    if (without != null) {
      return fits.stream().map(fit -> judged(fit, SandwichErrors.none(without))).toList();
    }
    Unjudged first = fits.getFirst();
    List<SandwichErrors> errors =
        SandwichErrors.of(
            fits.stream().map(Unjudged::line).toList(),
            first.line().problem().lambda(first.solution().alpha()));
    List<LinearFit> all = new ArrayList<>();
    for (int c = 0; c < fits.size(); c++) {
      all.add(judged(fits.get(c), errors.get(c)));
    }
    return all;
  }

  private static LinearFit judged(Unjudged fit, SandwichErrors errors) {
    FittedLine line = fit.line();
    return line.problem()
        .inUnits(fit.solution(), line.intercept(), errors, fit.r2(), fit.notices());
  }

  private static Unjudged fit(Surrogate surrogate, ClassProblem problem) {
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
    Solution solution =
        constant && surrogate.intercept()
            ? Solution.unpenalized(new double[gram.columns()])
            : solve(surrogate, problem, notices);
    Double r2 =
        constant
            ? null
            : 1 - problem.residual(solution.beta()) * gram.totalWeight() / moments.deviation();
    return new Unjudged(FittedLine.of(problem, solution.beta()), solution, r2, notices);
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

  private static @Nullable String without(Surrogate surrogate, String noun) {
    return switch (surrogate) {
      case Ridge _, LeastSquares _ -> null;
      case L1Ball _, L2Ball _ -> MULTIPLIER;
      case Lasso _, ElasticNet _, KLasso _, ForwardSelection _, BestSubset _, Strongest _ ->
          SELECTED + noun + "s";
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
