package dev.quicklime.profile;

/** What knows the scores of the masks that fits are compared by. */
@FunctionalInterface
interface ReferenceSource {

  /** The masks of a set, drawn, with their scores for all targets and classes. */
  ScoredMasks scored(ReferenceSet set);

  /** Scores them here and now. */
  static ReferenceSource of(SharedPass pass, Tally tally) {
    return set -> {
      ScoredMasks scored = pass.score(set.draw(pass.superpixels()), tally.pass());
      tally.add(set.samples());
      return scored;
    };
  }
}
