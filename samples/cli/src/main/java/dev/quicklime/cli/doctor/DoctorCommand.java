package dev.quicklime.cli.doctor;

import dev.quicklime.Environment;
import dev.quicklime.InvalidInputException;
import dev.quicklime.cli.run.CommandVersion;
import dev.quicklime.cli.run.TerminalWriter;
import java.io.PrintWriter;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Help.Ansi;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/**
 * Shows what Quicklime runs on, tries each native part once, and names the remedy for what is
 * missing.
 */
@Command(
    name = "doctor",
    description = "Shows what quicklime runs on and tries each part of it.",
    mixinStandardHelpOptions = true,
    versionProvider = CommandVersion.class)
public final class DoctorCommand implements Callable<Integer> {
  @Spec private CommandSpec spec;

  @Option(
      names = "--spark",
      description = "Says how to examine the executors of Spark, which this command cannot reach.")
  private boolean spark;

  @Override
  public Integer call() {
    if (spark) {
      throw new InvalidInputException(
          "doctor --spark must run as a job of Spark, and this command is none:"
              + " samples/quicklime-spark --master MASTER -- doctor");
    }
    PrintWriter out = TerminalWriter.raw(spec.commandLine().getOut());
    List<Finding> findings = Examination.all();
    out.println("quicklime " + Environment.version());
    findings.forEach(finding -> out.println("  " + finding.show(Ansi.AUTO)));
    long missing =
        findings.stream().filter(finding -> finding.state() == Finding.State.MISSING).count();
    out.println(
        missing == 0 ? "Nothing is missing." : missing + " missing: see the remedies above.");
    out.flush();
    return missing == 0 ? ExitCode.OK : ExitCode.USAGE;
  }
}
