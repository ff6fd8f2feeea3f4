package dev.quicklime.profile;

import dev.quicklime.PictureScorer;
import dev.quicklime.design.MaskMatrix;
import dev.quicklime.model.Target;
import dev.quicklime.run.Progress;
import java.util.List;

/**
 * Scores masks for all classes and targets of a profile in one pass. Borrows the scorer.
 *
 * @param scorer of the picture
 * @param classes their indices
 * @param targets what of the scores is wanted
 */
record SharedPass(PictureScorer scorer, List<Integer> classes, List<Target> targets) {

  ScoredMasks score(MaskMatrix masks, Progress progress) {
    long start = System.nanoTime();
    double[][] scores = scorer.score(masks, classes, targets, progress);
    return new ScoredMasks(masks, scores, (System.nanoTime() - start) / 1e9);
  }

  int superpixels() {
    return scorer.perturbation().segments().count();
  }
}
