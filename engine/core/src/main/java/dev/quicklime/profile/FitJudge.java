package dev.quicklime.profile;

import dev.quicklime.PictureScorer;
import dev.quicklime.design.MaskMatrix;
import dev.quicklime.fidelity.Deviation;
import dev.quicklime.fidelity.HeldOut;
import dev.quicklime.fidelity.Removal;
import dev.quicklime.fidelity.StopRule;
import dev.quicklime.model.Target;
import dev.quicklime.run.Progress;
import dev.quicklime.surrogate.DesignFits;
import dev.quicklime.surrogate.LinearFit;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Says how good fits are: how far from the converged ones, and how well they tell what they have
 * not seen.
 */
final class FitJudge {

  private final SharedPass pass;
  private final List<HeldOut> heldOut;
  private final References references;
  private final Target height;

  private FitJudge(SharedPass pass, List<HeldOut> heldOut, References references, Target height) {
    this.pass = pass;
    this.heldOut = heldOut;
    this.references = references;
    this.height = height;
  }

  /**
   * Asks for what fits are judged by.
   *
   * @param height what of a class's score deletion and insertion curves show
   */
  static FitJudge prepare(
      ProfileOptions options,
      SharedPass pass,
      SampleFitter fitter,
      Target height,
      ReferenceSource source) {
    ReferenceSet set = ReferenceSet.unseen(options);
    ScoredMasks unseen = source.scored(set);
    double[] weights =
        DesignFits.weights(
            options.explain().surrogate(),
            set.design(),
            options.explain().locality(),
            unseen.masks());
    weights[0] = 0;
    List<HeldOut> heldOut =
        Arrays.stream(unseen.scores())
            .map(target -> new HeldOut(unseen.masks(), weights, target, pass.classes().size()))
            .toList();
    return new FitJudge(pass, heldOut, References.fit(options, source, fitter), height);
  }

  References references() {
    return references;
  }

  /**
   * A row for every class.
   *
   * @param stop the bound of the stop rule that set the number of samples, or 0
   * @param seconds that scoring and fitting took
   * @param curves whether deletion and insertion are scored
   */
  List<ProfileRow> rows(SampleFits fitted, double stop, double seconds, boolean curves) {
    DrawnSamples drawn = fitted.drawn();
    Target target = pass.targets().get(fitted.target());
    Reference reference = references.of(drawn.design(), target);
    int strongest = StopRule.strongest(pass.superpixels());
    List<ProfileRow> found = new ArrayList<>();
    for (int c = 0; c < fitted.fits().size(); c++) {
      LinearFit fit = fitted.fits().get(c);
      int index = pass.classes().get(c);
      List<Integer> order = Removal.order(fit);
      found.add(
          new ProfileRow(
              new FitSetting(drawn.design(), target, index, fitted.samples(), stop, drawn.seed()),
              new FitQuality(
                  Deviation.relative(fit, reference.fits().get(c)),
                  Deviation.coverage(fit, reference.fits().get(c)),
                  heldOut.get(fitted.target()).r2(fit, c),
                  fit.r2(),
                  curves ? area(Removal.deletion(order), index) : null,
                  curves ? area(Removal.insertion(order), index) : null),
              fit.selected().stream().limit(strongest).toList(),
              Deviation.missed(fit, reference.fits().get(c)),
              fitted.samples() + 1,
              seconds));
    }
    return found;
  }

  private double area(MaskMatrix masks, int classIndex) {
    PictureScorer scorer = pass.scorer();
    return Removal.area(
        scorer.score(masks, List.of(classIndex), List.of(height), Progress.none())[0]);
  }
}
