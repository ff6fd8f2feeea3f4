package dev.quicklime.internal.scoring;

import dev.quicklime.design.MaskMatrix;
import dev.quicklime.model.Classifier;
import dev.quicklime.model.MaskedPicture;
import dev.quicklime.model.MaskedScorer;
import dev.quicklime.model.PipelinedClassifier;
import dev.quicklime.perturb.Compositor;
import dev.quicklime.perturb.Perturbation;
import java.util.Arrays;
import java.util.Optional;

/** Feeds of one picture's samples. */
public final class PictureFeeds {

  private PictureFeeds() {}

  /**
   * The feed that a settled classifier takes: composed samples, or masks alone where it composes by
   * itself.
   */
  public static SampleFeed of(
      Classifier classifier, Perturbation perturbation, MaskMatrix masks, Compositor compositor) {
    if (classifier instanceof PipelinedClassifier pipelined) {
      boolean[][] extremes = new boolean[2][masks.columns()];
      Arrays.fill(extremes[0], true);
      Optional<MaskedScorer> masked =
          pipelined.masked(
              new MaskedPicture(
                  masks.columns(),
                  perturbation.segments().labels(),
                  both -> compositor.compose(MaskMatrix.of(extremes), 0, 2, both)));
      if (masked.isPresent()) {
        return new MaskFeed(masked.get(), masks, classifier.batchSize(), pipelined.inFlight());
      }
    }
    return new PixelFeed(classifier, masks, compositor);
  }
}
