package dev.quicklime.internal.fit.twophase;

import dev.quicklime.design.MaskMatrix;
import dev.quicklime.internal.fit.linear.ClassProblem;
import dev.quicklime.internal.fit.linear.QuadraticForm;
import dev.quicklime.internal.fit.linear.RidgeFits;
import dev.quicklime.internal.fit.sums.SampleSums;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Samples completed over masks that nobody scored. With a model g of a class's scores y, δ the
 * weighted least squares fit of y − g on the samples, ỹ = g + δ on all those masks and any linear
 * fit made to ỹ, the fit is that of the difference estimator: what g makes of it is known exactly,
 * and only y − g is sampled. Both are of {@link UnseenValues}, so that it leans nowhere. Immutable;
 * arrays that it gives are not to be written to.
 */
public final class Completion {

  /**
   * A model that bends learns this many numbers more than a linear one, at most, and needs some.
   */
  private static final int SPARE_ROWS = 16;

  private final SampleSums completed;
  private final SampleSums rest;
  private final List<Learnt> learnt;

  private Completion(SampleSums completed, SampleSums rest, List<Learnt> learnt) {
    this.completed = completed;
    this.rest = rest;
    this.learnt = learnt;
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
    double[] seen = new double[scored.masks().rows() * classes];
    double[] unseen = new double[seen.length];
    double[] completed = new double[unscored.rows() * classes];
    List<Learnt> learnt = new ArrayList<>();
    for (int c = 0; c < classes; c++) {
      double[] scores = scored.scores(c);
      @Nullable LinkModel model = LinkModel.of(scored, c);
      double[] known = model == null ? new double[scores.length] : model.values(scored.masks());
      UnseenValues others =
          model == null
              ? new UnseenValues(known, new double[unscored.rows()], false)
              : UnseenValues.of(scored, c, model, unscored);
      learnt.add(model == null ? Learnt.NOTHING : others.learnt(model));
      for (int row = 0; row < scores.length; row++) {
        seen[row * classes + c] = scores[row] - known[row];
        unseen[row * classes + c] = scores[row] - others.ofScored()[row];
      }
      for (int row = 0; row < unscored.rows(); row++) {
        completed[row * classes + c] = others.ofUnscored()[row];
      }
    }
    SampleSums rest = scored.rescored(unseen);
    double[] noise = new double[classes];
    QuadraticForm form = QuadraticForm.of(rest.gram(), true);
    SampleSums missed = scored.rescored(seen);
    for (int c = 0; c < classes; c++) {
      noise[c] = new Line(missed, c, form).noise();
      double[] delta = new Line(rest, c, form).of(unscored);
      for (int row = 0; row < unscored.rows(); row++) {
        completed[row * classes + c] += delta[row];
      }
    }
    double[] weights = asHeavy(unscoredWeights, scored.gram().totalWeight());
    return new Completion(rest.replaced(unscored, weights, completed, noise), rest, learnt);
  }

  /** A weighted least squares fit. */
  private static final class Line {
    final ClassProblem problem;
    final double[] beta;

    Line(SampleSums sums, int column, QuadraticForm form) {
      problem = new ClassProblem(sums, column, form);
      beta = RidgeFits.ridge(0, problem, new ArrayList<>()).beta();
    }

    double[] of(MaskMatrix masks) {
      return new ShownSums(beta).of(masks, problem.moments().mean() - problem.atMean(beta));
    }

    double noise() {
      return problem.residual(beta);
    }
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

  /** What y − g of a class owes to g. */
  public Learnt learnt(int column) {
    return learnt.get(column);
  }
}
