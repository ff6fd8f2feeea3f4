package dev.quicklime;

import dev.quicklime.design.MaskMatrix;
import dev.quicklime.model.MaskedScorer;
import dev.quicklime.model.PendingScores;

/** Hands over masks; the classifier composes. */
final class MaskFeed implements SampleFeed {

  private final MaskedScorer scorer;
  private final MaskMatrix masks;
  private final long[] words;

  MaskFeed(MaskedScorer scorer, MaskMatrix masks, int batchSize) {
    this.scorer = scorer;
    this.masks = masks;
    this.words = new long[Math.multiplyExact(batchSize, masks.wordsPerRow())];
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
