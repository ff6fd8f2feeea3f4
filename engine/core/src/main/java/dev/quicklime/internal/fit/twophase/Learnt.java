package dev.quicklime.internal.fit.twophase;

/**
 * What models have taken of the residuals that they left, before a line was fitted to these: what
 * they had seen, by a row's leverage; or of {@link UnseenValues} nothing, but there each model's
 * own error is in them. With h numbers learnt for each block of rows, which all but one fold in F
 * have shown, residuals of the others are too large by 1 + h·F/(F − 1) in their squares.
 *
 * @param slopes working weights of a logistic regression that residuals were left by; nothing where
 *     it was the line alone
 * @param unseen whether models had not seen the rows whose residuals they are
 */
@SuppressWarnings("ArrayRecordComponent") // Handed from one method to the next, never compared.
public record Learnt(double[] slopes, boolean unseen) {

  /** Nothing but the line that was fitted. */
  public static final Learnt NOTHING = new Learnt(new double[0], false);

  /**
   * A factor on standard errors of a line through the residuals.
   *
   * @param columns superpixels
   * @param blocks rows, or pairs of them, that do not depend on each other
   */
  public double factor(int columns, double blocks) {
    if (!unseen) {
      // Leverages make up for the index, not for the curve over it.
      return Math.sqrt(blocks / (blocks - LinkModel.MOST_TERMS));
    }
    double numbers = (columns + LinkModel.MOST_TERMS) / blocks;
    return 1 / Math.sqrt(1 + numbers * UnseenValues.FOLDS / (UnseenValues.FOLDS - 1));
  }
}
