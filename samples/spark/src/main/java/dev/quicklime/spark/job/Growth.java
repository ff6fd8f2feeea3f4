package dev.quicklime.spark.job;

import static org.apache.spark.sql.functions.broadcast;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.sha2;

import dev.quicklime.InvalidInputException;
import dev.quicklime.QuicklimeException;
import dev.quicklime.cli.run.ProgressLine;
import dev.quicklime.spark.QuicklimeSpark;
import dev.quicklime.spark.executor.ExplainSpec;
import dev.quicklime.spark.result.PictureFunction;
import dev.quicklime.spark.result.ResultColumns;
import dev.quicklime.spark.run.JobFailure;
import dev.quicklime.spark.shard.ShardedPictures;
import dev.quicklime.spark.source.FileBytes;
import dev.quicklime.spark.source.FileDigest;
import dev.quicklime.spark.source.FileFunction;
import dev.quicklime.spark.source.Results;
import java.io.IOException;
import java.util.List;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;

/**
 * Adds to results what they lack of some pictures.
 *
 * @param session that computes
 * @param spec how pictures are explained
 * @param results that grow
 * @param portions how work is divided
 * @param failedToo whether pictures count as done that could not be explained before
 * @param shown whether there are people to show progress to
 */
record Growth(
    SparkSession session,
    ExplainSpec spec,
    Results results,
    Portions portions,
    boolean failedToo,
    boolean shown) {

  private static final int SHOWN_ERRORS = 3;

  private static final StructType NAMES =
      new StructType()
          .add(ResultColumns.PATH, DataTypes.StringType)
          .add(ResultColumns.CONTENT, DataTypes.StringType);

  /**
   * What a job came to.
   *
   * @param explained pictures that were explained now
   * @param failed pictures of the results that could not be
   * @param there pictures that were not computed again
   * @param errors some of the reasons, each with its picture
   */
  record Outcome(long explained, long failed, long there, List<String> errors) {

    Outcome {
      errors = List.copyOf(errors);
    }
  }

  /** Explains some files. */
  private interface Explaining {
    Dataset<Row> rows(List<String> paths);
  }

  /** Explains files, so many at a time, each by one task. */
  Outcome files(List<String> paths, FileBytes bytes) {
    FileFunction function = new FileFunction(bytes, new PictureFunction(spec));
    return files(
        paths,
        bytes,
        portions.commit(),
        some ->
            parallel(some, portions.tasks(some.size()))
                .flatMap(function, Encoders.row(ResultColumns.all())));
  }

  /** Explains files one after the other, each by all executors. */
  Outcome sharded(List<String> paths, FileBytes bytes, ShardedPictures pictures) {
    return files(
        paths,
        bytes,
        1,
        some -> {
          String path = some.getFirst();
          return session.createDataFrame(sharded(path, bytes, pictures), ResultColumns.all());
        });
  }

  private static List<Row> sharded(String path, FileBytes bytes, ShardedPictures pictures) {
    byte[] file;
    try {
      file = bytes.read(path);
    } catch (IOException e) {
      return List.of(FileFunction.unread(path, pictures.name(), e));
    }
    try {
      return pictures.rows(path, file);
    } catch (Exception e) {
      RuntimeException why = JobFailure.told(e);
      if (why instanceof InvalidInputException || why instanceof QuicklimeException) {
        return pictures.failed(path, file, why);
      }
      throw why;
    }
  }

  private Outcome files(List<String> paths, FileBytes bytes, int portion, Explaining explaining) {
    List<String> missing = paths;
    if (!results.isNew() && !results.rows().isEmpty()) {
      Dataset<Row> named =
          parallel(paths, portions.tasks(paths.size()))
              .map(new FileDigest(bytes), Encoders.row(NAMES))
              .persist();
      Results.Found found = results.find(named, failedToo);
      missing =
          found.missing().select(ResultColumns.PATH).as(Encoders.STRING()).collectAsList().stream()
              .sorted()
              .toList();
      results.add(found.renamed());
      named.unpersist();
    }
    Results.State before = results.state(0);
    int total = missing.size();
    try (ProgressLine line = ProgressLine.begin("explain", "pictures", total, shown)) {
      for (int from = 0; from < total; from += portion) {
        int end = Math.min(total, from + portion);
        List<String> some = missing.subList(from, end);
        try (TaskProgress _ = TaskProgress.of(session, line, from, end, total)) {
          results.add(explaining.rows(some));
        }
      }
    }
    return outcome(before, paths.size() - (long) total);
  }

  private Dataset<String> parallel(List<String> values, int tasks) {
    JavaSparkContext context = JavaSparkContext.fromSparkContext(session.sparkContext());
    return session.createDataset(context.parallelize(values, tasks).rdd(), Encoders.STRING());
  }

  /** Explains the values of a table, all at a time. */
  Outcome table(Dataset<Row> table) {
    Dataset<Row> wanted = table;
    long there = 0;
    if (!results.isNew() && !results.rows().isEmpty()) {
      Dataset<Row> named =
          table.select(
              col(ResultColumns.PATH), sha2(col("content"), 256).as(ResultColumns.CONTENT));
      Results.Found found = results.find(named, failedToo);
      Dataset<Row> missing = found.missing().distinct().persist();
      there = table.count() - missing.count();
      results.add(found.renamed());
      wanted =
          table
              .as("picture")
              .join(
                  broadcast(missing).as("missing"),
                  col("picture.path")
                      .eqNullSafe(col("missing.path"))
                      .and(sha2(col("picture.content"), 256).eqNullSafe(col("missing.content"))),
                  "left_semi");
    }
    Results.State before = results.state(0);
    results.add(QuicklimeSpark.explain(wanted, spec));
    return outcome(before, there);
  }

  private Outcome outcome(Results.State before, long there) {
    Results.State after = results.state(SHOWN_ERRORS);
    return new Outcome(
        after.explained() - before.explained(), after.failed(), there, after.errors());
  }
}
