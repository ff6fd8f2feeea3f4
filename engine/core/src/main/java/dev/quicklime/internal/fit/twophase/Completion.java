package dev.quicklime.internal.fit.twophase;

import dev.quicklime.design.MaskMatrix;
import dev.quicklime.internal.fit.linear.ClassProblem;
import dev.quicklime.internal.fit.linear.QuadraticForm;
import dev.quicklime.internal.fit.linear.RidgeFits;
import dev.quicklime.internal.fit.sums.SampleSums;
import java.util.ArrayList;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Samples completed over masks that nobody scored. With a model g of a class's scores y, δ the
 * weighted least squares fit of y − g on the samples, ỹ = g + δ on all those masks and any linear
 * fit made to ỹ, the fit is that of the difference estimator: what g makes of it is known exactly,
 * and only y − g is sampled. Immutable; arrays that it gives are not to be written to.
 */
public final class Completion {

  /**
   * A model that bends learns this many numbers more than a linear one, at most, and needs some.
   */
  private static final int SPARE_ROWS = 16;

  private final SampleSums completed;
  private final SampleSums rest;
  private final double[][] slopes;

  private Completion(SampleSums completed, SampleSums rest, double[][] slopes) {
    this.completed = completed;
    this.rest = rest;
    this.slopes = slopes;
  }

  /**
   * Completes samples.
   *
   * @param scored samples of masks
   * @param unscored masks of the same columns, drawn by the law whose limit is wanted
   * @param unscoredWeights their weights, finite numbers ≥ 0, not all of them 0
   * @return null where there are too few samples to learn a model from
   */
  public static @Nullable Completion of(
      SampleSums scored, MaskMatrix unscored, double[] unscoredWeights) {
    if (scored.weightyRows() <= scored.masks().columns() + SPARE_ROWS) {
      return null;
    }
    int classes = scored.classes();
    double[] rest = new double[scored.masks().rows() * classes];
    double[] completed = new double[unscored.rows() * classes];
    double[][] slopes = new double[classes][0];
    for (int c = 0; c < classes; c++) {
      double[] scores = scored.scores(c);
      @Nullable LinkModel model = LinkModel.of(scored, c);
      double[] known = model == null ? new double[scores.length] : model.values(scored.masks());
      double[] guessed = model == null ? new double[unscored.rows()] : model.values(unscored);
      slopes[c] = model == null ? new double[0] : model.slopes();
      for (int row = 0; row < scores.length; row++) {
        rest[row * classes + c] = scores[row] - known[row];
      }
      for (int row = 0; row < guessed.length; row++) {
        completed[row * classes + c] = guessed[row];
      }
    }
    SampleSums residual = scored.rescored(rest);
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
    double[] weights = asHeavy(unscoredWeights, scored.gram().totalWeight());
    return new Completion(residual.replaced(unscored, weights, completed, noise), residual, slopes);
  }

  /** As heavy together as the samples' weights, so that penalties weigh as much as before. */
  private static double[] asHeavy(double[] unscoredWeights, double scoredTotal) {
    double total = Arrays.stream(unscoredWeights).sum();
    double factor = scoredTotal / total;
    return Arrays.stream(unscoredWeights).map(w -> w * factor).toArray();
  }

  /** The masks that nobody scored, with ỹ. */
  public SampleSums completed() {
    return completed;
  }

  /** The samples, with y − g. */
  public SampleSums rest() {
    return rest;
  }

  /** Working weights of the logistic regression that a class was completed by, or nothing. */
  public double[] slopes(int column) {
    return slopes[column];
  }
}
