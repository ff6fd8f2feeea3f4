package dev.quicklime.spark.executor;

import dev.quicklime.InvalidInputException;
import dev.quicklime.cli.options.Settings;
import java.util.List;
import java.util.Objects;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Reads the options of {@code explain}, as the command line has them. */
public final class ExplainWords {

  /** The options, and nothing to run. */
  @Command(name = "explain", sortOptions = false)
  private static final class Parsed {
    @Spec private CommandSpec spec;

    @Mixin private final Settings settings = new Settings();
  }

  private ExplainWords() {}

  /** The options that there are. */
  public static CommandSpec spec() {
    return new CommandLine(new Parsed()).getCommandSpec();
  }

  /**
   * Reads words.
   *
   * @param words of a command line, the files that they name being there
   * @throws InvalidInputException in one line, if an option is wrong
   */
  public static Settings.Chosen choose(List<String> words) {
    Objects.requireNonNull(words, "words");
    Parsed parsed = new Parsed();
    CommandLine command = new CommandLine(parsed).setExpandAtFiles(false);
    try {
      command.parseArgs(words.toArray(String[]::new));
      return parsed.settings.choose(parsed.spec);
    } catch (ParameterException e) {
      throw new InvalidInputException(
          String.valueOf(e.getMessage()).lines().findFirst().orElse(""), e);
    }
  }
}
