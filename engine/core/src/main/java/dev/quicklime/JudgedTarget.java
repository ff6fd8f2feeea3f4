package dev.quicklime;

import dev.quicklime.model.Target;
import java.util.List;

/**
 * What explanations of a picture are judged by. A model with one output has no probability.
 *
 * @param fitted the target that further samples are fitted to
 * @param height what deletion and insertion curves show
 */
record JudgedTarget(Target fitted, Target height) {

  static JudgedTarget of(Explanation explanation, PictureScorer scorer) {
    Target asked = explanation.provenance().options().target();
    List<ScoredClass> shown = explanation.scores();
    boolean single =
        shown.size() == 1 && shown.getFirst().probability() == 1 && scorer.outputs() == 1;
    Target fitted = single && asked != Target.SIGMOID ? Target.LOGIT : asked;
    return new JudgedTarget(
        fitted, fitted == Target.SIGMOID ? fitted : single ? Target.LOGIT : Target.PROBABILITY);
  }
}
