package dev.quicklime.spark;

import dev.quicklime.InvalidInputException;
import dev.quicklime.QuicklimeException;
import dev.quicklime.spark.executor.ExplainSpec;
import dev.quicklime.spark.executor.Explainers;
import dev.quicklime.spark.result.PictureFunction;
import dev.quicklime.spark.result.ResultColumns;
import dev.quicklime.spark.run.OptionWords;
import dev.quicklime.spark.run.RunPlanner;
import dev.quicklime.spark.shard.ShardedPictures;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.apache.spark.SparkContext;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.api.java.function.FlatMapFunction;
import org.apache.spark.scheduler.SparkListener;
import org.apache.spark.scheduler.SparkListenerApplicationEnd;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.api.java.UDF1;
import org.apache.spark.sql.functions;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;

/**
 * Explains tables of pictures. From Java and Scala these are methods; from Python they are called
 * through the JVM that PySpark keeps:
 *
 * <pre>{@code
 * pictures = spark.read.format("binaryFile").load("s3a://bucket/pictures")
 * rows = spark._jvm.dev.quicklime.spark.QuicklimeSpark.explain(
 *     pictures._jdf, {"model": "s3a://bucket/resnet50.pt", "samples": "1000"})
 * DataFrame(rows, spark).write.parquet("s3a://bucket/explanations")
 * }</pre>
 *
 * <p>Options are those of the command {@code quicklime explain}, by their names and with their
 * defaults, {@code seed} apart, which is {@code content}: each picture's masks are drawn by its own
 * bytes. So the numbers of a picture depend on its bytes, the model, the options and the kind of
 * processor, and on nothing else.
 */
public final class QuicklimeSpark {

  private static final Map<SparkContext, RunPlanner> PLANNERS = new HashMap<>();

  private QuicklimeSpark() {}

  /** Closes what an application has opened in this process. */
  private static final class EndOfApplication extends SparkListener {
    private final SparkContext context;

    EndOfApplication(SparkContext context) {
      this.context = context;
    }

    @Override
    public void onApplicationEnd(SparkListenerApplicationEnd end) {
      Explainers.release();
      forget(context);
    }
  }

  private static synchronized void forget(SparkContext context) {
    PLANNERS.remove(context);
  }

  /** The columns of results. */
  public static StructType schema() {
    return ResultColumns.all();
  }

  /**
   * Explains pictures; nothing is computed before the result is asked for, but that number formats
   * are compared on the first picture, unless {@code precision} is given.
   *
   * @param pictures with a column {@code content} of picture files' bytes, as Spark's {@code
   *     binaryFile} has it, and a column {@code path} of their names
   * @param options of {@code quicklime explain} by name, for instance {@code samples} or {@code
   *     blur-sigma}; files may be paths, URIs of any file system that Spark knows, or {@code
   *     local:PATH} where every machine has the file
   * @return rows of {@link ResultColumns}, one for each explained class of a picture; for a picture
   *     that cannot be explained one that says why
   * @throws InvalidInputException if an option is wrong, or the columns are not there
   * @throws QuicklimeException if the model cannot be opened
   */
  public static Dataset<Row> explain(Dataset<Row> pictures, Map<String, String> options) {
    Objects.requireNonNull(pictures, "pictures");
    Objects.requireNonNull(options, "options");
    requireColumns(pictures);
    Dataset<Row> named =
        pictures.select(functions.col("path").cast("string"), functions.col("content"));
    ExplainSpec spec =
        planner(pictures.sparkSession().sparkContext())
            .plan(OptionWords.of(options), () -> firstOf(named));
    return explain(named, spec);
  }

  /**
   * Explains pictures as planned.
   *
   * @param pictures with columns {@code path} and {@code content}, in this order
   */
  public static Dataset<Row> explain(Dataset<Row> pictures, ExplainSpec spec) {
    Objects.requireNonNull(pictures, "pictures");
    PictureFunction function = new PictureFunction(spec);
    FlatMapFunction<Row, Row> each =
        row -> function.rows(row.getString(0), (byte[]) row.get(1)).iterator();
    return pictures.flatMap(each, Encoders.row(ResultColumns.all()));
  }

  /**
   * Explains one picture by samples that all executors score, for numbers of samples that would
   * keep one process for long. The numbers equal those of one process to about ten digits and are
   * the same to the bit whatever the cluster. Computed at once.
   *
   * @param path what the picture is called
   * @param picture the bytes of its file
   * @param options as of {@link #explain}
   * @return rows of {@link ResultColumns}, without timings
   * @throws InvalidInputException if the picture or an option is wrong
   */
  public static Dataset<Row> explainSharded(
      SparkSession session, String path, byte[] picture, Map<String, String> options) {
    Objects.requireNonNull(session, "session");
    Objects.requireNonNull(path, "path");
    Objects.requireNonNull(picture, "picture");
    Objects.requireNonNull(options, "options");
    ExplainSpec spec =
        planner(session.sparkContext()).plan(OptionWords.of(options), () -> Optional.of(picture));
    JavaSparkContext context = JavaSparkContext.fromSparkContext(session.sparkContext());
    return session.createDataFrame(
        ShardedPictures.of(context, spec, 0).rows(path, picture), ResultColumns.all());
  }

  /**
   * Registers a function of SQL that explains a picture's bytes: {@code SELECT
   * inline(NAME(content)) FROM pictures} has the columns of {@link #schema}, with the digest of the
   * bytes as {@code path}.
   *
   * @param name of the function
   * @param options as of {@link #explain}; {@code precision} {@code auto} is decided without a
   *     picture, and is {@code fp32} then
   * @throws InvalidInputException if an option is wrong
   */
  public static void register(SparkSession session, String name, Map<String, String> options) {
    Objects.requireNonNull(session, "session");
    Objects.requireNonNull(name, "name");
    Objects.requireNonNull(options, "options");
    ExplainSpec spec =
        planner(session.sparkContext()).plan(OptionWords.of(options), Optional::empty);
    PictureFunction function = new PictureFunction(spec);
    UDF1<byte[], List<Row>> explain = file -> function.rows(null, file);
    session.udf().register(name, explain, DataTypes.createArrayType(ResultColumns.all()));
  }

  /** What plans the runs of an application. */
  public static synchronized RunPlanner planner(SparkContext context) {
    return PLANNERS.computeIfAbsent(
        context,
        started -> {
          started.addSparkListener(new EndOfApplication(started));
          return new RunPlanner(started);
        });
  }

  /**
   * The bytes of one of some pictures.
   *
   * @param pictures with columns {@code path} and {@code content}, in this order
   */
  public static Optional<byte[]> firstOf(Dataset<Row> pictures) {
    List<Row> rows = pictures.where(functions.col("content").isNotNull()).takeAsList(1);
    return rows.isEmpty() ? Optional.empty() : Optional.of((byte[]) rows.getFirst().get(1));
  }

  private static void requireColumns(Dataset<Row> pictures) {
    List<String> columns = Arrays.asList(pictures.columns());
    if (!columns.contains("path") || !columns.contains("content")) {
      throw new InvalidInputException(
          "pictures must have columns path and content, got %s: rename yours by withColumnRenamed"
              .formatted(String.join(", ", columns)));
    }
    if (!pictures.schema().apply("content").dataType().equals(DataTypes.BinaryType)) {
      throw new InvalidInputException(
          "the column content must hold bytes, binary, got "
              + pictures.schema().apply("content").dataType().simpleString());
    }
  }
}
