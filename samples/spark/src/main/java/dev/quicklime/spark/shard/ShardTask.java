package dev.quicklime.spark.shard;

import dev.quicklime.ExplainOptions;
import dev.quicklime.ShardDecision;
import dev.quicklime.ShardScores;
import dev.quicklime.ShardedExplainer;
import dev.quicklime.image.Image;
import dev.quicklime.spark.executor.ExplainSpec;
import dev.quicklime.spark.executor.Explainers;
import dev.quicklime.spark.executor.KilledTask;
import dev.quicklime.spark.result.PictureFunction;
import dev.quicklime.spark.shipping.Sha256;
import dev.quicklime.surrogate.RowRange;
import java.io.Serial;
import java.io.Serializable;
import org.apache.spark.broadcast.Broadcast;

/**
 * Scores the samples of a shard where a task runs.
 *
 * @param spec how the picture is explained
 * @param picture the bytes of its file
 * @param decision what the driver has decided of it
 */
record ShardTask(ExplainSpec spec, Broadcast<byte[]> picture, ShardDecision decision)
    implements Serializable {

  @Serial private static final long serialVersionUID = 1;

  /** The scores of some rows. */
  ShardScores score(RowRange rows) {
    try (Explainers.Lease lease = Explainers.lease(spec)) {
      byte[] file = picture.value();
      ExplainOptions options = PictureFunction.options(lease, Sha256.of(file));
      ShardedExplainer shards = lease.explainer().shards();
      return shards.score(
          shards.work(Image.decode(file, options.limits()), options, decision),
          rows,
          KilledTask.progress());
    }
  }
}
