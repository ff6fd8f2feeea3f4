package dev.quicklime.cli.options;

import dev.quicklime.ExplainOptions;
import dev.quicklime.design.Design;
import dev.quicklime.design.Exhaustive;
import dev.quicklime.model.ClassChoice;
import dev.quicklime.perturb.Fill;
import dev.quicklime.segment.GivenSegments;
import dev.quicklime.segment.Segmenter;
import dev.quicklime.segment.Slic;
import dev.quicklime.segment.Slico;
import dev.quicklime.segment.Tiles;
import dev.quicklime.surrogate.Shapley;
import java.math.BigDecimal;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * Says by options what an explanation is asked for: the way back from {@link ExplainOptions} to the
 * command line, which reads the same from them.
 */
final class OptionTexts {

  private final Map<String, String> values = new LinkedHashMap<>();

  private OptionTexts() {}

  /**
   * Options with their values, in the order in which they are listed; those that something else
   * takes the place of, or whose value follows from another one's, are left out.
   *
   * @throws IllegalArgumentException if there is something that no option says, superpixels in
   *     memory for instance
   */
  static Map<String, String> of(ExplainOptions options) {
    OptionTexts texts = new OptionTexts();
    texts.classes(options.classes());
    texts.put("--scores", options.scoresShown());
    texts.put("--target", Parse.word(options.target()));
    texts.segmenter(options.segmenter());
    if (!(options.design() instanceof Exhaustive)) {
      // Which draws every mask, however many are asked for, and takes no such option.
      texts.put("--samples", options.samples());
    }
    texts.put("--design", name(options.design()));
    if (options.stop() > 0) {
      texts.put("--stop", number(options.stop()));
    }
    if (options.stopError() > 0) {
      texts.put("--stop-error", number(options.stopError()));
    }
    texts.fill(options.fill());
    if (!(options.surrogate() instanceof Shapley)) {
      texts.put("--distance", Parse.word(options.locality().distance()));
      texts.put("--width", number(options.locality().width()));
    }
    texts.values.putAll(SurrogateTexts.of(options.surrogate()));
    texts.put("--seed", options.seed());
    texts.put("--max-pixels", options.limits().maxPixels());
    return Collections.unmodifiableMap(texts.values);
  }

  /** A number as it would be typed, which is read as the very same. */
  static String number(double value) {
    return BigDecimal.valueOf(value).stripTrailingZeros().toPlainString();
  }

  /** What a setting is refused with that no option says. */
  static IllegalArgumentException unsaid(Object setting) {
    return new IllegalArgumentException("no option of the command line says " + setting);
  }

  private void put(String option, Object value) {
    values.put(option, value.toString());
  }

  private void classes(ClassChoice classes) {
    switch (classes) {
      case ClassChoice.Top(int count) -> put("--top", count);
      case ClassChoice.Listed(List<Integer> indices) ->
          put("--classes", indices.stream().map(String::valueOf).collect(Collectors.joining(",")));
    }
  }

  private void segmenter(Segmenter segmenter) {
    switch (segmenter) {
      case Slic slic when slic.iterations() == Slic.of(slic.segments()).iterations() -> {
        put("--segments", slic.segments());
        if (slic.compactness() != Slic.of(slic.segments()).compactness()) {
          put("--compactness", number(slic.compactness()));
        }
      }
      case Slico slico when slico.equals(Slico.of(slico.segments())) -> {
        put("--segments", slico.segments());
        put("--segmenter", "slico");
      }
      case Tiles(int rows, int columns) -> put("--tiles", rows + "x" + columns);
      case Slic _, Slico _, GivenSegments _ -> throw unsaid(segmenter);
    }
  }

  private static String name(Design design) {
    return SampleFlags.DESIGNS.entrySet().stream()
        .filter(named -> named.getValue().equals(design))
        .map(Map.Entry::getKey)
        .findFirst()
        .orElseThrow(() -> unsaid(design));
  }

  private void fill(Fill fill) {
    switch (fill) {
      case Fill.SegmentMean _ -> put("--fill", "mean");
      case Fill.ImageMean _ -> put("--fill", "image-mean");
      case Fill.Blur(double sigma) -> {
        put("--fill", "blur");
        put("--blur-sigma", number(sigma));
      }
      case Fill.Constant constant -> put("--fill", colour(constant));
    }
  }

  private static String colour(Fill.Constant fill) {
    if (fill.equals(Fill.gray())) {
      return "gray";
    }
    if (fill.equals(Fill.black())) {
      return "black";
    }
    if (fill.levels().size() != 3 || fill.levels().stream().anyMatch(x -> x != Math.rint(x))) {
      throw unsaid(fill);
    }
    return fill.levels().stream()
        .map(level -> String.format(Locale.ROOT, "%02x", level.intValue()))
        .collect(Collectors.joining("", "#", ""));
  }
}
