package dev.quicklime.profile;

import dev.quicklime.ClassExplanation;
import dev.quicklime.Explainer;
import dev.quicklime.Explanation;
import dev.quicklime.PictureScorer;
import dev.quicklime.design.Bernoulli;
import dev.quicklime.design.Design;
import dev.quicklime.image.Image;
import dev.quicklime.model.ScoredClass;
import dev.quicklime.model.Target;
import dev.quicklime.run.Progress;
import dev.quicklime.surrogate.DesignFits;
import dev.quicklime.surrogate.LeastSquares;
import java.util.List;

/**
 * A picture as a profile first looks at it. Owns the pass's scorer.
 *
 * @param classes that are explained
 * @param outputs how many the model has
 * @param pass what scores its masks
 */
record ProfiledPicture(List<ScoredClass> classes, int outputs, SharedPass pass) {

  /** Finds superpixels and classes. */
  static ProfiledPicture of(Explainer explainer, Image picture, ProfileOptions options) {
    for (Design design : options.designs()) {
      DesignFits.check(options.explain().surrogate(), design);
    }
    Explanation look =
        explainer.explain(
            picture,
            options
                .explain()
                .withDesign(Bernoulli.defaults())
                .withSamples(1)
                .withStop(0)
                .withStopError(0)
                .withSurrogate(LeastSquares.defaults())
                .withTarget(options.targets().getFirst()),
            Progress.none());
    List<ScoredClass> classes = look.classes().stream().map(ClassExplanation::scored).toList();
    PictureScorer scorer = explainer.scorer(look.perturbation());
    return new ProfiledPicture(
        classes,
        look.outputs(),
        new SharedPass(
            scorer, classes.stream().map(ScoredClass::index).toList(), options.targets()));
  }

  /** What of a class's score deletion and insertion curves show. */
  Target height() {
    return outputs == 1 ? Target.LOGIT : Target.PROBABILITY;
  }

  void close() {
    pass.scorer().close();
  }
}
