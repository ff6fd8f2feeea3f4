package dev.quicklime.internal.scoring;

import dev.quicklime.design.MaskMatrix;
import dev.quicklime.internal.memory.NativeBuffer;
import dev.quicklime.model.Batch;
import dev.quicklime.model.Classifier;
import dev.quicklime.model.PendingScores;
import dev.quicklime.model.PipelinedClassifier;
import dev.quicklime.perturb.Compositor;
import dev.quicklime.run.Stage;
import dev.quicklime.run.Timings;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Composes samples into a ring of batches. */
final class PixelFeed implements SampleFeed {

  private final Classifier classifier;
  private final @Nullable PipelinedClassifier pipelined;
  private final MaskMatrix masks;
  private final Compositor compositor;
  private final int ring;
  private final List<Batch> batches = new ArrayList<>();
  private int turn;

  PixelFeed(Classifier classifier, MaskMatrix masks, Compositor compositor) {
    this.classifier = classifier;
    this.pipelined = classifier instanceof PipelinedClassifier fast ? fast : null;
    this.masks = masks;
    this.compositor = compositor;
    this.ring = pipelined == null ? 1 : pipelined.inFlight();
  }

  @Override
  public int batchSize() {
    return classifier.batchSize();
  }

  @Override
  public int inFlight() {
    return ring;
  }

  @Override
  public PendingScores submit(int first, int count, Timings.Clock clock) {
    if (batches.size() < ring) {
      batches.add(pipelined == null ? ownBatch() : pipelined.newBatch());
    }
    Batch batch = batches.get(turn);
    turn = (turn + 1) % ring;
    compositor.compose(masks, first, count, batch.pixels());
    clock.stop(Stage.COMPOSE);
    PendingScores scores = hand(batch, count);
    clock.stop(Stage.FORWARD);
    return scores;
  }

  private PendingScores hand(Batch batch, int count) {
    if (pipelined != null) {
      return pipelined.submit(batch, count);
    }
    double[] scores = classifier.score(batch, count);
    return () -> scores;
  }

  /** Memory for a classifier that has none of its own to hand out. */
  private Batch ownBatch() {
    NativeBuffer buffer =
        new NativeBuffer(
            Math.multiplyExact(classifier.format().bytes(), (long) classifier.batchSize()));
    return Batch.of(buffer.segment(), buffer::close);
  }

  @Override
  public void close() {
    batches.forEach(Batch::close);
  }
}
