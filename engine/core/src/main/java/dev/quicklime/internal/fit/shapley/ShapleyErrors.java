package dev.quicklime.internal.fit.shapley;

import dev.quicklime.design.MaskMatrix;
import dev.quicklime.internal.fit.errors.SandwichErrors;
import dev.quicklime.internal.fit.linear.ClassProblem;
import dev.quicklime.internal.fit.linear.FittedLine;
import dev.quicklime.internal.fit.linear.QuadraticForm;
import dev.quicklime.internal.fit.sums.RealColumns;
import dev.quicklime.internal.fit.sums.SampleSums;
import dev.quicklime.internal.fit.twophase.Learnt;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Standard errors of Shapley values: those of {@link SandwichErrors} for the regression that is
 * left once the constraint is met, of y − e − c·|z|/d on masks whose mean over their columns is
 * taken off. A few rows of ones, whose score is 0, stand for the direction that the constraint
 * decides; they are met exactly and leave nothing to chance.
 *
 * @param errors d numbers, or nothing
 * @param freedom their degrees of freedom, or nothing
 * @param without why there are none, or null
 */
@SuppressWarnings("ArrayRecordComponent") // Handed from one method to the next, never compared.
record ShapleyErrors(double[] errors, double[] freedom, @Nullable String without) {

  /** So many masks that nobody scored tell how much all of them leave to chance. */
  static final int UNSCORED_ROWS = 2049;

  /** Errors of more rows follow from those of so many of them. */
  private static final int MOST_ROWS = 16_384;

  /** Beyond this they would take longer than everything else together. */
  private static final int MOST_COLUMNS = 1024;

  /** Rows of ones: the first is a block of its own, and a row alone would decide its direction. */
  private static final int ONES = 3;

  /** How much more their direction is determined than others, so that they take nothing of them. */
  private static final double FIRM = 1e4;

  static ShapleyErrors none(String why) {
    return new ShapleyErrors(new double[0], new double[0], why);
  }

  /**
   * Computes them.
   *
   * @param weights of the rows, and of more where these are the first of some
   * @param blockRows how many consecutive rows after row 0 depend on each other, 1 or 2
   * @param scores of the rows, and of more
   * @param empty score of the empty picture
   * @param values fitted to the scores
   * @param learnt what the models have taken whose residuals the scores are
   */
  static ShapleyErrors of(
      MaskMatrix masks,
      double[] weights,
      int blockRows,
      double[] scores,
      double empty,
      double[] values,
      Learnt learnt) {
    int d = masks.columns();
    if (d > MOST_COLUMNS) {
      return none("more than " + MOST_COLUMNS + " superpixels");
    }
    int first = 0;
    // The full and the empty picture come first, which no block holds.
    while (first < masks.rows() && weights[first] == 0) {
      first++;
    }
    int rows = Math.min(masks.rows() - first, MOST_ROWS);
    double sum = Arrays.stream(values).sum();
    double[] shares = new double[d];
    for (int j = 0; j < d; j++) {
      shares[j] = values[j] - sum / d;
    }
    double total = 0;
    double[] cells = new double[(rows + ONES) * d];
    double[] left = new double[rows + ONES];
    double[] heavy = new double[left.length];
    double[] slopes = learnt.slopes();
    double[] working = slopes.length == 0 ? slopes : new double[left.length];
    for (int i = 0, row = first, at = ONES; i < rows; i++, row++, at++) {
      double mean = (double) masks.countShown(row) / d;
      for (int j = 0; j < d; j++) {
        cells[at * d + j] = (masks.shown(row, j) ? 1 : 0) - mean;
      }
      left[at] = scores[row] - empty - sum * mean;
      heavy[at] = weights[row];
      total += weights[row];
      if (slopes.length > 0) {
        working[at] = slopes[row];
      }
    }
    if (total == 0) {
      return none("no samples between the empty and the full picture");
    }
    double one = Math.sqrt(2 * FIRM / d);
    Arrays.fill(cells, 0, ONES * d, one);
    Arrays.fill(heavy, 0, ONES, total / ONES);
    SampleSums sums = SampleSums.of(new RealColumns(d, cells), heavy, left, 1, blockRows);
    ClassProblem problem = new ClassProblem(sums, 0, QuadraticForm.of(sums.gram(), false));
    SandwichErrors found =
        SandwichErrors.of(
                List.of(FittedLine.of(problem, shares)),
                List.of(new Learnt(working, learnt.unseen())),
                0)
            .getFirst();
    String reason = found.reason();
    if (reason != null) {
      return none(reason);
    }
    double some = Math.sqrt(rows / (double) (masks.rows() - first));
    return new ShapleyErrors(
        Arrays.stream(found.errors()).map(e -> e * some).toArray(), found.freedom(), null);
  }

  boolean known() {
    return without == null;
  }

  double sumOfSquares() {
    return Arrays.stream(errors).map(e -> e * e).sum();
  }

  /**
   * Errors of a sum of two estimates that have no masks in common.
   *
   * @param times by how much these errors are larger than they look
   * @param other errors of the other estimate from some of its masks; none count as 0
   * @param share which share of its masks that were
   */
  ShapleyErrors with(double times, ShapleyErrors other, double share) {
    double[] both = new double[errors.length];
    for (int j = 0; j < both.length; j++) {
      double theirs = other.known() ? other.errors[j] * other.errors[j] * share : 0;
      both[j] = Math.sqrt(times * times * errors[j] * errors[j] + theirs);
    }
    return new ShapleyErrors(both, freedom, null);
  }
}
