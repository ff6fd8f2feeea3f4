package dev.quicklime.cli.options;

import dev.quicklime.InvalidInputException;
import java.io.PrintWriter;
import java.util.Collections;
import java.util.LinkedHashMap;
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
 * @param purpose what it is for, in a clause
 * @param values options and their defaults, in the order in which they are listed
 */
public record Preset(String name, String purpose, Map<String, String> values) {

  public static final List<Preset> ALL =
      List.of(
          of("default", "a sparse explanation of probabilities"),
          of(
              "tiles-top1",
              "tiles, and whether the class wins instead of by how much",
              "--top=3",
              "--target=top1",
              "--tiles=8x8",
              "--samples=1000",
              "--fill=gray",
              "--surrogate=lasso",
              "--alpha=auto"),
          of(
              "k-lasso",
              "ten superpixels for each class, as in LIME's paper",
              "--top=3",
              "--target=probability",
              "--segments=50",
              "--samples=1000",
              "--fill=mean",
              "--surrogate=k-lasso",
              "--features=10"),
          of(
              "slic100-gray",
              "a sparse explanation of raw scores",
              "--top=3",
              "--target=logit",
              "--segments=100",
              "--samples=1000",
              "--fill=gray",
              "--surrogate=lasso",
              "--alpha=auto"),
          of(
              "slic20-black",
              "few large superpixels, only those that speak for a class",
              "--top=3",
              "--scores=4",
              "--target=logit",
              "--segments=20",
              "--samples=500",
              "--fill=black",
              "--surrogate=lasso",
              "--alpha=0.1",
              "--show=positive"),
          of(
              "lime",
              "what Python's lime does unless told otherwise, on SLIC's superpixels",
              "--top=5",
              "--scores=5",
              "--target=probability",
              "--segments=50",
              "--samples=999",
              "--design=bernoulli",
              "--fill=mean",
              "--distance=cosine",
              "--width=0.25",
              "--surrogate=lime"),
          of(
              "fast",
              "as few samples as steady weights need, with an interval for each",
              "--top=3",
              "--target=logit",
              "--segments=100",
              "--samples=512",
              "--design=hadamard",
              "--stop=0.05",
              "--fill=gray",
              "--surrogate=ols"));

  private static Preset of(String name, String purpose, String... options) {
    Map<String, String> values = new LinkedHashMap<>();
    for (String option : options) {
      int sign = option.indexOf('=');
      values.put(option.substring(0, sign), option.substring(sign + 1));
    }
    return new Preset(name, purpose, Collections.unmodifiableMap(values));
  }

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
    for (Preset preset : ALL) {
      out.printf("%s: %s%n  %s%n", preset.name(), preset.purpose(), preset.options());
    }
    out.flush();
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
        throw new InvalidInputException(named.get(1) + " cannot be combined with " + named.get(0));
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
