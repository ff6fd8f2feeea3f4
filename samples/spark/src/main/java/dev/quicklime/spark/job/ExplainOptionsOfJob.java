package dev.quicklime.spark.job;

import dev.quicklime.cli.options.ExplainWords;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.ParseResult;

/**
 * The options of {@code explain} as options of a job. A job's own {@code --output} is where results
 * go, so that the one that names an output of the model has another name here.
 */
final class ExplainOptionsOfJob {

  private static final Map<String, String> RENAMED = Map.of("--output", "--model-output");

  /** Of figures, which a job draws none of, and of the command line alone. */
  private static final Set<String> LEFT_OUT = Set.of("--show", "--list-presets");

  private static final Map<String, String> DESCRIBED =
      Map.of(
          "--precision",
          "Its number format; auto takes bf16 where the driver's processor has it and the scores of"
              + " the first picture agree with those in fp32, for all executors (default: auto).",
          "--batch",
          "Pictures in one forward pass; auto goes by the size of the model's input, so that all"
              + " executors have the same (default: auto).",
          "--threads",
          "Threads of a forward pass; auto takes the cores of an executor, spark.executor.cores"
              + " (default: auto).");

  private ExplainOptionsOfJob() {}

  /** Adds them, in the order that {@code explain} has them in. */
  static void addTo(CommandSpec job) {
    for (OptionSpec option : ExplainWords.spec().options()) {
      String name = option.longestName();
      if (!LEFT_OUT.contains(name)) {
        job.addOption(
            OptionSpec.builder(RENAMED.getOrDefault(name, name))
                .arity(String.valueOf(option.arity()))
                .type(option.arity().max() == 0 ? boolean.class : String.class)
                .paramLabel(option.paramLabel())
                .description(described(option))
                // Which says what group of the help it belongs to.
                .userObject(option.userObject())
                .build());
      }
    }
  }

  /** Defaults are in the texts, and those of a job need not be those of explain. */
  private static String[] described(OptionSpec option) {
    String other = DESCRIBED.get(option.longestName());
    if (other != null) {
      return new String[] {other};
    }
    String[] lines = option.description().clone();
    String standard = option.longestName().equals("--seed") ? "content" : option.defaultValue();
    String shown = standard == null ? String.valueOf(option.<Object>getValue()) : standard;
    for (int i = 0; i < lines.length; i++) {
      // Percent signs have been told from formats once, and are about to be again.
      lines[i] = lines[i].replace("${DEFAULT-VALUE}", shown).replace("%", "%%");
    }
    return lines;
  }

  /** What was given of them, as words of {@code explain}. */
  static List<String> words(ParseResult given) {
    List<String> words = new ArrayList<>();
    for (OptionSpec option : ExplainWords.spec().options()) {
      String name = option.longestName();
      OptionSpec own = given.matchedOption(RENAMED.getOrDefault(name, name));
      if (own == null || LEFT_OUT.contains(name)) {
        continue;
      }
      if (option.arity().max() == 0) {
        words.add(name);
      } else {
        own.originalStringValues().forEach(value -> words.add(name + "=" + value));
      }
    }
    return words;
  }
}
