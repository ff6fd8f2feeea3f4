package dev.quicklime.spark.shard;

import dev.quicklime.InvalidInputException;
import dev.quicklime.spark.executor.ExplainSpec;
import dev.quicklime.spark.result.PictureFunction;
import dev.quicklime.spark.result.ResultRows;
import dev.quicklime.spark.shipping.Sha256;
import java.util.List;
import java.util.Objects;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.sql.Row;

/**
 * Rows of pictures that are explained one after the other, each by all executors.
 *
 * @param run explains them
 */
public record ShardedPictures(ShardedRun run) {

  /** Its numbers differ in last digits from those of a run without shards. */
  private static final String SUFFIX = "-sharded";

  public ShardedPictures {
    Objects.requireNonNull(run, "run");
  }

  /**
   * Prepares to explain.
   *
   * @param spec how pictures are explained
   * @param rowsEach about how many rows a task scores, or 0 to choose
   */
  public static ShardedPictures of(JavaSparkContext context, ExplainSpec spec, int rowsEach) {
    return new ShardedPictures(
        new ShardedRun(context, spec.withRun(spec.run() + SUFFIX), rowsEach));
  }

  /** What these rows are called by, beside those of other runs. */
  public String name() {
    return run.spec().run();
  }

  /**
   * The rows of a picture.
   *
   * @param path what it is called
   * @param file its bytes
   * @throws InvalidInputException if it cannot be explained
   */
  public List<Row> rows(String path, byte[] file) {
    String content = Sha256.hex(file);
    return ResultRows.of(path, content, name(), run.explain(file));
  }

  /** The row of a picture that cannot be explained. */
  public List<Row> failed(String path, byte[] file, RuntimeException why) {
    String content = Sha256.hex(file);
    return List.of(ResultRows.failed(path, content, name(), PictureFunction.said(why)));
  }
}
