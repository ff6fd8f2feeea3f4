package dev.quicklime.design;

/**
 * Scores the rows of a {@link FoldedHadamard}, learns from them how the scores bend, and completes
 * the estimate over many masks that are not scored: double sampling with a regression estimator
 * (Cochran, "Sampling Techniques", 3rd edition, chapter 12). A probability is nearly a fixed
 * function of a weighted sum of what is shown; the interactions that this alone makes, which are
 * the most of what spoils an estimate from few rows, are then known and not sampled.
 *
 * <p>The masks and scores of a run are those of its scored rows. Fits to them are made by {@code
 * DesignFits.completed}.
 */
public record TwoPhase() implements Design {

  private static final int TIMES = 64;
  private static final int FEWEST = 16_384;
  private static final int MOST = 262_144;

  /**
   * How many masks an estimate is completed over: so many times the samples that what is left of
   * sampling error in them is small beside that of the samples.
   *
   * @param samples that are scored, ≥ 1
   */
  public static int unscored(int samples) {
    return Math.clamp((long) TIMES * samples, FEWEST, MOST);
  }
}
