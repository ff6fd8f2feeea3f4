package dev.quicklime.spark.job;

import dev.quicklime.InvalidInputException;
import dev.quicklime.cli.help.HelpGroup;
import dev.quicklime.cli.help.InGroup;
import dev.quicklime.cli.options.Parse;
import dev.quicklime.cli.run.CommandVersion;
import dev.quicklime.cli.run.Stderr;
import dev.quicklime.spark.QuicklimeSpark;
import dev.quicklime.spark.executor.ExplainSpec;
import dev.quicklime.spark.run.JobFailure;
import dev.quicklime.spark.shard.ShardedPictures;
import dev.quicklime.spark.source.FileBytes;
import dev.quicklime.spark.source.PictureFiles;
import dev.quicklime.spark.source.Results;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Explains pictures on Spark, those that the output lacks. */
@Command(
    name = "explain",
    description = {
      "Explains what a model saw in many pictures; rows are added for those that the output lacks.",
      "What is explained and how is said by the options of quicklime explain, whose --output is"
          + " --model-output here; --seed is content unless it is given."
    },
    mixinStandardHelpOptions = true,
    versionProvider = CommandVersion.class,
    sortOptions = false,
    abbreviateSynopsis = true,
    usageHelpWidth = 100)
@InGroup(HelpGroup.TASKS)
public final class ExplainJob implements Callable<Integer> {

  private static final int MOST = 1_000_000;
  private static final int MOST_ROWS = 1 << 24;

  @Spec private CommandSpec spec;

  @Mixin private final InputFlags input = new InputFlags();

  @InGroup(HelpGroup.COMMON)
  @Option(
      names = "--output",
      paramLabel = "URI",
      required = true,
      description = "Where results are added: what is there of the same run is not computed again.")
  private String output = "";

  @InGroup(HelpGroup.OUTPUT)
  @Option(
      names = "--output-format",
      paramLabel = "parquet|orc|json|delta|iceberg",
      description =
          "Format of the results, by its name in Spark; those of tables need their library beside"
              + " (default: ${DEFAULT-VALUE}).")
  private String format = "parquet";

  @InGroup(HelpGroup.OUTPUT)
  @Option(
      names = "--commit-every",
      paramLabel = "N",
      description =
          "Add results of so many pictures at a time, which is what an interrupted job may have to"
              + " do again (default: 64 for each core, at least 1000).")
  private @Nullable String commitEvery;

  @Option(
      names = "--pictures-per-task",
      paramLabel = "N",
      description = "Pictures of one task at most (default: 32).")
  private String perTask = "32";

  @InGroup(HelpGroup.OUTPUT)
  @Option(
      names = "--retry-errors",
      description = "Try pictures once more that could not be explained before (default: no).")
  private boolean retryErrors;

  @Option(
      names = "--shard",
      description =
          "Spread the samples of each picture over all executors, for many samples of few pictures"
              + " (default: no, each picture is explained by one task).")
  private boolean shard;

  @Option(
      names = "--rows-per-task",
      paramLabel = "N",
      description = "Samples of one task with --shard, about (default: by how many there are).")
  private @Nullable String rowsPerTask;

  /** The command, with the options of explain beside its own. */
  static CommandLine commandLine() {
    CommandLine command = new CommandLine(new ExplainJob());
    ExplainOptionsOfJob.addTo(command.getCommandSpec());
    return command;
  }

  @Override
  public Integer call() {
    List<String> words = ExplainOptionsOfJob.words(spec.commandLine().getParseResult());
    int tasks = Parse.whole("--pictures-per-task", perTask, 1, MOST);
    Integer commit =
        commitEvery == null ? null : Parse.whole("--commit-every", commitEvery, 1, MOST);
    int rows = rowsPerTask == null ? 0 : Parse.whole("--rows-per-task", rowsPerTask, 1, MOST_ROWS);
    input.format();
    check();
    SparkSession session = SparkSession.builder().appName("quicklime explain").getOrCreate();
    try {
      Pictures pictures = pictures(session);
      ExplainSpec run = QuicklimeSpark.planner(session.sparkContext()).plan(words, pictures::first);
      int cores = session.sparkContext().defaultParallelism();
      Portions portions = Portions.of(cores, tasks, commit);
      JavaSparkContext context = JavaSparkContext.fromSparkContext(session.sparkContext());
      ShardedPictures sharded = shard ? ShardedPictures.of(context, run, rows) : null;
      String name = sharded == null ? run.run() : sharded.name();
      Growth growth =
          new Growth(
              session,
              run,
              new Results(session, output, format, name),
              portions,
              !retryErrors,
              Stderr.isTerminal());
      Growth.Outcome outcome = pictures.grow(growth, sharded);
      tell(outcome);
      return ExitCode.OK;
    } catch (Exception e) {
      // Spark throws checked exceptions that its methods do not declare.
      throw JobFailure.told(e);
    }
  }

  private void check() {
    if (shard && input.isTable()) {
      throw new InvalidInputException(
          "--shard goes with files, not with --input-format " + input.format());
    }
    if (!shard && rowsPerTask != null) {
      throw new InvalidInputException("--rows-per-task goes with --shard");
    }
  }

  /** What is explained, of either kind. */
  private interface Pictures {

    /** The first picture's bytes. */
    Optional<byte[]> first();

    /** Has them explained. */
    Growth.Outcome grow(Growth growth, @Nullable ShardedPictures sharded);
  }

  private Pictures pictures(SparkSession session) {
    return input.isTable() ? table(session) : files(session);
  }

  private Pictures files(SparkSession session) {
    List<String> paths = PictureFiles.list(session, input.places(), input.glob());
    FileBytes bytes = new FileBytes(session.sparkContext().hadoopConfiguration());
    return new Pictures() {
      @Override
      public Optional<byte[]> first() {
        try {
          return Optional.of(bytes.read(paths.getFirst()));
        } catch (IOException e) {
          return Optional.empty();
        }
      }

      @Override
      public Growth.Outcome grow(Growth growth, @Nullable ShardedPictures sharded) {
        return sharded == null ? growth.files(paths, bytes) : growth.sharded(paths, bytes, sharded);
      }
    };
  }

  private Pictures table(SparkSession session) {
    Dataset<Row> table =
        TableInput.read(
            session, input.format(), input.places(), input.pathColumn(), input.contentColumn());
    return new Pictures() {
      @Override
      public Optional<byte[]> first() {
        return QuicklimeSpark.firstOf(table);
      }

      @Override
      public Growth.Outcome grow(Growth growth, @Nullable ShardedPictures sharded) {
        return growth.table(table);
      }
    };
  }

  private void tell(Growth.Outcome outcome) {
    spec.commandLine()
        .getOut()
        .println(
            "%s pictures explained, %s could not be; %s were there already"
                .formatted(outcome.explained(), outcome.failed(), outcome.there()));
    if (outcome.failed() > 0) {
      spec.commandLine().getOut().println("  why is in the column error, for instance:");
      outcome.errors().forEach(error -> spec.commandLine().getOut().println("  " + error));
    }
    spec.commandLine().getOut().println(output);
    spec.commandLine().getOut().flush();
  }
}
