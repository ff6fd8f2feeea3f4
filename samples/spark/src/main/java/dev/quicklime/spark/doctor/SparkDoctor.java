package dev.quicklime.spark.doctor;

import dev.quicklime.Environment;
import dev.quicklime.cli.doctor.Finding;
import dev.quicklime.cli.options.Parse;
import dev.quicklime.cli.run.CommandVersion;
import dev.quicklime.cli.run.TerminalWriter;
import java.io.PrintWriter;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.Callable;
import org.apache.spark.SparkContext;
import org.apache.spark.sql.SparkSession;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Help.Ansi;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/**
 * Shows what the driver and every executor run on, tries each native part once in each process, and
 * names the remedy for what is missing.
 */
@Command(
    name = "doctor",
    description = "Shows what every executor runs on and tries each part of it there.",
    mixinStandardHelpOptions = true,
    versionProvider = CommandVersion.class)
public final class SparkDoctor implements Callable<Integer> {

  @Spec private CommandSpec spec;

  @Option(
      names = "--wait",
      paramLabel = "SECONDS",
      description =
          "How long to wait for the executors' answers, 1 to 3600 (default: ${DEFAULT-VALUE}).")
  private String wait = "180";

  private final @Nullable SparkContext given;

  /** For the session that is there, or one that the environment describes. */
  public SparkDoctor() {
    this.given = null;
  }

  /**
   * For an application.
   *
   * @param context of it
   */
  public SparkDoctor(SparkContext context) {
    this.given = Objects.requireNonNull(context, "context");
  }

  @Override
  public Integer call() throws InterruptedException {
    Duration patience = Duration.ofSeconds(Parse.whole("--wait", wait, 1, 3600));
    SparkContext context =
        given == null ? SparkSession.builder().getOrCreate().sparkContext() : given;
    PrintWriter out = TerminalWriter.raw(spec.commandLine().getOut());
    out.println(
        "quicklime "
            + Environment.version()
            + ", Spark "
            + context.version()
            + ", "
            + context.master());
    List<ExecutorAnswer> shown = new ArrayList<>();
    if (!context.isLocal()) {
      // Number formats are compared on the driver, which needs all parts for that.
      show(out, ExecutorAnswer.here(), shown);
    }
    ExecutorSurvey.Outcome outcome = new ExecutorSurvey(context, patience).ask();
    outcome.answers().forEach(answer -> show(out, answer, shown));
    outcome.silent().forEach(address -> out.println("executor at " + address + ": no answer"));
    String failure = outcome.failure();
    if (failure != null) {
      out.println("  " + new Finding(Finding.State.MISSING, "Executors", failure).show(Ansi.AUTO));
    }
    List<Finding> of = kinds(outcome.answers());
    of.forEach(finding -> out.println(finding.show(Ansi.AUTO)));
    long missing =
        shown.stream().mapToLong(answer -> answer.missing().size()).sum()
            + outcome.silent().size()
            + (failure == null ? 0 : 1);
    out.println(
        missing == 0
            ? "Nothing is missing on %s executors.".formatted(outcome.answers().size())
            : missing + " missing: see the remedies above.");
    out.flush();
    return missing == 0 ? ExitCode.OK : ExitCode.USAGE;
  }

  /** All of the first of its kind, and of others what is their own. */
  private static void show(PrintWriter out, ExecutorAnswer answer, List<ExecutorAnswer> shown) {
    String name = answer.executor().equals("driver") ? "driver" : "executor " + answer.executor();
    String head = name + ", " + answer.host() + ", process " + answer.process();
    ExecutorAnswer same = shown.stream().filter(answer::like).findFirst().orElse(null);
    out.println(same == null ? head : head + ": as " + same.executor() + ", but for");
    answer.findings().stream()
        .filter(finding -> same == null || ExecutorExamination.OWN.contains(finding.part()))
        .forEach(finding -> out.println("  " + finding.show(Ansi.AUTO)));
    shown.add(answer);
  }

  /** Results are equal to the bit where processors are. */
  static List<Finding> kinds(List<ExecutorAnswer> answers) {
    Set<String> kinds = new TreeSet<>();
    answers.forEach(
        answer ->
            kinds.add(
                answer.detail("CPU").replaceAll(", \\d+ cores$", "")
                    + ", kernels "
                    + answer.detail("Kernels")));
    return kinds.size() < 2
        ? List.of()
        : List.of(
            new Finding(
                Finding.State.NONE,
                "Kinds",
                "processors are of several kinds, on which last digits may differ: "
                    + String.join("; ", kinds)));
  }
}
