package dev.quicklime.spark.profile;

import dev.quicklime.InvalidInputException;
import dev.quicklime.cli.options.FillFlags;
import dev.quicklime.cli.options.ModelFlags;
import dev.quicklime.cli.options.SegmentFlags;
import dev.quicklime.cli.profile.ProfileFlags;
import dev.quicklime.cli.profile.ProfilePlan;
import dev.quicklime.spark.executor.ExplainSpec;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;
import picocli.CommandLine.Spec;

/**
 * The options of a profile as words that go from process to process.
 *
 * @param model those of the model, the superpixels and their fill, which explanations have too
 * @param others what else executors need to know
 */
record OptionsOfProfile(List<String> model, List<String> others) {

  /** What the driver alone has to do with. */
  private static final Set<String> OF_DRIVER =
      Set.of("--scenes", "--scenes-seed", "--seeds", "--error", "--out");

  OptionsOfProfile {
    model = List.copyOf(model);
    others = List.copyOf(others);
  }

  /** The options, and nothing to run. */
  @Command(name = "profile", sortOptions = false)
  private static final class Parsed {
    @Spec private CommandSpec spec;

    @Mixin private final ProfileFlags flags = new ProfileFlags();
  }

  /** What a command line that has been parsed says. */
  static OptionsOfProfile of(ParseResult given) {
    CommandSpec shared = shared();
    List<String> model = new ArrayList<>();
    List<String> others = new ArrayList<>();
    for (OptionSpec option : given.matchedOptions()) {
      String name = option.longestName();
      if (OF_DRIVER.contains(name)) {
        continue;
      }
      String word =
          option.arity().max() == 0 ? name : name + "=" + option.originalStringValues().getLast();
      (shared.findOption(name) == null ? others : model).add(word);
    }
    return new OptionsOfProfile(model, others);
  }

  /** Those that an explanation's options name too, with the same meaning. */
  private static CommandSpec shared() {
    CommandSpec shared = CommandSpec.create();
    for (Object flags : List.of(new ModelFlags(), new SegmentFlags(), new FillFlags())) {
      shared.addMixin(flags.getClass().getSimpleName(), CommandSpec.forAnnotatedObject(flags));
    }
    return shared;
  }

  /**
   * What executors open.
   *
   * @param planner makes what they find the model by of the options of an explanation
   */
  ProfileSpec spec(Function<List<String>, ExplainSpec> planner) {
    return new ProfileSpec(planner.apply(model), others);
  }

  /**
   * Reads words.
   *
   * @throws InvalidInputException in one line, if one is wrong
   */
  static ProfilePlan plan(List<String> words) {
    Parsed parsed = new Parsed();
    CommandLine command = new CommandLine(parsed).setExpandAtFiles(false);
    try {
      command.parseArgs(words.toArray(String[]::new));
      ProfileFlags.settle(parsed.spec);
      return parsed.flags.plan();
    } catch (ParameterException e) {
      throw new InvalidInputException(
          String.valueOf(e.getMessage()).lines().findFirst().orElse(""), e);
    }
  }
}
