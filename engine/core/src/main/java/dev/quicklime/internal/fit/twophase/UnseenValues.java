package dev.quicklime.internal.fit.twophase;

import dev.quicklime.design.MaskMatrix;
import dev.quicklime.internal.fit.sums.SampleSums;
import java.util.Arrays;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * What models say of masks whose scores they have not seen. A model errs less on the rows that it
 * has learnt from than on others, so that what it leaves of these is too little, and the sum of
 * both leans to the model: by up to nine tenths of its deviation for the superpixels of a picture
 * that interact. So the rows are dealt into folds of neighbours, whole blocks where there are
 * enough; each fold is judged by a model that has learnt from the others, and masks that nobody
 * scored by the mean of all these models. What they leave on average is then what is missing
 * (Chernozhukov et al., "Double/debiased machine learning for treatment and structural parameters",
 * Econometrics Journal 21, 2018).
 *
 * @param ofScored for each scored row; of rows without weight the mean of the models
 * @param ofUnscored for each mask that nobody scored
 * @param folded false where rows are too few for folds, so that one model has seen all of them
 */
@SuppressWarnings("ArrayRecordComponent") // Handed from one method to the next, never compared.
public record UnseenValues(double[] ofScored, double[] ofUnscored, boolean folded) {

  static final int FOLDS = 8;

  /**
   * With fewer rows for each superpixel a model misses the eighth more than leaning costs: with 4
   * the squared error grows by a seventh, with 8 by a twenty-fifth, with 16 by a hundredth.
   */
  private static final int FEWEST_ROWS = 8;

  /**
   * Asks models.
   *
   * @param model that has learnt from all samples
   * @param unscored masks of the same columns
   */
  public static UnseenValues of(
      SampleSums samples, int column, LinkModel model, MaskMatrix unscored) {
    MaskMatrix masks = samples.masks();
    double[] weights = samples.weights();
    if (samples.weightyRows() < FEWEST_ROWS * masks.columns()) {
      return new UnseenValues(model.values(masks), model.values(unscored), false);
    }
    int[] folds = folds(masks.rows(), samples.blockRows());
    double[] known = new double[masks.rows()];
    double[] guessed = new double[unscored.rows()];
    for (int fold = 0; fold < FOLDS; fold++) {
      LinkModel other = without(samples, column, model, folds, fold);
      double[] values = other.values(masks);
      for (int row = 0; row < values.length; row++) {
        if (weights[row] == 0) {
          known[row] += values[row] / FOLDS;
        } else if (folds[row] == fold) {
          known[row] = values[row];
        }
      }
      values = other.values(unscored);
      for (int row = 0; row < values.length; row++) {
        guessed[row] += values[row] / FOLDS;
      }
    }
    return new UnseenValues(known, guessed, true);
  }

  /** What the residuals of the scored rows owe to the models, or to the one that has seen all. */
  public Learnt learnt(LinkModel model) {
    return new Learnt(model.slopes(), folded);
  }

  private static int[] folds(int rows, int blockRows) {
    int blocks = Math.max(1, (rows - 1 + blockRows - 1) / blockRows);
    return IntStream.range(0, rows)
        .map(row -> row == 0 ? 0 : (int) ((long) ((row - 1) / blockRows) * FOLDS / blocks))
        .toArray();
  }

  /** A model that has not seen a fold; the one that has, where the others do not vary. */
  private static LinkModel without(
      SampleSums samples, int column, LinkModel model, int[] folds, int fold) {
    double[] weights = samples.weights().clone();
    double total = Arrays.stream(weights).sum();
    for (int row = 0; row < weights.length; row++) {
      weights[row] = folds[row] == fold ? 0 : weights[row];
    }
    double left = Arrays.stream(weights).sum();
    if (!(left > 0)) {
      return model;
    }
    for (int row = 0; row < weights.length; row++) {
      weights[row] *= total / left;
    }
    @Nullable LinkModel other = LinkModel.near(model, samples, column, weights);
    return other == null ? model : other;
  }
}
