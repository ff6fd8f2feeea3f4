package dev.quicklime;

import dev.quicklime.design.MaskMatrix;
import dev.quicklime.model.Batch;
import dev.quicklime.model.Classifier;
import dev.quicklime.model.PendingScores;
import dev.quicklime.perturb.Compositor;
import java.util.ArrayList;
import java.util.List;

/** Composes samples into a ring of the classifier's batches. */
final class PixelFeed implements SampleFeed {

  private final Classifier classifier;
  private final MaskMatrix masks;
  private final Compositor compositor;
  private final int ring;
  private final List<Batch> batches = new ArrayList<>();
  private int turn;

  PixelFeed(Classifier classifier, MaskMatrix masks, Compositor compositor) {
    this.classifier = classifier;
    this.masks = masks;
    this.compositor = compositor;
    this.ring = classifier.inFlight();
  }

  @Override
  public PendingScores submit(int first, int count, Timings.Clock clock) {
    if (batches.size() < ring) {
      batches.add(classifier.newBatch());
    }
    Batch batch = batches.get(turn);
    turn = (turn + 1) % ring;
    compositor.compose(masks, first, count, batch.pixels());
    clock.stop(Stage.COMPOSE);
    PendingScores scores = classifier.submit(batch, count);
    clock.stop(Stage.FORWARD);
    return scores;
  }

  @Override
  public void close() {
    batches.forEach(Batch::close);
  }
}
