package dev.quicklime.cli.options;

import dev.quicklime.ExplainOptions;
import dev.quicklime.InvalidInputException;
import dev.quicklime.Preset;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.ParseResult;

/**
 * What a preset is to the command line: defaults of options, any of which can be overridden.
 *
 * @param preset whose they are
 * @param values options and their defaults, in the order in which they are listed
 */
public record PresetDefaults(Preset preset, Map<String, String> values) {

  /** What only the command line knows of a preset, or says in a word of its own. */
  private static final Map<String, Map<String, String>> ADDED =
      Map.of(
          "slic20-black", Map.of("--show", "positive"),
          // Goes on to select as lime does where --features is given as well.
          "lime", Map.of("--surrogate", "lime"));

  /** Options that a list names even where a preset leaves them as they are. */
  private static final Set<String> LISTED =
      Set.of("--top", "--target", "--segments", "--samples", "--fill", "--surrogate", "--alpha");

  /** Those that it names so for some presets only. */
  private static final Map<String, Set<String>> LISTED_BESIDES =
      Map.of(
          "slic20-black", Set.of("--scores"),
          "lime", Set.of("--design", "--distance", "--width"));

  private static final String SHAPLEY = "shapley";

  /** Those of every preset, in the order in which they are listed. */
  static final List<PresetDefaults> ALL = Preset.ALL.stream().map(PresetDefaults::of).toList();

  private static PresetDefaults of(Preset preset) {
    Map<String, String> standard = OptionTexts.of(ExplainOptions.defaults());
    boolean plain = preset.options().equals(ExplainOptions.defaults());
    Set<String> besides = LISTED_BESIDES.getOrDefault(preset.name(), Set.of());
    Map<String, String> values = new LinkedHashMap<>();
    OptionTexts.of(preset.options())
        .forEach(
            (option, value) -> {
              boolean listed = (!plain && LISTED.contains(option)) || besides.contains(option);
              if (listed || !value.equals(standard.get(option))) {
                values.put(option, value);
              }
            });
    values.putAll(ADDED.getOrDefault(preset.name(), Map.of()));
    return new PresetDefaults(preset, Collections.unmodifiableMap(values));
  }

  /** Ways of saying one thing, of which one excludes the others. */
  private static final List<List<Set<String>>> ALTERNATIVES =
      List.of(
          List.of(
              Set.of("--segments", "--segmenter", "--compactness"),
              Set.of("--tiles"),
              Set.of("--label-map")),
          List.of(Set.of("--top"), Set.of("--classes")));

  static PresetDefaults named(String name) {
    return ALL.stream()
        .filter(defaults -> defaults.preset().name().equals(name))
        .findFirst()
        .orElseThrow(
            () -> Parse.wrong("--preset", "one of " + String.join(", ", Preset.NAMES), name));
  }

  /** Its options as they would be typed. */
  String options() {
    return values.isEmpty()
        ? "the defaults of every option"
        : values.entrySet().stream()
            .map(option -> option.getKey() + " " + option.getValue())
            .collect(Collectors.joining(" "));
  }

  /** Prints what there is. */
  public static void list(PrintWriter out) {
    for (PresetDefaults defaults : ALL) {
      out.printf(
          Locale.ROOT,
          "%s: %s%n  %s%n",
          defaults.preset().name(),
          defaults.preset().purpose(),
          defaults.options());
    }
    out.flush();
  }

  /** What a preset leaves alone where another option was given that may not go with it. */
  private static final Map<String, Set<String>> SUPERSEDED =
      Map.of(
          "--alpha", Set.of("--surrogate"),
          "--features", Set.of("--surrogate"),
          "--l1-ratio", Set.of("--surrogate"),
          "--radius", Set.of("--surrogate"),
          "--limit", Set.of("--surrogate"),
          "--no-intercept", Set.of("--surrogate"),
          "--blur-sigma", Set.of("--fill"),
          "--compactness", Set.of("--segmenter"));

  /** Of whose penalty and number of features each follows from the other. */
  private static final Set<String> PENALIZED = Set.of("lasso", "elastic-net");

  /** Refuses options that exclude each other. */
  static void checkAlternatives(ParseResult given) {
    for (List<Set<String>> group : ALTERNATIVES) {
      List<String> named =
          group.stream()
              .flatMap(way -> way.stream().filter(given::hasMatchedOption).sorted().limit(1))
              .toList();
      if (named.size() > 1) {
        throw new InvalidInputException(named.get(1) + " cannot be combined with " + named.get(0));
      }
    }
  }

  /** Sets every option that was not given and is not excluded by one that was. */
  void apply(CommandSpec spec, ParseResult given) {
    values.forEach(
        (option, value) -> {
          if (!given.hasMatchedOption(option)
              && !excluded(option, given)
              && !unfit(option, given)) {
            set(spec.findOption(option), value);
          }
        });
  }

  private static void set(OptionSpec option, String value) {
    if (option.type() == Path.class) {
      option.setValue(Path.of(value));
    } else if (option.type() == boolean.class) {
      option.setValue(Boolean.valueOf(value));
    } else {
      option.setValue(value);
    }
  }

  /**
   * Whether a design is for Shapley values and what is fitted is something else, or reversed; or
   * whether there is nothing to stop.
   */
  private boolean unfit(String option, ParseResult given) {
    if (option.startsWith("--stop")) {
      return "exhaustive".equals(given.matchedOptionValue("--design", ""));
    }
    return option.equals("--design")
        && given.hasMatchedOption("--surrogate")
        && SHAPLEY.equals(given.matchedOptionValue("--surrogate", ""))
            != SHAPLEY.equals(values.get("--surrogate"));
  }

  private boolean excluded(String option, ParseResult given) {
    String alternative =
        option.equals("--alpha") ? "--features" : option.equals("--features") ? "--alpha" : null;
    if (alternative != null
        && PENALIZED.contains(values.get("--surrogate"))
        && given.hasMatchedOption(alternative)) {
      return true;
    }
    if (SUPERSEDED.getOrDefault(option, Set.of()).stream().anyMatch(given::hasMatchedOption)) {
      return true;
    }
    return ALTERNATIVES.stream()
        .filter(group -> group.stream().anyMatch(way -> way.contains(option)))
        .flatMap(List::stream)
        .filter(way -> !way.contains(option))
        .flatMap(Set::stream)
        .anyMatch(given::hasMatchedOption);
  }
}
