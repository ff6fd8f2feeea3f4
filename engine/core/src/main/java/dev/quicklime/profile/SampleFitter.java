package dev.quicklime.profile;

import dev.quicklime.design.MaskMatrix;
import dev.quicklime.locality.Locality;
import dev.quicklime.surrogate.DesignFits;
import dev.quicklime.surrogate.FitInput;
import dev.quicklime.surrogate.Surrogate;
import dev.quicklime.surrogate.SurrogateFitter;
import java.util.Arrays;

/**
 * Fits surrogates of the classes of a profile.
 *
 * @param locality that weighs samples
 * @param classes how many scores a sample has for each target
 */
record SampleFitter(Locality locality, int classes) {

  /**
   * Fits the first samples of some that were drawn.
   *
   * @param target which of the profile's targets, from 0
   * @param samples how many, at most all of them
   */
  SampleFits fit(Surrogate surrogate, DrawnSamples drawn, int target, int samples) {
    ScoredMasks scored = drawn.scored();
    MaskMatrix masks = scored.masks().prefix(samples + 1);
    double[] scores = Arrays.copyOf(scored.scores()[target], (samples + 1) * classes);
    double[] weights = DesignFits.weights(surrogate, drawn.design(), locality, masks);
    FitInput input =
        DesignFits.input(
            drawn.design(),
            scored.samples(),
            locality,
            drawn.seed(),
            masks,
            weights,
            scores,
            classes);
    return new SampleFits(drawn, target, samples, SurrogateFitter.fitAll(surrogate, input));
  }
}
