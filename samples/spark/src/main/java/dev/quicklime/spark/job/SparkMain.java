package dev.quicklime.spark.job;

import dev.quicklime.cli.help.GroupedHelp;
import dev.quicklime.cli.run.CommandVersion;
import dev.quicklime.cli.run.Failures;
import dev.quicklime.cli.run.TerminalWriter;
import dev.quicklime.spark.doctor.SparkDoctor;
import dev.quicklime.spark.profile.ProfileJob;
import org.apache.spark.sql.SparkSession;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** What {@code spark-submit} starts: leaves the work to its subcommands. */
@Command(
    name = "quicklime-spark",
    description = "Explains what an image classifier saw, on Apache Spark.",
    mixinStandardHelpOptions = true,
    versionProvider = CommandVersion.class,
    synopsisSubcommandLabel = "COMMAND",
    footer = {
      "",
      "Exit codes: 0 done, broken pictures being rows of the result; 2 your input, options or model"
          + " file are wrong; 1 anything else."
    })
public final class SparkMain implements Runnable {

  @Spec private CommandSpec spec;

  @Override
  public void run() {
    spec.commandLine().usage(TerminalWriter.raw(spec.commandLine().getOut()));
  }

  /** Runs the job and ends the JVM with its exit code, where that is not 0. */
  public static void main(String[] args) {
    int code = commandLine().execute(args);
    SparkSession.getActiveSession().foreach(SparkMain::stop);
    if (code != CommandLine.ExitCode.OK) {
      // On YARN a driver that calls for the end of the JVM has failed, whatever its code.
      System.exit(code);
    }
  }

  private static Object stop(SparkSession session) {
    session.stop();
    return session;
  }

  /** The command line. */
  public static CommandLine commandLine() {
    Failures failures = Failures.configured();
    return new CommandLine(new SparkMain())
        .addSubcommand(ExplainJob.commandLine())
        .addSubcommand(new ProfileJob())
        .addSubcommand(new SparkDoctor())
        .setHelpFactory(GroupedHelp::new)
        .setExpandAtFiles(false)
        .setExecutionStrategy(TerminalWriter::execute)
        .setParameterExceptionHandler(failures)
        .setExecutionExceptionHandler(failures);
  }
}
