package dev.quicklime.cli.options;

import dev.quicklime.InvalidInputException;
import dev.quicklime.model.Labels;
import java.util.List;
import java.util.Objects;
import java.util.function.Function;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Reads the options of {@code explain} for whoever has them as words, and no command to run. */
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
   * Reads words, those of the model included.
   *
   * @param words of a command line, the files that they name being there
   * @throws InvalidInputException in one line, if an option is wrong
   */
  public static Settings.Chosen choose(List<String> words) {
    return read(words, parsed -> parsed.settings.choose(parsed.spec));
  }

  /**
   * Reads words of what is the same for all models.
   *
   * @param labels names of a model's classes, some of which may be asked for
   * @throws InvalidInputException in one line, if an option is wrong
   */
  public static Settings.Manner manner(List<String> words, Labels labels) {
    Objects.requireNonNull(labels, "labels");
    return read(words, parsed -> parsed.settings.manner(parsed.spec, labels));
  }

  private static <T> T read(List<String> words, Function<Parsed, T> what) {
    Objects.requireNonNull(words, "words");
    Parsed parsed = new Parsed();
    CommandLine command = new CommandLine(parsed).setExpandAtFiles(false);
    try {
      command.parseArgs(words.toArray(String[]::new));
      return what.apply(parsed);
    } catch (ParameterException e) {
      throw new InvalidInputException(
          String.valueOf(e.getMessage()).lines().findFirst().orElse(""), e);
    }
  }
}
