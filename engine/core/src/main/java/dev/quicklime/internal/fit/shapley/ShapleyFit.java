package dev.quicklime.internal.fit.shapley;

import dev.quicklime.InvalidInputException;
import dev.quicklime.design.Leverage;
import dev.quicklime.design.MaskMatrix;
import dev.quicklime.design.MaskSampler;
import dev.quicklime.design.TwoPhase;
import dev.quicklime.internal.fit.sums.MaskColumns;
import dev.quicklime.internal.fit.sums.SampleSums;
import dev.quicklime.internal.fit.twophase.Learnt;
import dev.quicklime.internal.fit.twophase.LinkModel;
import dev.quicklime.internal.fit.twophase.UnseenValues;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Fits Shapley values to scored masks, among them the full picture and the empty one. A model g of
 * the scores that bends is learnt from the samples where it leaves less of them than a linear one;
 * the values are then those of g over many masks that nobody scored, plus the fit of y − g to the
 * samples. Both fits meet the full and the empty picture, so that their sum does.
 */
public final class ShapleyFit {

  /**
   * A model that bends learns this many numbers more than a linear one, at most, and needs some.
   */
  private static final int SPARE_ROWS = 16;

  /** Masks that nobody scores have nothing in common with those that are. */
  private static final long OTHER_SEED = 0x6A09_E667_F3BC_C909L;

  private final SampleSums sums;
  private final MaskMatrix masks;
  private final int full;
  private final int empty;
  private final boolean enumerated;
  private final ConstrainedFit fit;
  private @Nullable Unscored unscored;

  private ShapleyFit(SampleSums sums) {
    this.sums = sums;
    masks = sums.masks();
    full = row(masks.columns(), "full");
    empty = row(0, "empty");
    enumerated = MaskColumns.everyMaskOnce(masks);
    fit = new ConstrainedFit(sums.gram());
  }

  private int row(int shown, String name) {
    for (int row = 0; row < masks.rows(); row++) {
      if (masks.countShown(row) == shown) {
        return row;
      }
    }
    throw new InvalidInputException(
        "Shapley values need the score of the %s picture, got %s masks without it"
            .formatted(name, masks.rows()));
  }

  /** Masks that nobody scores, for all classes. */
  @SuppressWarnings("ArrayRecordComponent") // Handed from one method to the next, never compared.
  private record Unscored(
      MaskMatrix masks, double[] weights, MaskColumns columns, ConstrainedFit fit) {

    static Unscored of(int samples, int superpixels) {
      MaskMatrix masks =
          MaskSampler.draw(new Leverage(), TwoPhase.unscored(samples), superpixels, OTHER_SEED);
      double[] weights = ShapleyWeights.of(new Leverage(), masks);
      MaskColumns columns = new MaskColumns(masks);
      return new Unscored(masks, weights, columns, new ConstrainedFit(columns.gram(weights)));
    }
  }

  /**
   * Fits every class.
   *
   * @param sums of masks, weighed by {@link ShapleyWeights}
   * @throws InvalidInputException if no mask is full or none is empty
   */
  public static List<ShapleyValues> of(SampleSums sums) {
    ShapleyFit fit = new ShapleyFit(sums);
    List<ShapleyValues> all = new ArrayList<>();
    for (int c = 0; c < sums.classes(); c++) {
      all.add(fit.fit(c));
    }
    return all;
  }

  /** An estimate with its errors. */
  @SuppressWarnings("ArrayRecordComponent") // Handed from one method to the next, never compared.
  private record Estimate(double[] values, ShapleyErrors errors, boolean completed) {}

  private ShapleyValues fit(int column) {
    double[] scores = sums.scores(column);
    Estimate best = direct(column, scores);
    if (!enumerated && best.errors().known() && sums.weightyRows() > masks.columns() + SPARE_ROWS) {
      LinkModel model = LinkModel.of(sums, column);
      if (model != null) {
        Estimate completed = completed(column, scores, model);
        if (completed.errors().known()
            && completed.errors().sumOfSquares() < best.errors().sumOfSquares()) {
          best = completed;
        }
      }
    }
    return new ShapleyValues(
        best.values(),
        scores[empty],
        best.errors().errors(),
        best.errors().freedom(),
        best.errors().without(),
        best.completed(),
        fit.determined(),
        r2(column, scores, best.values()));
  }

  private Estimate direct(int column, double[] scores) {
    double start = scores[empty];
    double[] values = fit.solve(sums.moments(column), start, scores[full] - start);
    ShapleyErrors errors =
        enumerated
            ? ShapleyErrors.none(MaskColumns.NOTHING_LEFT)
            : ShapleyErrors.of(
                masks, sums.weights(), sums.blockRows(), scores, start, values, Learnt.NOTHING);
    return new Estimate(values, errors, false);
  }

  private Estimate completed(int column, double[] scores, LinkModel model) {
    if (unscored == null) {
      unscored = Unscored.of(masks.rows() - 1, masks.columns());
    }
    UnseenValues others = UnseenValues.of(sums, column, model, unscored.masks());
    double[] known = others.ofScored();
    double[] rest = new double[scores.length];
    for (int row = 0; row < rest.length; row++) {
      rest[row] = scores[row] - known[row];
    }
    double[] values =
        fit.solve(
            sums.columns().moments(sums.weights(), rest, 1).getFirst(),
            rest[empty],
            rest[full] - rest[empty]);
    Learnt learnt = others.learnt(model);
    ShapleyErrors sampled =
        ShapleyErrors.of(
            masks, sums.weights(), sums.blockRows(), rest, rest[empty], values, learnt);
    if (!sampled.known()) {
      return new Estimate(values, sampled, true);
    }
    double[] guessed = others.ofUnscored();
    double[] ofModel =
        unscored
            .fit()
            .solve(
                unscored.columns().moments(unscored.weights(), guessed, 1).getFirst(),
                known[empty],
                known[full] - known[empty]);
    ShapleyErrors left =
        ShapleyErrors.of(
            unscored.masks().prefix(Math.min(unscored.masks().rows(), ShapleyErrors.UNSCORED_ROWS)),
            unscored.weights(),
            2,
            guessed,
            known[empty],
            ofModel,
            Learnt.NOTHING);
    for (int j = 0; j < values.length; j++) {
      values[j] += ofModel[j];
    }
    double blocks = (double) sums.weightyRows() / sums.blockRows();
    double factor = learnt.factor(masks.columns(), blocks);
    double share = (double) ShapleyErrors.UNSCORED_ROWS / unscored.masks().rows();
    return new Estimate(values, sampled.with(factor, left, Math.min(1, share)), true);
  }

  private @Nullable Double r2(int column, double[] scores, double[] values) {
    double deviation = sums.moments(column).deviation();
    if (!(deviation > 0)) {
      return null;
    }
    double left = 0;
    for (int row = 0; row < scores.length; row++) {
      double off = scores[row] - masks.sumShown(row, scores[empty], values);
      left += sums.weights()[row] * off * off;
    }
    return 1 - left / deviation;
  }
}
