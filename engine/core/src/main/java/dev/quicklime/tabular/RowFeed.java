package dev.quicklime.tabular;

import dev.quicklime.internal.scoring.SampleFeed;
import dev.quicklime.model.PendingScores;
import dev.quicklime.model.RowModel;
import dev.quicklime.run.Stage;
import dev.quicklime.run.Timings;

/** Hands a table's rows to a model, encoded as it takes them. */
final class RowFeed implements SampleFeed {

  private final RowModel model;
  private final Encoder encoder;
  private final double[] values;

  /**
   * Rows for a model.
   *
   * @param values row by row, not copied
   */
  RowFeed(RowModel model, Encoder encoder, double[] values) {
    this.model = model;
    this.encoder = encoder;
    this.values = values;
  }

  @Override
  public int batchSize() {
    return model.batchSize();
  }

  @Override
  public PendingScores submit(int first, int count, Timings.Clock clock) {
    double[] inputs = encoder.encode(values, first, count);
    double[] scores = model.score(inputs, encoder.names().size());
    clock.stop(Stage.FORWARD);
    return () -> scores;
  }
}
