package dev.quicklime.spark.shard;

import dev.quicklime.ExplainOptions;
import dev.quicklime.InvalidInputException;
import dev.quicklime.ShardPlan;
import dev.quicklime.ShardScores;
import dev.quicklime.ShardTotals;
import dev.quicklime.ShardedExplanation;
import dev.quicklime.image.Image;
import dev.quicklime.run.Progress;
import dev.quicklime.spark.executor.ExplainSpec;
import dev.quicklime.spark.executor.Explainers;
import dev.quicklime.spark.result.PictureFunction;
import dev.quicklime.spark.shipping.Sha256;
import dev.quicklime.surrogate.ErrorSums;
import dev.quicklime.surrogate.RowRange;
import dev.quicklime.surrogate.SecondPass;
import dev.quicklime.surrogate.ShardFrame;
import dev.quicklime.surrogate.ShardSums;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.broadcast.Broadcast;
import org.apache.spark.storage.StorageLevel;

/**
 * Explains a picture by samples that executors score: the driver scores the original and decides
 * what is explained; each task draws the masks of its rows from the seed, scores them and sums them
 * up; sums are added by a tree; and the driver fits. Where a surrogate has intervals, the scores,
 * which executors keep, are gone over once more. Neither the driver nor a task holds anything that
 * grows with the samples, unless surrogate or design need all rows: their scores are gathered then.
 * Used on the driver.
 *
 * @param context of the application
 * @param spec how pictures are explained
 * @param rowsEach about how many rows a task scores, or 0 to choose by how many there are
 */
public record ShardedRun(JavaSparkContext context, ExplainSpec spec, int rowsEach) {

  private static final int TASKS_PER_CORE = 8;

  /** Eight bytes for each class and row. */
  private static final int MOST_ROWS = 64 * ShardFrame.BLOCK;

  private static final int DEPTH = 2;

  /** Checks the number. */
  public ShardedRun {
    Objects.requireNonNull(context, "context");
    Objects.requireNonNull(spec, "spec");
    if (rowsEach < 0) {
      throw new InvalidInputException("rows of a task must be at least 0, got " + rowsEach);
    }
  }

  /**
   * Explains a picture.
   *
   * @param file its bytes
   * @throws InvalidInputException if the picture cannot be explained so
   */
  public ShardedExplanation explain(byte[] file) {
    Objects.requireNonNull(file, "file");
    ShardPlan plan;
    ExplainOptions options;
    try (Explainers.Lease lease = Explainers.lease(spec)) {
      options = PictureFunction.options(lease, Sha256.of(file));
      Image picture = Image.decode(file, options.limits());
      plan = lease.explainer().shards().plan(picture, options, Progress.none());
    }
    Broadcast<byte[]> shipped = context.broadcast(file);
    try {
      return explain(plan, options, new ShardTask(spec, shipped, plan.decision()));
    } finally {
      shipped.destroy();
    }
  }

  private ShardedExplanation explain(ShardPlan plan, ExplainOptions options, ShardTask task) {
    List<int[]> shards = new ArrayList<>();
    for (RowRange range : plan.shards(each(plan.decision().frame().rows()))) {
      shards.add(new int[] {range.from(), range.to()});
    }
    JavaRDD<byte[]> scores =
        context
            .parallelize(shards, shards.size())
            .map(rows -> Packed.of(task.score(new RowRange(rows[0], rows[1]))));
    if (needsRows(options)) {
      return plan.finish(
          scores.collect().stream().map(bytes -> Packed.read(ShardScores.class, bytes)).toList());
    }
    // A second pass would else score all samples again.
    scores.persist(StorageLevel.MEMORY_AND_DISK());
    try {
      ShardTotals totals =
          Packed.read(
              ShardTotals.class,
              scores
                  .map(bytes -> Packed.of(Packed.read(ShardScores.class, bytes).totals()))
                  .treeReduce(ShardedRun::addTotals, DEPTH));
      Optional<SecondPass> second = plan.secondPass(totals);
      return second.isEmpty()
          ? plan.finish(totals)
          : plan.finish(totals, errors(scores, second.get()));
    } finally {
      scores.unpersist(false);
    }
  }

  private int each(int rows) {
    if (rowsEach > 0) {
      return rowsEach;
    }
    int tasks = TASKS_PER_CORE * context.defaultParallelism();
    return Math.clamp(rows / tasks, 1, MOST_ROWS);
  }

  private static boolean needsRows(ExplainOptions options) {
    try {
      ShardSums.check(options.surrogate(), options.design());
      return false;
    } catch (InvalidInputException e) {
      return true;
    }
  }

  private ErrorSums errors(JavaRDD<byte[]> scores, SecondPass pass) {
    Broadcast<byte[]> fits = context.broadcast(Packed.of(pass));
    try {
      return Packed.read(
          ErrorSums.class,
          scores
              .map(
                  bytes ->
                      Packed.of(
                          Packed.read(ShardScores.class, bytes)
                              .errors(Packed.read(SecondPass.class, fits.value()))))
              .treeReduce(ShardedRun::addErrors, DEPTH));
    } finally {
      fits.destroy();
    }
  }

  private static byte[] addTotals(byte[] some, byte[] others) {
    return Packed.of(
        Packed.read(ShardTotals.class, some).plus(Packed.read(ShardTotals.class, others)));
  }

  private static byte[] addErrors(byte[] some, byte[] others) {
    return Packed.of(Packed.read(ErrorSums.class, some).plus(Packed.read(ErrorSums.class, others)));
  }
}
