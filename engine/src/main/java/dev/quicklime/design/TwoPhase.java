package dev.quicklime.design;

/**
 * Scores the rows of a {@link FoldedHadamard}, learns from them how the scores bend, and completes
 * the estimate over many masks that are not scored: double sampling with a regression estimator
 * (Cochran, "Sampling Techniques", 3rd edition, chapter 12). A probability is nearly a fixed
 * function of a weighted sum of what is shown; the interactions that this alone makes, which are
 * the most of what spoils an estimate from few rows, are then known and not sampled.
 *
 * <p>The masks and scores of a run are those of its scored rows. Fits to them are made by {@code
 * FitInput.completed}.
 */
public record TwoPhase() implements Design {

  /** Masks over which an estimate is completed. */
  public static final int UNSCORED = 16_384;
}
