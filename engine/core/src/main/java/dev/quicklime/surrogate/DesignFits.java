package dev.quicklime.surrogate;

import dev.quicklime.design.Design;
import dev.quicklime.design.FoldedHadamard;
import dev.quicklime.design.MaskMatrix;
import dev.quicklime.design.MaskSampler;
import dev.quicklime.design.TwoPhase;
import dev.quicklime.locality.Locality;
import java.util.Objects;

/** Sums samples up as the design that they were drawn by wants it. */
public final class DesignFits {

  /** Masks that nobody scores have nothing in common with those that are. */
  private static final long OTHER_SEED = 0x5851_F42D_4C95_7F2DL;

  private DesignFits() {}

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
    FitInput input = FitInput.of(masks, weights, scores, classes, blockRows);
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
    return input.completed(unscored, unscoredWeights);
  }
}
