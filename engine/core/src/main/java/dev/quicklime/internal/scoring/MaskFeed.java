package dev.quicklime.internal.scoring;

import dev.quicklime.design.MaskMatrix;
import dev.quicklime.model.MaskedScorer;
import dev.quicklime.model.PendingScores;
import dev.quicklime.run.Stage;
import dev.quicklime.run.Timings;

/** Hands over masks; the classifier composes. */
final class MaskFeed implements SampleFeed {

  private final MaskedScorer scorer;
  private final MaskMatrix masks;
  private final int batchSize;
  private final int inFlight;
  private final long[] words;

  MaskFeed(MaskedScorer scorer, MaskMatrix masks, int batchSize, int inFlight) {
    this.scorer = scorer;
    this.masks = masks;
    this.batchSize = batchSize;
    this.inFlight = inFlight;
    this.words = new long[Math.multiplyExact(batchSize, masks.wordsPerRow())];
  }

  @Override
  public int batchSize() {
    return batchSize;
  }

  @Override
  public int inFlight() {
    return inFlight;
  }

  @Override
  public PendingScores submit(int first, int count, Timings.Clock clock) {
    masks.copyWords(first, count, words);
    clock.stop(Stage.COMPOSE);
    PendingScores scores = scorer.submit(words, count);
    clock.stop(Stage.FORWARD);
    return scores;
  }

  @Override
  public void close() {
    scorer.close();
  }
}
