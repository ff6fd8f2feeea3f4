package dev.quicklime.spark.run;

import dev.quicklime.InvalidInputException;
import dev.quicklime.cli.options.ExplainWords;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;

/**
 * Turns named options into words of a command line: {@code samples} of {@code 500} is {@code
 * --samples=500}, and {@code blur_sigma} is {@code --blur-sigma}, as it cannot have hyphens in a
 * program. What a job on many machines cannot heed is refused.
 */
public final class OptionWords {

  private static final Set<String> REFUSED = Set.of("--show", "--list-presets");

  private OptionWords() {}

  /**
   * The words.
   *
   * @param options by name, with or without leading hyphens; what is switched on is {@code true}
   * @throws InvalidInputException if a name is no option
   */
  public static List<String> of(Map<String, String> options) {
    Objects.requireNonNull(options, "options");
    CommandSpec spec = ExplainWords.spec();
    List<String> words = new ArrayList<>();
    options.forEach((name, value) -> add(spec, words, name, value));
    return words;
  }

  private static void add(CommandSpec spec, List<String> words, String name, String value) {
    String option = "--" + name.replaceFirst("^--", "").replace('_', '-');
    OptionSpec known = spec.findOption(option);
    if (known == null || REFUSED.contains(option)) {
      throw new InvalidInputException(
          "options must be among %s, got %s"
              .formatted(
                  String.join(
                      ", ",
                      spec.optionsMap().keySet().stream()
                          .filter(one -> one.startsWith("--") && !REFUSED.contains(one))
                          .map(one -> one.substring(2))
                          .sorted()
                          .toList()),
                  name));
    }
    if (known.arity().max() > 0) {
      // One word, so that a negative number is not taken for an option.
      words.add(option + "=" + value);
    } else if (value.equals("true")) {
      words.add(option);
    } else if (!value.equals("false")) {
      throw new InvalidInputException("%s must be true or false, got %s".formatted(name, value));
    }
  }
}
