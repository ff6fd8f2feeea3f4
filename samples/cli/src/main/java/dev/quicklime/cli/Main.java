package dev.quicklime.cli;

import dev.quicklime.cli.doctor.DoctorCommand;
import dev.quicklime.cli.explain.ExplainCommand;
import dev.quicklime.cli.gradcam.GradcamCommand;
import dev.quicklime.cli.help.GroupedHelp;
import dev.quicklime.cli.importing.ImportCommand;
import dev.quicklime.cli.network.NetworkCommand;
import dev.quicklime.cli.profile.ProfileCommand;
import dev.quicklime.cli.refit.RefitCommand;
import dev.quicklime.cli.run.ArgumentFiles;
import dev.quicklime.cli.run.CommandVersion;
import dev.quicklime.cli.run.Failures;
import dev.quicklime.cli.run.HeadStart;
import dev.quicklime.cli.run.Stderr;
import dev.quicklime.cli.run.Stdout;
import dev.quicklime.cli.run.TerminalWriter;
import dev.quicklime.cli.run.TimeLine;
import dev.quicklime.cli.scenes.ScenesCommand;
import dev.quicklime.cli.serve.CallbackCommand;
import dev.quicklime.cli.serve.ServeCommand;
import dev.quicklime.cli.study.StudyCommand;
import dev.quicklime.cli.tabular.TabularCommand;
import java.util.List;
import picocli.AutoComplete.GenerateCompletion;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** The root command: shows the usage, and leaves the work to its subcommands. */
@Command(
    name = "quicklime",
    description = "Explains what an image classifier saw.",
    mixinStandardHelpOptions = true,
    versionProvider = CommandVersion.class,
    synopsisSubcommandLabel = "COMMAND",
    subcommands = {
      ExplainCommand.class,
      StudyCommand.class,
      RefitCommand.class,
      ProfileCommand.class,
      GradcamCommand.class,
      NetworkCommand.class,
      TabularCommand.class,
      ImportCommand.class,
      ServeCommand.class,
      CallbackCommand.class,
      ScenesCommand.class,
      DoctorCommand.class,
      GenerateCompletion.class
    },
    footer = {
      "",
      "samples/quicklime COMMAND --help shows the options of a command.",
      "",
      "@FILE stands for the words of a file: options, pictures, further @FILEs; a name that"
          + " begins with @ is written with a second one, @@.",
      "",
      "samples/quicklime bench measures the hot paths; samples/quicklime bench --help says how.",
      "source <(samples/quicklime generate-completion) has bash and zsh complete commands.",
      "",
      "Exit codes: 0 done; 2 your input, options or model file are wrong; 1 anything else.",
      "QUICKLIME_DEBUG=1 shows stack traces and what is loaded. NO_COLOR=1 leaves colours out."
    })
public final class Main implements Runnable {
  @Spec private CommandSpec spec;

  @Override
  public void run() {
    spec.commandLine().usage(TerminalWriter.raw(spec.commandLine().getOut()));
  }

  /** Runs the command and ends the JVM with its exit code. */
  public static void main(String[] args) {
    ArgumentFiles read = ArgumentFiles.of(args);
    List<String> given = read.words();
    if (!asksForKernels() && HeadStart.pays(given)) {
      HeadStart.begin(HeadStart.needsOnnx(given));
    }
    CommandLine command =
        switch (given.isEmpty() ? "" : given.getFirst()) {
          case "explain" -> explain();
          case "serve" -> alone(new ServeCommand());
          case "callback" -> alone(new CallbackCommand());
          default -> commandLine();
        };
    end(command, read);
  }

  /**
   * Whether kernels are asked for that this JVM may not have. A class that could not be set up
   * tells only the first thread why, which must then be the one that tells the user.
   */
  private static boolean asksForKernels() {
    return System.getProperty("dev.quicklime.kernels") != null
        || System.getProperty("dev.quicklime.vectorBits") != null;
  }

  /** Runs a command line and ends the JVM with its exit code. */
  public static void end(CommandLine command, String[] args) {
    end(command, ArgumentFiles.of(args));
  }

  private static void end(CommandLine command, ArgumentFiles args) {
    Stderr.restore(Integer.getInteger("dev.quicklime.stderr"));
    TimeLine.reached("commands are known");
    int code = run(command, args);
    if (code == CommandLine.ExitCode.OK && System.out.checkError()) {
      if (!Stdout.isPipe()) {
        System.err.println("quicklime: what was to be printed could not be written");
      }
      code = CommandLine.ExitCode.SOFTWARE;
    }
    TimeLine.reached("the end");
    System.exit(code);
  }

  /** picocli lets errors through. */
  static int run(CommandLine command, ArgumentFiles args) {
    try {
      return args.wrong() == null
          ? command.execute(args.words().toArray(String[]::new))
          : Failures.configured().report(args.wrong(), command);
    } catch (Error e) {
      return Failures.configured().report(e, command);
    }
  }

  /**
   * The command line.
   *
   * @param more commands that a program adds to those of {@code quicklime}
   */
  public static CommandLine commandLine(Object... more) {
    CommandLine command = new CommandLine(new Main());
    for (Object added : more) {
      command.addSubcommand(added);
    }
    return configured(command);
  }

  /**
   * The command line with {@code explain} alone: reading the other commands' options takes time.
   */
  static CommandLine explain() {
    return alone(new ExplainCommand());
  }

  private static CommandLine alone(Object subcommand) {
    CommandLine command = new CommandLine(CommandSpec.create().name("quicklime"));
    command.addSubcommand(subcommand);
    return configured(command);
  }

  private static CommandLine configured(CommandLine command) {
    Failures failures = Failures.configured();
    // What follows holds for all subcommands that are there by now.
    return command
        .setHelpFactory(GroupedHelp::new)
        // Argument files are read before, so that a wrong one is told.
        .setExpandAtFiles(false)
        .setExecutionStrategy(TerminalWriter::execute)
        .setParameterExceptionHandler(failures)
        .setExecutionExceptionHandler(failures);
  }
}
