package dev.quicklime.profile;

import dev.quicklime.design.Design;
import dev.quicklime.design.MaskSampler;
import dev.quicklime.fidelity.StopRule;
import dev.quicklime.internal.scoring.Rounds;
import dev.quicklime.surrogate.Surrogate;

/**
 * Finds where a stop rule would have ended an explanation whose samples are scored already.
 *
 * @param bound of the rule
 * @param batch pictures that the model scores at once
 * @param surrogate of the explanation
 * @param fitter of the rule's looks and of the explanation
 */
record StopReplay(double bound, int batch, Surrogate surrogate, SampleFitter fitter) {

  /**
   * The fits that the explanation would have shown.
   *
   * @param drawn as many samples as there may be at most
   * @param target which of the profile's targets, from 0
   */
  SampleFits fit(DrawnSamples drawn, int target) {
    Design design = drawn.design();
    int superpixels = drawn.scored().masks().columns();
    int most = drawn.scored().samples();
    int blockRows = MaskSampler.blockRows(design, most, superpixels);
    StopRule rule = new StopRule(bound);
    int samples = 0;
    for (int end : Rounds.ends(design, most + 1, superpixels, batch)) {
      samples = Rounds.samples(end, most + 1, blockRows);
      if (rule.look(
          samples, fitter.fit(StopRule.judged(surrogate), drawn, target, samples).fits())) {
        break;
      }
    }
    return fitter.fit(surrogate, drawn, target, samples);
  }
}
