package dev.quicklime.cli.scenes;

import dev.quicklime.cli.run.CommandVersion;
import dev.quicklime.cli.run.TerminalWriter;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** Generated scenes, whose one object is known. */
@Command(
    name = "scenes",
    description = "Draws scenes with one known object, trains a model on them, and tests LIME.",
    mixinStandardHelpOptions = true,
    versionProvider = CommandVersion.class,
    synopsisSubcommandLabel = "COMMAND",
    subcommands = {
      ScenesGenerateCommand.class,
      ScenesTrainCommand.class,
      ScenesEvaluateCommand.class
    })
public final class ScenesCommand implements Runnable {

  @Spec private CommandSpec spec;

  @Override
  public void run() {
    spec.commandLine().usage(TerminalWriter.raw(spec.commandLine().getOut()));
  }
}
