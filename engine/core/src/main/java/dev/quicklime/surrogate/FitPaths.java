package dev.quicklime.surrogate;

import dev.quicklime.internal.fit.lasso.CoefficientPath;
import dev.quicklime.internal.fit.lasso.LarsPath;
import dev.quicklime.internal.fit.lasso.LassoPath;
import dev.quicklime.internal.fit.linear.ClassProblem;
import dev.quicklime.internal.fit.linear.QuadraticForm;
import dev.quicklime.internal.fit.sums.SampleSums;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;

/**
 * All fits of one class with an ℓ1 penalty, as the knots where their coefficients bend; from the
 * smallest α that removes every coefficient down to 0, or to where columns that depend on each
 * other leave open which of them comes next. All methods are pure functions.
 */
public final class FitPaths {

  private FitPaths() {}

  /**
   * Every fit of a {@link Lasso}: at each knot a superpixel gets a coefficient or loses it.
   *
   * @param column which of the classes, from 0
   * @param intercept whether fits have an intercept
   * @return knots of decreasing α, at least one
   */
  public static List<PathKnot> lasso(FitInput input, int column, boolean intercept) {
    Objects.requireNonNull(input, "input");
    ClassProblem problem = problem(input, column, intercept);
    return knots(problem, LassoPath.of(problem.equations(), 0));
  }

  /**
   * Least angle regression: at each knot a superpixel comes in, and none ever leaves.
   *
   * @param column which of the classes, from 0
   * @param intercept whether fits have an intercept
   * @return knots of decreasing α, at least one
   */
  public static List<PathKnot> lars(FitInput input, int column, boolean intercept) {
    Objects.requireNonNull(input, "input");
    ClassProblem problem = problem(input, column, intercept);
    return knots(problem, LarsPath.of(problem.equations(), 0));
  }

  private static ClassProblem problem(FitInput input, int column, boolean intercept) {
    SampleSums sums = input.sums();
    return new ClassProblem(sums, column, QuadraticForm.of(sums.gram(), intercept));
  }

  private static List<PathKnot> knots(ClassProblem problem, CoefficientPath path) {
    List<PathKnot> knots = new ArrayList<>();
    for (int knot = 0; knot < path.knots(); knot++) {
      double alpha = path.alpha(knot);
      knots.add(
          new PathKnot(
              problem.unscored(alpha),
              Arrays.stream(path.coefficients(alpha)).map(problem::unscored).boxed().toList()));
    }
    return knots;
  }
}
