package dev.quicklime.surrogate;

import dev.quicklime.design.MaskMatrix;
import java.util.ArrayList;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Completes samples over masks that nobody scored. With a model g of a class's scores y, δ the
 * weighted least squares fit of y − g on the samples, ỹ = g + δ on all those masks and any linear
 * fit made to ỹ, the fit is that of the difference estimator: what g makes of it is known exactly,
 * and only y − g is sampled.
 */
final class Completion {

  private final FitInput input;
  private final MaskMatrix unscored;
  private final double[] unscoredWeights;

  Completion(FitInput input, MaskMatrix unscored, double[] unscoredWeights) {
    this.input = input;
    this.unscored = unscored;
    this.unscoredWeights = unscoredWeights;
  }

  FitInput input() {
    int classes = input.classes();
    double[] rest = new double[input.masks().rows() * classes];
    double[] completed = new double[unscored.rows() * classes];
    double[][] slopes = new double[classes][0];
    for (int c = 0; c < classes; c++) {
      double[] scores = input.scores(c);
      @Nullable LinkModel model = LinkModel.of(input, c);
      double[] known = model == null ? new double[scores.length] : model.values(input.masks());
      double[] guessed = model == null ? new double[unscored.rows()] : model.values(unscored);
      slopes[c] = model == null ? new double[0] : model.slopes();
      for (int row = 0; row < scores.length; row++) {
        rest[row * classes + c] = scores[row] - known[row];
      }
      for (int row = 0; row < guessed.length; row++) {
        completed[row * classes + c] = guessed[row];
      }
    }
    FitInput residual = input.rescored(rest);
    double[] noise = new double[classes];
    QuadraticForm form = QuadraticForm.of(residual.gram(), true);
    for (int c = 0; c < classes; c++) {
      ClassProblem problem = new ClassProblem(residual, c, form);
      double[] delta = RidgeFits.ridge(0, problem, new ArrayList<>()).beta();
      double intercept = problem.moments().mean() - problem.atMean(delta);
      noise[c] = problem.residual(delta);
      for (int row = 0; row < unscored.rows(); row++) {
        completed[row * classes + c] += unscored.sumShown(row, intercept, delta);
      }
    }
    return FitInput.completion(residual, unscored, scaledWeights(), completed, noise, slopes);
  }

  /** As heavy together as the samples' weights, so that penalties weigh as much as before. */
  private double[] scaledWeights() {
    double total = Arrays.stream(unscoredWeights).sum();
    double factor = input.gram().totalWeight() / total;
    return Arrays.stream(unscoredWeights).map(w -> w * factor).toArray();
  }
}
