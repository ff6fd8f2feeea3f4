package dev.quicklime.surrogate;

import dev.quicklime.InvalidInputException;
import dev.quicklime.internal.fit.errors.ErrorProblem;
import dev.quicklime.internal.fit.errors.SandwichErrors;
import dev.quicklime.internal.fit.lasso.AlphaRule;
import dev.quicklime.internal.fit.lasso.AlphaSearch;
import dev.quicklime.internal.fit.lasso.BallFits;
import dev.quicklime.internal.fit.lasso.PenalizedFits;
import dev.quicklime.internal.fit.linear.ClassProblem;
import dev.quicklime.internal.fit.linear.FittedLine;
import dev.quicklime.internal.fit.linear.QuadraticForm;
import dev.quicklime.internal.fit.linear.RidgeFits;
import dev.quicklime.internal.fit.linear.Solution;
import dev.quicklime.internal.fit.subset.Selections;
import dev.quicklime.internal.fit.sums.Gram;
import dev.quicklime.internal.fit.sums.MaskColumns;
import dev.quicklime.internal.fit.sums.Moments;
import dev.quicklime.internal.fit.sums.SampleSums;
import dev.quicklime.internal.fit.twophase.Completion;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Fits any {@link Surrogate} to samples. Methods are pure functions, which any thread may call. */
public final class SurrogateFitter {

  private static final String SELECTED = "the same samples chose the ";
  private static final String SUMMED =
      "the samples were summed up, and what the fit leaves of each is known after a second pass";
  private static final String MULTIPLIER = "the samples choose the multiplier";

  private SurrogateFitter() {}

  /**
   * Fits a surrogate to each class; the quadratic form that they share is computed once.
   *
   * @return one fit for each class, in order
   * @throws InvalidInputException if a fit in units of the scores would not be a finite number
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
      throw new InvalidInputException(
          "column must be between 0 and " + (input.classes() - 1) + ", got " + column);
    }
    return fit(surrogate, input, column, column + 1).getFirst();
  }

  /** A fit without its intervals. */
  private record Unjudged(
      FittedLine line, Solution solution, @Nullable Double r2, List<String> notices) {

    LinearFit judged(Intervals intervals) {
      ClassProblem problem = line.problem();
      return new LinearFit(
          finite(problem.unscored(line.intercept())),
          inUnits(solution.beta(), problem),
          intervals,
          solution.alpha(),
          r2,
          solution.gap(),
          notices);
    }
  }

  private static List<LinearFit> fit(Surrogate surrogate, FitInput input, int from, int to) {
    if (surrogate instanceof Shapley && input.sums().keepsRows()) {
      return ShapleyFits.of(input).subList(from, to);
    }
    List<Unjudged> fits = unjudged(surrogate, input, from, to);
    SampleSums sums = input.sums();
    String without = without(surrogate, sums);
    if (without == null && !sums.keepsRows()) {
      without = SUMMED;
    }
    if (without != null) {
      return unjudged(fits, without);
    }
    return judged(
        fits,
        errors(fits, input.completion()),
        input.isCompletion() ? Intervals.Kind.COMPLETED : Intervals.Kind.SANDWICH);
  }

  private static List<Unjudged> unjudged(Surrogate surrogate, FitInput input, int from, int to) {
    SampleSums sums = input.sums();
    if (!sums.keepsRows()) {
      ShardSums.check(surrogate);
    }
    QuadraticForm form = QuadraticForm.of(sums.gram(), surrogate.intercept());
    List<Unjudged> fits = new ArrayList<>();
    for (int column = from; column < to; column++) {
      fits.add(fit(surrogate, new ClassProblem(sums, column, form)));
    }
    return fits;
  }

  private static List<LinearFit> unjudged(List<Unjudged> fits, String why) {
    return fits.stream().map(fit -> fit.judged(new Intervals.None(why))).toList();
  }

  private static List<LinearFit> judged(
      List<Unjudged> fits, List<SandwichErrors> errors, Intervals.Kind kind) {
    List<LinearFit> all = new ArrayList<>();
    for (int c = 0; c < fits.size(); c++) {
      ClassProblem problem = fits.get(c).line().problem();
      all.add(fits.get(c).judged(intervals(errors.get(c), problem, kind)));
    }
    return all;
  }

  /**
   * What is to be done for intervals of fits to sums: {@link Ridge} and {@link LeastSquares} have
   * some, which depend on what the fit leaves of each row.
   *
   * @param all sums of all rows
   * @return nothing where the surrogate has no intervals or these samples allow for none; {@link
   *     #fitAll(Surrogate, FitInput)} then says why
   * @throws InvalidInputException if rows are missing, or the surrogate needs them, not their sums
   */
  public static Optional<SecondPass> secondPass(Surrogate surrogate, ShardSums all) {
    Objects.requireNonNull(surrogate, "surrogate");
    Objects.requireNonNull(all, "all");
    ShardSums.check(surrogate);
    FitInput input = FitInput.of(all);
    if (without(surrogate, input.sums()) != null) {
      return Optional.empty();
    }
    ErrorProblem problem = problem(unjudged(surrogate, input, 0, input.classes()), input.sums());
    return problem.reason() == null
        ? Optional.of(new SecondPass(all.frame(), problem))
        : Optional.empty();
  }

  private static ErrorProblem problem(List<Unjudged> fits, SampleSums sums) {
    return new ErrorProblem(
        sums,
        fits.getFirst().line().problem().intercept(),
        lambda(fits),
        fits.stream().map(fit -> fit.line().beta()).toList());
  }

  /**
   * Fits a surrogate to sums, with the intervals that a second pass over the rows found.
   *
   * @param all sums of all rows
   * @param errors of the {@link #secondPass} for the same sums, of all rows
   * @return one fit for each class, in order
   * @throws InvalidInputException if rows are missing in either, or errors are of other fits
   */
  public static List<LinearFit> fitAll(Surrogate surrogate, ShardSums all, ErrorSums errors) {
    Objects.requireNonNull(surrogate, "surrogate");
    Objects.requireNonNull(all, "all");
    Objects.requireNonNull(errors, "errors");
    FitInput input = FitInput.of(all);
    List<Unjudged> fits = unjudged(surrogate, input, 0, input.classes());
    String without = without(surrogate, input.sums());
    if (without != null) {
      return unjudged(fits, without);
    }
    return judged(
        fits, errors.finished(all.frame(), problem(fits, input.sums())), Intervals.Kind.SANDWICH);
  }

  private static double lambda(List<Unjudged> fits) {
    return fits.getFirst().line().problem().lambda(fits.getFirst().solution().alpha());
  }

  private static List<SandwichErrors> errors(List<Unjudged> fits, @Nullable Completion completion) {
    List<FittedLine> lines = fits.stream().map(Unjudged::line).toList();
    double lambda = lambda(fits);
    return completion == null
        ? SandwichErrors.of(lines, lambda)
        : SandwichErrors.ofCompleted(lines, completion, lambda);
  }

  private static Intervals intervals(
      SandwichErrors errors, ClassProblem problem, Intervals.Kind kind) {
    String reason = errors.reason();
    return reason != null
        ? new Intervals.None(reason)
        : new Intervals.Margins(
            kind,
            inUnits(errors.errors(), problem),
            Arrays.stream(errors.freedom()).boxed().toList());
  }

  private static List<Double> inUnits(double[] values, ClassProblem problem) {
    return Arrays.stream(values).map(v -> finite(problem.unscored(v))).boxed().toList();
  }

  private static double finite(double value) {
    if (!Double.isFinite(value)) {
      throw new InvalidInputException(
          "scores must be so small that a fit to them is a finite number; they are not");
    }
    return value;
  }

  private static Unjudged fit(Surrogate surrogate, ClassProblem problem) {
    Moments moments = problem.moments();
    Gram gram = problem.sums().gram();
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
      case Lasso(Alpha alpha, _) -> PenalizedFits.lasso(rule(alpha), problem, notices);
      case ElasticNet(Alpha alpha, double l1Ratio, _) ->
          PenalizedFits.elasticNet(rule(alpha), l1Ratio, problem, notices);
      case Ridge(double alpha, _) -> RidgeFits.ridge(alpha, problem, notices);
      case LeastSquares _ -> RidgeFits.ridge(0, problem, notices);
      case L1Ball(double radius, _) -> BallFits.l1(radius, problem, notices);
      case L2Ball(double radius, _) -> BallFits.l2(radius, problem, notices);
      case KLasso(int features, double ridge, _) ->
          Selections.kLasso(features, ridge, problem, notices);
      case ForwardSelection(int features, double ridge, _) ->
          Selections.forward(features, ridge, problem, notices);
      case BestSubset(int features, double seconds, _) ->
          Selections.bestSubset(features, seconds, problem, notices);
      case Shapley _ -> throw new IllegalStateException("Shapley values are fitted for themselves");
      case Strongest(int features, Surrogate ranking, double ridge) ->
          Selections.strongest(features, ridge, solve(ranking, problem, notices), problem, notices);
    };
  }

  private static AlphaRule rule(Alpha alpha) {
    return switch (alpha) {
      case Alpha.Fixed(double value) -> (_, _, _) -> value;
      case Alpha.Auto _ -> AlphaSearch::auto;
      case Alpha.Criterion(Alpha.Criterion.Kind kind) ->
          switch (kind) {
            case AIC -> AlphaSearch.criterion(_ -> 2);
            case BIC -> AlphaSearch.criterion(Math::log);
          };
      case Alpha.CrossValidated(int folds) -> AlphaSearch.crossValidated(folds);
      case Alpha.Keeping(int features) -> AlphaSearch.keeping(features);
    };
  }

  /** Why a fit has no intervals, or null: they are about samples that could have been others. */
  private static @Nullable String without(Surrogate surrogate, SampleSums sums) {
    if (sums.columns().exhaustive()) {
      return MaskColumns.NOTHING_LEFT;
    }
    return switch (surrogate) {
      case Ridge _, LeastSquares _, Shapley _ -> null;
      case L1Ball _, L2Ball _ -> MULTIPLIER;
      case Lasso _, ElasticNet _, KLasso _, ForwardSelection _, BestSubset _, Strongest _ ->
          SELECTED + sums.columns().noun() + "s";
    };
  }
}
