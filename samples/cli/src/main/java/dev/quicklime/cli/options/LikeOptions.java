package dev.quicklime.cli.options;

import dev.quicklime.ExplainOptions;
import dev.quicklime.InvalidInputException;
import dev.quicklime.design.Exhaustive;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BinaryOperator;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ParseResult;

/**
 * Options of an explanation that is made again, as words where there are any, so that others can be
 * given besides; as they are where no option says them: a label map, for instance.
 *
 * @param file where they were read from
 * @param options what was explained by
 */
record LikeOptions(Path file, ExplainOptions options) {

  /**
   * What may be said by no option.
   *
   * @param taken the first options with this part of the second
   * @param whole options that say another one of its kind
   * @param within options that change a part of it
   */
  private record Part(
      BinaryOperator<ExplainOptions> taken, List<String> whole, List<String> within) {}

  private static final Part SEGMENTER =
      new Part(
          (to, from) -> to.withSegmenter(from.segmenter()),
          List.of("--segments", "--segmenter", "--tiles", "--label-map"),
          List.of("--compactness"));

  private static final Part DESIGN =
      new Part((to, from) -> to.withDesign(from.design()), List.of("--design"), List.of());

  private static final Part FILL =
      new Part((to, from) -> to.withFill(from.fill()), List.of("--fill"), List.of("--blur-sigma"));

  private static final Part SURROGATE =
      new Part(
          (to, from) -> to.withSurrogate(from.surrogate()),
          List.of("--surrogate"),
          List.of("--alpha", "--features", "--l1-ratio", "--radius", "--limit", "--no-intercept"));

  private static final List<Part> PARTS = List.of(SEGMENTER, DESIGN, FILL, SURROGATE);

  /** Why no option says a part, or null where one does. */
  private @Nullable String unsaid(Part part) {
    try {
      if (part.equals(SURROGATE)) {
        SurrogateTexts.ofAny(options.surrogate());
      } else {
        OptionTexts.of(part.taken.apply(ExplainOptions.defaults(), options));
      }
      return null;
    } catch (IllegalArgumentException e) {
      return e.getMessage();
    }
  }

  /** What options say of these, by the options. */
  Map<String, String> texts() {
    ExplainOptions said = options.withStop(0).withStopError(0);
    for (Part part : PARTS) {
      if (part.equals(SURROGATE) || unsaid(part) != null) {
        said = part.taken.apply(said, ExplainOptions.defaults());
      }
    }
    if (!(said.design() instanceof Exhaustive)) {
      said = said.withStop(options.stop()).withStopError(options.stopError());
    }
    Map<String, String> texts = new LinkedHashMap<>(OptionTexts.of(said));
    for (Part part : PARTS) {
      if (part.equals(SURROGATE) || unsaid(part) != null) {
        Stream.of(part.whole, part.within).flatMap(List::stream).forEach(texts::remove);
      }
    }
    if (unsaid(SURROGATE) == null) {
      texts.putAll(SurrogateTexts.ofAny(options.surrogate()));
    }
    return texts;
  }

  /**
   * Adds what no option says.
   *
   * @param parsed what the words of options came to
   * @throws InvalidInputException if an option that was given changes a part of that
   */
  ExplainOptions complete(ExplainOptions parsed, ParseResult given) {
    ExplainOptions all = parsed;
    for (Part part : PARTS) {
      String why = unsaid(part);
      if (why == null || part.whole.stream().anyMatch(given::hasMatchedOption)) {
        continue;
      }
      for (String option : part.within) {
        if (given.hasMatchedOption(option)) {
          throw new InvalidInputException(
              "%s cannot change a part of what --like %s says, as %s: give %s as well"
                  .formatted(option, file, why, part.whole.getFirst()));
        }
      }
      all = part.taken.apply(all, options);
    }
    // Every mask is drawn, and a number that was never asked for stands beside.
    return all.design() instanceof Exhaustive && options.design() instanceof Exhaustive
        ? all.withSamples(options.samples())
        : all;
  }
}
