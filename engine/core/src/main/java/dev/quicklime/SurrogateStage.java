package dev.quicklime;

import dev.quicklime.design.MaskMatrix;
import dev.quicklime.locality.Locality;
import dev.quicklime.model.ScoredClass;
import dev.quicklime.model.Target;
import dev.quicklime.surrogate.DesignFits;
import dev.quicklime.surrogate.FitInput;
import dev.quicklime.surrogate.LinearFit;
import dev.quicklime.surrogate.Shapley;
import dev.quicklime.surrogate.SurrogateFitter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** From scored samples to the fits of the explained classes. */
final class SurrogateStage {

  /** Under this many effective samples for each superpixel a fit is unsure. */
  private static final int SAMPLES_PER_SUPERPIXEL = 5;

  private SurrogateStage() {}

  /** Weights of samples in a fit. */
  static double[] weights(MaskMatrix masks, ExplainOptions options) {
    return DesignFits.weights(options.surrogate(), options.design(), options.locality(), masks);
  }

  /**
   * The same, and what a reader should know where they leave little. A stop rule measures what they
   * leave, and says so itself where that is too little.
   */
  static double[] weights(MaskMatrix masks, ExplainOptions options, List<String> notices) {
    double[] weights = weights(masks, options);
    if (options.stops()) {
      return weights;
    }
    notices.addAll(sparse(Locality.effectiveSamples(weights), masks.columns(), options));
    return weights;
  }

  /** What a reader should know where weights leave little; nothing where they do not. */
  static List<String> sparse(double effective, int superpixels, ExplainOptions options) {
    int wanted = SAMPLES_PER_SUPERPIXEL * superpixels;
    if (!(effective < wanted)) {
      return List.of();
    }
    return List.of(
        String.format(
            Locale.ROOT,
            "the weights leave %.0f effective samples for %d superpixels; a steady fit wants %d"
                + " or more: draw more samples%s",
            effective,
            superpixels,
            wanted,
            options.surrogate() instanceof Shapley
                ? " or take fewer superpixels"
                : ", take fewer superpixels or a larger width"));
  }

  /**
   * Fits the surrogate that the options name to samples that were drawn by them.
   *
   * @param target what their scores are
   */
  static List<ClassExplanation> fit(
      List<ScoredClass> explained, Samples samples, Target target, ExplainOptions options) {
    FitInput input =
        input(
            options, samples.masks(), samples.ownWeights(), samples.ownScores(), explained.size());
    return explained(explained, SurrogateFitter.fitAll(options.surrogate(), input), target);
  }

  /** Classes with their fits, and what is doubtful of these. */
  static List<ClassExplanation> explained(
      List<ScoredClass> explained, List<LinearFit> fits, Target target) {
    List<ClassExplanation> classes = new ArrayList<>();
    for (int c = 0; c < explained.size(); c++) {
      LinearFit fit = fits.get(c);
      String doubt = target.doubt(fit.localPrediction());
      classes.add(
          new ClassExplanation(explained.get(c), doubt == null ? fit : fit.noticing(doubt)));
    }
    return classes;
  }

  /** What fits of some samples are made from, with what their design adds to them. */
  static FitInput input(
      ExplainOptions options, MaskMatrix masks, double[] weights, double[] scores, int classes) {
    return DesignFits.input(
        options.design(),
        options.samples(),
        options.locality(),
        options.seed(),
        masks,
        weights,
        scores,
        classes);
  }
}
