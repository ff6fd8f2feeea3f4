package dev.quicklime.cli;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParseResult;

/**
 * Defaults under a name; any of them can be overridden.
 *
 * @param name what it is called
 * @param values options and their defaults
 */
record Preset(String name, Map<String, String> values) {

  static final List<Preset> ALL =
      List.of(
          new Preset("default", Map.of()),
          new Preset(
              "tiles-top1",
              Map.of(
                  "--top", "3",
                  "--target", "top1",
                  "--tiles", "8x8",
                  "--samples", "1000",
                  "--fill", "gray",
                  "--surrogate", "lasso",
                  "--alpha", "auto")),
          new Preset(
              "k-lasso",
              Map.of(
                  "--top", "3",
                  "--target", "probability",
                  "--segments", "50",
                  "--samples", "1000",
                  "--fill", "mean",
                  "--surrogate", "k-lasso",
                  "--features", "10")),
          new Preset(
              "slic100-gray",
              Map.of(
                  "--top", "3",
                  "--target", "logit",
                  "--segments", "100",
                  "--samples", "1000",
                  "--fill", "gray",
                  "--surrogate", "lasso",
                  "--alpha", "auto")),
          new Preset(
              "slic20-black",
              Map.of(
                  "--top", "3",
                  "--scores", "4",
                  "--target", "logit",
                  "--segments", "20",
                  "--samples", "500",
                  "--fill", "black",
                  "--surrogate", "lasso",
                  "--alpha", "0.1",
                  "--show", "positive")),
          new Preset(
              "fast",
              Map.of(
                  "--top", "3",
                  "--target", "logit",
                  "--segments", "100",
                  "--samples", "512",
                  "--design", "hadamard",
                  "--stop", "0.05",
                  "--fill", "gray",
                  "--surrogate", "ols")));

  /** Ways of saying one thing, of which one excludes the others. */
  private static final List<List<Set<String>>> ALTERNATIVES =
      List.of(
          List.of(
              Set.of("--segments", "--segmenter", "--compactness"),
              Set.of("--tiles"),
              Set.of("--label-map")),
          List.of(Set.of("--top"), Set.of("--classes")));

  static Preset named(String name) {
    return ALL.stream()
        .filter(preset -> preset.name().equals(name))
        .findFirst()
        .orElseThrow(() -> Parse.wrong("--preset", "one of " + names(), name));
  }

  static String names() {
    return ALL.stream().map(Preset::name).collect(Collectors.joining(", "));
  }

  /** What a preset leaves alone where another option was given that may not go with it. */
  private static final Map<String, Set<String>> SUPERSEDED =
      Map.of("--alpha", Set.of("--features", "--surrogate"), "--features", Set.of("--surrogate"));

  /** Refuses options that exclude each other. */
  static void checkAlternatives(ParseResult given) {
    for (List<Set<String>> group : ALTERNATIVES) {
      List<String> named =
          group.stream()
              .flatMap(way -> way.stream().filter(given::hasMatchedOption).sorted().limit(1))
              .toList();
      if (named.size() > 1) {
        throw new IllegalArgumentException(
            named.get(1) + " cannot be combined with " + named.get(0));
      }
    }
  }

  /** Sets every option that was not given and is not excluded by one that was. */
  void apply(CommandSpec spec, ParseResult given) {
    values.forEach(
        (option, value) -> {
          if (!given.hasMatchedOption(option) && !excluded(option, given)) {
            spec.findOption(option).setValue(value);
          }
        });
  }

  private static boolean excluded(String option, ParseResult given) {
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
