package dev.quicklime;

import dev.quicklime.model.Target;

/**
 * What explanations of a picture are judged by. A model with one output has no probability.
 *
 * @param fitted the target that further samples are fitted to
 * @param height what deletion and insertion curves show
 */
record JudgedTarget(Target fitted, Target height) {

  static JudgedTarget of(Explanation explanation) {
    Target fitted = explanation.target();
    if (fitted == Target.SIGMOID) {
      return new JudgedTarget(fitted, fitted);
    }
    return new JudgedTarget(fitted, explanation.outputs() == 1 ? Target.LOGIT : Target.PROBABILITY);
  }
}
