package dev.quicklime.cli.options;

import dev.quicklime.cli.help.HelpGroup;
import dev.quicklime.cli.help.InGroup;
import dev.quicklime.model.ClassChoice;
import dev.quicklime.model.Labels;
import dev.quicklime.model.Target;
import dev.quicklime.tabular.TabularDesign;
import dev.quicklime.tabular.TabularOptions;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Which rows are drawn around the explained one, and what of the model's scores is explained. */
@InGroup(HelpGroup.SAMPLES)
final class NeighbourFlags {

  private static final int MAX_CLASSES = 1_000_000;

  @InGroup(HelpGroup.COMMON)
  @Option(
      names = "--samples",
      paramLabel = "N",
      description = "Rows that are drawn around the explained one (default: ${DEFAULT-VALUE}).")
  private String samples = "5000";

  @Option(
      names = "--design",
      paramLabel = "gaussian|antithetic|sobol",
      description =
          "How: independently, as LIME does; each followed by its mirror image; or points of a"
              + " Sobol sequence with theirs, more even than chance (default: ${DEFAULT-VALUE}).")
  private String design = "gaussian";

  @Option(
      names = "--width",
      paramLabel = "W",
      description =
          "A row at distance D weighs exp(-D^2 / (2 W^2)); D^2 is the sum of squares of how many"
              + " standard deviations each number moved, and 1 for each category that changed"
              + " (default: 0.75 times the root of the number of features).")
  private @Nullable String width;

  @Option(
      names = "--sigma",
      paramLabel = "A,B",
      description =
          "Standard deviation of the noise of each numeric column, 0 to hold it fixed (default:"
              + " that of the column, over n - 1).")
  private @Nullable String sigma;

  @Option(
      names = "--target",
      paramLabel = "probability|logit|sigmoid|top1",
      description =
          "What of a class is explained: softmax, raw score, sigmoid of it, or whether it is the"
              + " best of all; a model with one output is explained as it is"
              + " (default: ${DEFAULT-VALUE}).")
  private String target = "probability";

  @InGroup(HelpGroup.COMMON)
  @Option(
      names = "--top",
      paramLabel = "K",
      description = "How many of the best classes are explained (default: ${DEFAULT-VALUE}).")
  private String top = "1";

  @InGroup(HelpGroup.COMMON)
  @Option(
      names = "--classes",
      paramLabel = "0,setosa",
      description = "The classes that are explained, by index or name (default: the best).")
  private @Nullable String classes;

  @Option(
      names = "--seed",
      paramLabel = "S",
      description = "Decides what is drawn (default: ${DEFAULT-VALUE}).")
  private String seed = "0";

  TabularOptions applyTo(TabularOptions options, Labels labels) {
    return options
        .withSamples(Parse.whole("--samples", samples, 2, TabularOptions.MAX_SAMPLES))
        .withDesign(Parse.choice("--design", design, TabularDesign.class))
        .withWidth(
            width == null ? 0 : Parse.number("--width", width, "a number above 0", w -> w > 0))
        .withDeviations(
            sigma == null
                ? List.of()
                : Parse.numbers(
                    "--sigma",
                    sigma,
                    "numbers of at least 0 with commas between them",
                    s -> s >= 0))
        .withTarget(Parse.choice("--target", target, Target.class))
        .withClasses(classes(labels))
        .withSeed(Parse.whole("--seed", seed, Long.MIN_VALUE, Long.MAX_VALUE));
  }

  private ClassChoice classes(Labels labels) {
    if (classes == null) {
      return ClassChoice.top(Parse.whole("--top", top, 1, MAX_CLASSES));
    }
    if (classes.isBlank()) {
      throw Parse.wrong("--classes", "indices or names with commas between them", "nothing");
    }
    return new ClassChoice.Listed(
        Stream.of(classes.split(",", -1)).map(String::strip).map(labels::index).toList());
  }
}
