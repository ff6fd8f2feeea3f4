package dev.quicklime.internal.fit.lasso;

import dev.quicklime.InvalidInputException;
import dev.quicklime.internal.fit.linear.ClassProblem;
import dev.quicklime.internal.fit.sums.Gram;
import dev.quicklime.internal.fit.sums.Moments;
import dev.quicklime.internal.fit.sums.SampleSums;
import java.util.Arrays;

/** Chooses α by what fits to a part of the samples say about the rest of them. */
final class CrossValidation {

  private CrossValidation() {}

  /**
   * The α, out of those that are tried, whose fits to all folds but one predict the one left out
   * best, by the weighted sum of squares over all folds. Row i belongs to fold i modulo their
   * number.
   */
  static double choose(int folds, PenalizedFamily family, ClassProblem problem) {
    SampleSums sums = problem.sums();
    int rows = sums.columns().rows();
    if (folds > rows) {
      throw new InvalidInputException(
          "folds must be at most the number of rows, " + rows + ", got " + folds);
    }
    double largest = family.smallestEmpty();
    double[] errors = new double[AlphaSearch.STEPS];
    for (int fold = 0; fold < folds && largest > 0; fold++) {
      double[] inside = sums.weights().clone();
      double[] outside = sums.weights().clone();
      for (int row = 0; row < rows; row++) {
        (row % folds == fold ? inside : outside)[row] = 0;
      }
      if (sum(inside) < Double.MIN_NORMAL || sum(outside) < Double.MIN_NORMAL) {
        // Nothing to fit, or nothing to be judged by.
        continue;
      }
      ClassProblem training = problem.reweighted(inside);
      ClassProblem held = problem.reweighted(outside);
      PenalizedFamily fits = family.of(training);
      for (int step = 1; step <= errors.length; step++) {
        double[] beta = fits.fit(AlphaSearch.step(largest, step));
        errors[step - 1] += error(training, held, beta);
      }
    }
    int best = 0;
    for (int step = 1; step < errors.length; step++) {
      best = errors[step] < errors[best] ? step : best;
    }
    return AlphaSearch.step(largest, best + 1);
  }

  private static double sum(double[] values) {
    return Arrays.stream(values).sum();
  }

  /** Weighted sum of squares of what a fit to some samples leaves of others. */
  private static double error(ClassProblem training, ClassProblem held, double[] beta) {
    Gram gram = held.sums().gram();
    Moments moments = held.moments();
    double intercept = training.intercept() ? training.moments().mean() - training.atMean(beta) : 0;
    // What is left of the mean score before any superpixel is shown.
    double left = moments.mean() - intercept;
    double sum = moments.deviation() + gram.totalWeight() * left * left;
    for (int j = 0; j < beta.length; j++) {
      if (beta[j] != 0) {
        double product = 0;
        for (int k = 0; k < beta.length; k++) {
          product += gram.product(j, k) * beta[k];
        }
        sum += beta[j] * (product - 2 * (moments.product(j) + left * gram.sum(j)));
      }
    }
    return Math.max(0, sum);
  }
}
