package dev.quicklime.surrogate;

import dev.quicklime.InvalidInputException;
import dev.quicklime.design.Design;
import dev.quicklime.design.FoldedHadamard;
import dev.quicklime.design.MaskMatrix;
import dev.quicklime.design.MaskSampler;
import dev.quicklime.design.TwoPhase;
import dev.quicklime.internal.fit.shapley.ShapleyWeights;
import dev.quicklime.internal.fit.twophase.Completion;
import dev.quicklime.locality.Locality;
import java.util.Arrays;
import java.util.Objects;

/** Sums samples up as the design that they were drawn by wants it. */
public final class DesignFits {

  /** Masks that nobody scores have nothing in common with those that are. */
  private static final long OTHER_SEED = 0x5851_F42D_4C95_7F2DL;

  private DesignFits() {}

  /**
   * Refuses a design by whose samples a surrogate cannot be fitted.
   *
   * @throws InvalidInputException for {@link Shapley} values with other designs than a {@link
   *     dev.quicklime.design.Leverage} or an {@link dev.quicklime.design.Exhaustive} one
   */
  public static void check(Surrogate surrogate, Design design) {
    Objects.requireNonNull(surrogate, "surrogate");
    Objects.requireNonNull(design, "design");
    if (surrogate instanceof Shapley) {
      ShapleyWeights.check(design);
    }
  }

  /**
   * Weights of samples in a fit; row 0, the original, has none where it would spoil the balance of
   * its design. {@link Shapley} values weigh by what their design draws, and have no locality.
   *
   * @param masks row 0 shows everything
   * @throws InvalidInputException if the surrogate cannot be fitted to samples of the design
   */
  public static double[] weights(
      Surrogate surrogate, Design design, Locality locality, MaskMatrix masks) {
    Objects.requireNonNull(surrogate, "surrogate");
    Objects.requireNonNull(design, "design");
    Objects.requireNonNull(locality, "locality");
    Objects.requireNonNull(masks, "masks");
    if (surrogate instanceof Shapley) {
      return ShapleyWeights.of(design, masks);
    }
    double[] weights = locality.weights(masks);
    if (!design.fitsOriginal()) {
      weights[0] = 0;
    }
    return weights;
  }

  /**
   * Sums up samples; see {@link FitInput#of}.
   *
   * @param design what the masks were drawn by
   * @param drawn how many samples were drawn, of which the masks may be the first only
   * @param locality what the weights come from
   * @param seed the seed of the masks
   */
  public static FitInput input(
      Design design,
      int drawn,
      Locality locality,
      long seed,
      MaskMatrix masks,
      double[] weights,
      double[] scores,
      int classes) {
    Objects.requireNonNull(design, "design");
    Objects.requireNonNull(locality, "locality");
    Objects.requireNonNull(masks, "masks");
    Objects.requireNonNull(weights, "weights");
    Objects.requireNonNull(scores, "scores");
    int blockRows = MaskSampler.blockRows(design, drawn, masks.columns());
    int balancedRows = MaskSampler.balancedRows(design, drawn, masks.columns());
    FitInput input = FitInput.of(masks, weights, scores, classes, blockRows, balancedRows);
    if (!(design instanceof TwoPhase)) {
      return input;
    }
    MaskMatrix unscored =
        MaskSampler.draw(
            new FoldedHadamard(),
            TwoPhase.unscored(masks.rows() - 1),
            masks.columns(),
            seed ^ OTHER_SEED);
    double[] unscoredWeights = locality.weights(unscored);
    unscoredWeights[0] = 0;
    return completed(input, unscored, unscoredWeights);
  }

  /**
   * Sums up the scores of all rows of an explanation that were gathered from its shards, for
   * surrogates and designs that need rows, see {@link ShardSums#check}: masks and weights are made
   * once more, as one process makes them.
   *
   * @param scores finite numbers, one for each class, row by row, of all rows
   * @throws InvalidInputException if scores are not as many or not finite, or if the surrogate
   *     cannot be fitted to samples of the design
   */
  public static FitInput gathered(Surrogate surrogate, ShardFrame frame, double[] scores) {
    Objects.requireNonNull(surrogate, "surrogate");
    Objects.requireNonNull(frame, "frame");
    Objects.requireNonNull(scores, "scores");
    RowRange all = new RowRange(0, frame.rows());
    frame.check(all, scores);
    MaskMatrix masks = frame.masks(all);
    return input(
        frame.design(),
        frame.samples(),
        frame.locality(),
        frame.seed(),
        masks,
        weights(surrogate, frame.design(), frame.locality(), masks),
        scores,
        frame.classes());
  }

  /**
   * Samples of masks with their estimate completed over masks that nobody scored, as a {@link
   * TwoPhase} design has it: a model that bends is learnt from the samples; what it misses of them
   * is fitted linearly; and both together stand in for the scores of all these masks. In the limit
   * of many samples every surrogate comes to the same fit as without.
   *
   * @param samples masks with scores, not completed before
   * @param unscored masks of the same columns, drawn by the law whose limit is wanted
   * @param unscoredWeights their weights, finite numbers ≥ 0, not all of them 0
   * @return the completed samples; or the same, where there are too few to learn from
   * @throws InvalidInputException if sizes do not match
   */
  public static FitInput completed(
      FitInput samples, MaskMatrix unscored, double[] unscoredWeights) {
    Objects.requireNonNull(samples, "samples");
    Objects.requireNonNull(unscored, "unscored");
    Objects.requireNonNull(unscoredWeights, "unscoredWeights");
    int columns = samples.masks().columns();
    if (unscored.columns() != columns || unscoredWeights.length != unscored.rows()) {
      throw new InvalidInputException(
          "unscored masks must have %s columns and as many weights as rows, got %s, %s and %s"
              .formatted(columns, unscored.columns(), unscoredWeights.length, unscored.rows()));
    }
    if (!(Arrays.stream(unscoredWeights).sum() > 0)) {
      throw new InvalidInputException("unscored masks must have a weight above 0, got none");
    }
    Completion completion = Completion.of(samples.sums(), unscored, unscoredWeights);
    return completion == null ? samples : FitInput.of(completion);
  }
}
