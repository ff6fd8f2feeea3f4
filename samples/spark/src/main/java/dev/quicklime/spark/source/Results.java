package dev.quicklime.spark.source;

import static org.apache.spark.sql.functions.broadcast;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.count;
import static org.apache.spark.sql.functions.count_if;
import static org.apache.spark.sql.functions.max;
import static org.apache.spark.sql.functions.min;
import static org.apache.spark.sql.functions.not;

import dev.quicklime.InvalidInputException;
import dev.quicklime.spark.result.ResultColumns;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.hadoop.fs.Path;
import org.apache.spark.sql.AnalysisException;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.DataFrameWriter;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SaveMode;
import org.apache.spark.sql.SparkSession;

/**
 * Results that grow: what a run has already is not computed again.
 *
 * @param session that reads and writes
 * @param place a path or URI, or whatever the format takes for one
 * @param format by Spark's name, {@code parquet} for instance
 * @param run whose rows are meant
 */
public record Results(SparkSession session, String place, String format, String run) {

  private static final String AS = "renamed_path";
  private static final Set<String> FILES = Set.of("parquet", "orc", "json", "avro");
  private static final Set<String> COMPRESSED = Set.of("parquet", "orc");

  /** What Spark says where nothing has been written yet. */
  private static final List<String> NOTHING_YET =
      List.of("PATH_NOT_FOUND", "TABLE_OR_VIEW_NOT_FOUND", "UNABLE_TO_INFER_SCHEMA");

  public Results {
    Objects.requireNonNull(session, "session");
    Objects.requireNonNull(place, "place");
    Objects.requireNonNull(format, "format");
    Objects.requireNonNull(run, "run");
  }

  /**
   * All rows of the run.
   *
   * @throws InvalidInputException if there is something else than results
   */
  public Dataset<Row> rows() {
    Dataset<Row> all;
    if (isNew()) {
      return session.createDataFrame(List.of(), ResultColumns.all());
    }
    try {
      all = session.read().format(format).load(place);
    } catch (Exception e) {
      if (e instanceof AnalysisException analysis && isNothingYet(analysis)) {
        return session.createDataFrame(List.of(), ResultColumns.all());
      }
      throw new InvalidInputException(
          "--output must be a place for %s, got %s: %s"
              .formatted(format, place, PictureFiles.firstLine(e)),
          e);
    }
    List<String> columns = Arrays.asList(all.columns());
    if (!columns.containsAll(ResultColumns.first())) {
      throw new InvalidInputException(
          "--output must be a new place, or one with results, got %s with the columns %s"
              .formatted(place, String.join(", ", columns)));
    }
    List<String> lacking =
        Stream.of(ResultColumns.all().fieldNames())
            .filter(name -> !columns.contains(name))
            .toList();
    if (!lacking.isEmpty()) {
      all = widened(lacking);
    }
    return all.where(col(ResultColumns.RUN).equalTo(run));
  }

  /** Results that were begun before there were some columns: files may have them or not. */
  private Dataset<Row> widened(List<String> lacking) {
    if (FILES.contains(format)) {
      return session.read().format(format).schema(ResultColumns.all()).load(place);
    }
    String missing =
        lacking.stream()
            .map(name -> name + " " + ResultColumns.all().apply(name).dataType().sql())
            .collect(Collectors.joining(", "));
    throw new InvalidInputException(
        "--output must have all columns of results, got %s without %s: ALTER TABLE ... ADD COLUMNS (%s) adds what is missing"
            .formatted(place, String.join(", ", lacking), missing));
  }

  /** Whether nothing was written yet, as far as that is known without reading. */
  public boolean isNew() {
    if (!FILES.contains(format)) {
      return false;
    }
    // Spark logs what it does not find as an error.
    try {
      Path path = new Path(place);
      return !path.getFileSystem(session.sparkContext().hadoopConfiguration()).exists(path);
    } catch (IOException | IllegalArgumentException e) {
      throw new InvalidInputException(
          "--output must be a place that can be read, got %s: %s"
              .formatted(place, PictureFiles.firstLine(e)),
          e);
    }
  }

  private static boolean isNothingYet(AnalysisException e) {
    String kind = String.valueOf(e.getCondition());
    return NOTHING_YET.stream().anyMatch(kind::startsWith);
  }

  /** Adds rows. */
  public void add(Dataset<Row> rows) {
    DataFrameWriter<Row> writer = rows.write().format(format).mode(SaveMode.Append);
    if (COMPRESSED.contains(format)) {
      // Rows of one picture share its superpixels.
      writer = writer.option("compression", "zstd");
    }
    writer.save(place);
  }

  /**
   * How far a run is.
   *
   * @param explained pictures that were explained
   * @param failed pictures that could not be
   * @param errors why, of some of these, each with its picture
   */
  public record State(long explained, long failed, List<String> errors) {

    public State {
      errors = List.copyOf(errors);
    }
  }

  /**
   * Counts pictures.
   *
   * @param errors of how many pictures to say why they could not be explained
   */
  public State state(int errors) {
    if (isNew()) {
      return new State(0, 0, List.of());
    }
    Dataset<Row> pictures =
        rows()
            .groupBy(ResultColumns.PATH)
            .agg(
                max(col(ResultColumns.ERROR).isNull()).as("explained"),
                min(ResultColumns.ERROR).as(ResultColumns.ERROR));
    Row counts = pictures.agg(count("*"), count_if(not(col("explained")))).first();
    long failed = counts.getLong(1);
    List<String> reasons =
        failed == 0 || errors == 0
            ? List.of()
            : pictures
                .where(not(col("explained")))
                .orderBy(ResultColumns.PATH)
                .takeAsList(errors)
                .stream()
                .map(row -> row.get(0) + ": " + row.getString(2))
                .toList();
    return new State(counts.getLong(0) - failed, failed, reasons);
  }

  /** What a run has of some pictures. */
  public record Found(Dataset<Row> missing, Dataset<Row> renamed) {}

  /**
   * Looks pictures up.
   *
   * @param pictures with the columns {@code path} and {@code content}, a digest
   * @param failedToo whether pictures that could not be explained count as done
   * @return those that are to be computed, with the same columns; and rows of pictures that the run
   *     has by other names only, under the new ones
   */
  public Found find(Dataset<Row> pictures, boolean failedToo) {
    Dataset<Row> rows = failedToo ? rows() : rows().where(col(ResultColumns.ERROR).isNull());
    Dataset<Row> known = rows.select(ResultColumns.PATH, ResultColumns.CONTENT).distinct();
    Dataset<Row> asked = pictures.as("asked");
    Column same =
        col("asked.path")
            .equalTo(col("known.path"))
            .and(col("asked.content").eqNullSafe(col("known.content")));
    Dataset<Row> rest = asked.join(broadcast(known).as("known"), same, "left_anti");
    Dataset<Row> sources =
        known
            .where(col(ResultColumns.CONTENT).isNotNull())
            .groupBy(ResultColumns.CONTENT)
            .agg(min(ResultColumns.PATH).as(ResultColumns.PATH));
    Dataset<Row> missing =
        rest.join(
            broadcast(sources.select(col(ResultColumns.CONTENT).as("source"))),
            col(ResultColumns.CONTENT).equalTo(col("source")),
            "left_anti");
    Dataset<Row> renamed =
        rest.select(col("path").as(AS), col("content").as("renamed_content"))
            .join(
                broadcast(
                    sources.select(
                        col(ResultColumns.CONTENT).as("source"),
                        col(ResultColumns.PATH).as("source_path"))),
                col("renamed_content").equalTo(col("source")),
                "inner");
    Dataset<Row> copied =
        rows.join(
                broadcast(renamed),
                col(ResultColumns.PATH)
                    .equalTo(col("source_path"))
                    .and(col(ResultColumns.CONTENT).equalTo(col("source"))),
                "inner")
            .select(
                Stream.of(ResultColumns.all().fieldNames())
                    .map(name -> name.equals(ResultColumns.PATH) ? col(AS).as(name) : col(name))
                    .toArray(Column[]::new));
    return new Found(missing, copied);
  }
}
