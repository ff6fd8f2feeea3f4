package dev.quicklime;

import dev.quicklime.design.MaskMatrix;
import dev.quicklime.model.Classifier;
import dev.quicklime.model.MaskedPicture;
import dev.quicklime.model.MaskedScorer;
import dev.quicklime.model.PendingScores;
import dev.quicklime.perturb.Compositor;
import dev.quicklime.perturb.Perturbation;
import java.util.Arrays;
import java.util.Optional;

/**
 * Hands samples to a classifier: composed, or as masks alone to one that composes by itself. For
 * one explanation and one thread.
 */
sealed interface SampleFeed extends AutoCloseable permits PixelFeed, MaskFeed {

  /**
   * Hands over some samples. As many calls may be under way as the classifier takes at once; the
   * oldest of these must have been awaited before the next.
   */
  PendingScores submit(int first, int count, Timings.Clock clock);

  /** Gives back what was taken from the classifier; nothing may be under way. */
  @Override
  void close();

  /** The feed that a settled classifier takes. */
  static SampleFeed of(
      Classifier classifier, Perturbation perturbation, MaskMatrix masks, Compositor compositor) {
    boolean[][] extremes = new boolean[2][masks.columns()];
    Arrays.fill(extremes[0], true);
    Optional<MaskedScorer> masked =
        classifier.masked(
            new MaskedPicture(
                masks.columns(),
                perturbation.segments().labels(),
                both -> compositor.compose(MaskMatrix.of(extremes), 0, 2, both)));
    return masked.isPresent()
        ? new MaskFeed(masked.get(), masks, classifier.batchSize())
        : new PixelFeed(classifier, masks, compositor);
  }
}
