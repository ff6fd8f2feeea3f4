package dev.quicklime.tabular;

import dev.quicklime.internal.scoring.SampleFeed;
import dev.quicklime.model.PendingScores;
import dev.quicklime.model.RowModel;
import dev.quicklime.run.Stage;
import dev.quicklime.run.Timings;

/** Hands a table's rows to a model, encoded as it takes them. */
record RowFeed(RowModel model, Encoder encoder, Neighbourhood rows) implements SampleFeed {

  @Override
  public int batchSize() {
    return model.batchSize();
  }

  @Override
  public PendingScores submit(int first, int count, Timings.Clock clock) {
    double[] inputs = encoder.encode(rows.values(), first, count);
    double[] scores = model.score(inputs, encoder.names().size());
    clock.stop(Stage.FORWARD);
    return () -> scores;
  }
}
