package dev.quicklime.cli.options;

import dev.quicklime.ExplainOptions;
import dev.quicklime.InvalidInputException;
import dev.quicklime.design.Exhaustive;
import dev.quicklime.surrogate.Shapley;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.BinaryOperator;
import picocli.CommandLine.ParseResult;

/**
 * Options of an explanation that is made again, as words where there are any, so that others can be
 * given besides; as they are where no option says them: a label map, for instance.
 *
 * @param file where they were read from
 * @param options what was explained by
 */
record LikeOptions(Path file, ExplainOptions options) {

  /** What may be said by no option, and the options that say others of its kind. */
  private enum Part {
    SEGMENTER(
        (to, from) -> to.withSegmenter(from.segmenter()),
        Set.of("--segments", "--segmenter", "--tiles", "--label-map"),
        Set.of("--compactness")),
    DESIGN((to, from) -> to.withDesign(from.design()), Set.of("--design"), Set.of()),
    FILL((to, from) -> to.withFill(from.fill()), Set.of("--fill"), Set.of("--blur-sigma")),
    SURROGATE(
        (to, from) -> to.withSurrogate(from.surrogate()),
        Set.of("--surrogate"),
        Set.of("--alpha", "--features", "--l1-ratio", "--radius", "--limit", "--no-intercept"));

    private final BinaryOperator<ExplainOptions> taken;
    private final Set<String> whole;
    private final Set<String> within;

    Part(BinaryOperator<ExplainOptions> taken, Set<String> whole, Set<String> within) {
      this.taken = taken;
      this.whole = whole;
      this.within = within;
    }

    private boolean said(ExplainOptions options) {
      try {
        OptionTexts.of(taken.apply(ExplainOptions.defaults(), options));
        return true;
      } catch (IllegalArgumentException e) {
        return false;
      }
    }
  }

  private Set<Part> unsaid() {
    Set<Part> unsaid = EnumSet.noneOf(Part.class);
    for (Part part : Part.values()) {
      if (!part.said(options)) {
        unsaid.add(part);
      }
    }
    return unsaid;
  }

  /** Those that options say, by the options. */
  Map<String, String> texts() {
    ExplainOptions said = options.withStop(0).withStopError(0);
    for (Part part : unsaid()) {
      said = part.taken.apply(said, ExplainOptions.defaults());
    }
    if (!(said.design() instanceof Exhaustive)) {
      said = said.withStop(options.stop()).withStopError(options.stopError());
    }
    Map<String, String> texts = new LinkedHashMap<>(OptionTexts.of(said));
    for (Part part : unsaid()) {
      texts.keySet().removeAll(part.whole);
      texts.keySet().removeAll(part.within);
    }
    return texts;
  }

  /**
   * Adds what no option says.
   *
   * @param parsed what the words of options came to
   */
  ExplainOptions complete(ExplainOptions parsed, ParseResult given) {
    ExplainOptions all = parsed;
    for (Part part : unsaid()) {
      if (part.whole.stream().anyMatch(given::hasMatchedOption)) {
        continue;
      }
      List<String> within = part.within.stream().filter(given::hasMatchedOption).sorted().toList();
      if (!within.isEmpty()) {
        throw new InvalidInputException(
            "%s cannot change a part of what --like %s says, as %s: give %s as well"
                .formatted(
                    within.getFirst(),
                    file,
                    OptionTexts.unsaid(part.name().toLowerCase(java.util.Locale.ROOT)).getMessage(),
                    part.whole.stream().sorted().findFirst().orElseThrow()));
      }
      all = part.taken.apply(all, options);
    }
    if (all.design() instanceof Exhaustive && options.design() instanceof Exhaustive) {
      // Every mask is drawn, and a number that was never asked for stands beside.
      all = all.withSamples(options.samples());
    }
    boolean weighed = given.hasMatchedOption("--distance") || given.hasMatchedOption("--width");
    return all.surrogate() instanceof Shapley && options.surrogate() instanceof Shapley && !weighed
        ? all.withLocality(options.locality())
        : all;
  }
}
