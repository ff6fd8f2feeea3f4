package dev.quicklime.cli.gradcam;

import dev.quicklime.cam.AlphaNormalization;
import dev.quicklime.cam.CamOptions;
import dev.quicklime.cam.FrameWeights;
import dev.quicklime.cli.help.HelpGroup;
import dev.quicklime.cli.help.InGroup;
import dev.quicklime.cli.options.LabelNames;
import dev.quicklime.cli.options.Parse;
import dev.quicklime.model.ClassChoice;
import dev.quicklime.model.Labels;
import dev.quicklime.model.Target;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** How maps are computed and drawn. */
@InGroup(HelpGroup.SAMPLES)
final class CamFlags {

  private static final int MAX_CLASSES = 1_000_000;

  @InGroup(HelpGroup.COMMON)
  @Option(
      names = "--layer",
      paramLabel = "NAME",
      description =
          "The layer whose maps are taken, by its module's path or by the value's name in the"
              + " graph; --list-layers shows them (default: the last one with places that"
              + " everything goes through).")
  private @Nullable String layer;

  @Option(
      names = "--target",
      paramLabel = "logit|probability",
      description =
          "Whose gradient is taken: the class's raw score, or its softmax (default:"
              + " ${DEFAULT-VALUE}).")
  private String target = "logit";

  @Option(
      names = "--alpha-normalization",
      paramLabel = "mean|sum-to-one",
      description =
          "What the weights of the maps are: mean gradients, or gradients that add up to 1"
              + " (default: ${DEFAULT-VALUE}).")
  private String normalization = "mean";

  @InGroup(HelpGroup.COMMON)
  @Option(
      names = "--top",
      paramLabel = "K",
      description = "How many of the best classes are mapped (default: ${DEFAULT-VALUE}).")
  private String top = "3";

  @InGroup(HelpGroup.COMMON)
  @Option(
      names = "--classes",
      paramLabel = "281,tabby",
      description = "The classes that are mapped, by index or name (default: the best).")
  private @Nullable String classes;

  @InGroup(HelpGroup.OUTPUT)
  @Option(
      names = "--opacity",
      paramLabel = "O",
      description =
          "How much of the map is laid over the picture, from 0 to 1 (default:"
              + " ${DEFAULT-VALUE}).")
  private String opacity = "0.65";

  /** How much of the map is seen. */
  double opacity() {
    return Parse.number(
        "--opacity", opacity, "a number from 0 to 1", value -> value >= 0 && value <= 1);
  }

  /**
   * Checks all options.
   *
   * @param labels names of the classes
   * @param frames over which frames weights are averaged
   */
  CamOptions options(Labels labels, FrameWeights frames) {
    Target wanted =
        Parse.choice(
            "--target",
            target,
            Map.of("logit", Target.LOGIT, "probability", Target.PROBABILITY),
            "logit, probability");
    return new CamOptions(
        layer,
        wanted,
        Parse.choice("--alpha-normalization", normalization, AlphaNormalization.class),
        frames,
        choice(labels));
  }

  /** The labels, held to the classes that are asked for by name. */
  Labels relied(Labels labels) {
    return LabelNames.relied(labels, classes);
  }

  private ClassChoice choice(Labels labels) {
    int best = Parse.whole("--top", top, 1, MAX_CLASSES);
    return classes == null ? ClassChoice.top(best) : LabelNames.classes(classes, labels);
  }
}
