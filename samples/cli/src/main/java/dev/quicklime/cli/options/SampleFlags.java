package dev.quicklime.cli.options;

import dev.quicklime.ExplainOptions;
import dev.quicklime.InvalidInputException;
import dev.quicklime.cli.help.HelpGroup;
import dev.quicklime.cli.help.InGroup;
import dev.quicklime.design.Antithetic;
import dev.quicklime.design.Bernoulli;
import dev.quicklime.design.Design;
import dev.quicklime.design.Exhaustive;
import dev.quicklime.design.FixedSize;
import dev.quicklime.design.FoldedHadamard;
import dev.quicklime.design.Leverage;
import dev.quicklime.design.TwoPhase;
import dev.quicklime.image.ReadLimits;
import dev.quicklime.model.ClassChoice;
import dev.quicklime.model.Labels;
import dev.quicklime.model.Target;
import dev.quicklime.surrogate.Shapley;
import dev.quicklime.surrogate.Surrogate;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** What is drawn, and what of the model's scores is explained. */
@InGroup(HelpGroup.SAMPLES)
public final class SampleFlags {

  private static final int MAX_CLASSES = 1_000_000;

  /** What a picture of one channel may have at most. */
  private static final long MAX_PIXELS = Integer.MAX_VALUE - 8;

  /** All designs by name, in the order in which they are named to users. */
  public static final Map<String, Design> DESIGNS = designs();

  private static Map<String, Design> designs() {
    Map<String, Design> designs = new LinkedHashMap<>();
    designs.put("bernoulli", Bernoulli.defaults());
    designs.put("antithetic", new Antithetic());
    designs.put("hadamard", new FoldedHadamard());
    designs.put("two-phase", new TwoPhase());
    designs.put("fixed-size", new FixedSize());
    designs.put("leverage", new Leverage());
    designs.put("exhaustive", new Exhaustive());
    return Collections.unmodifiableMap(designs);
  }

  @InGroup(HelpGroup.COMMON)
  @Option(
      names = "--samples",
      paramLabel = "N",
      description = "Perturbed pictures that are drawn (default: ${DEFAULT-VALUE}).")
  private String samples = "1000";

  @Option(
      names = "--design",
      paramLabel = "bernoulli|antithetic|hadamard|two-phase|fixed-size|leverage|exhaustive",
      description =
          "Which superpixels they show: coin tosses; coin tosses, each followed by its complement;"
              + " orthogonal rows with complements; the same, completed over pictures that are not"
              + " scored; sizes as Kernel SHAP draws them; every size equally often, from shuffled"
              + " decks, with complements; or all combinations of at most 20 superpixels (default:"
              + " bernoulli; leverage for --surrogate shapley).")
  private @Nullable String design;

  @Option(
      names = "--stop",
      paramLabel = "S",
      description =
          "Draw no more samples once the largest standard error of the weights is at most this"
              + " share of their range, for every class; 0.05 for instance (default: draw all).")
  private @Nullable String stop;

  @Option(
      names = "--stop-error",
      paramLabel = "X",
      description =
          "Draw no more samples once the largest error of all weights of a class is at most this"
              + " share of their range with 95 %% confidence, for every class; 0.1 for instance."
              + " With --stop, once both are reached (default: draw all).")
  private @Nullable String stopError;

  @Mixin private final FillFlags fill = new FillFlags();

  @Option(
      names = "--target",
      paramLabel = "probability|logit|sigmoid|top1",
      description =
          "What of a class is explained: softmax, raw score, sigmoid of it, or whether it is the"
              + " best of all (default: ${DEFAULT-VALUE}).")
  private String target = "probability";

  @InGroup(HelpGroup.COMMON)
  @Option(
      names = "--top",
      paramLabel = "K",
      description = "How many of the best classes are explained (default: ${DEFAULT-VALUE}).")
  private String top = "3";

  @InGroup(HelpGroup.COMMON)
  @Option(
      names = "--classes",
      paramLabel = "281,tabby",
      description = "The classes that are explained, by index or name (default: the best).")
  private @Nullable String classes;

  @InGroup(HelpGroup.OUTPUT)
  @Option(
      names = "--scores",
      paramLabel = "K",
      description = "How many of the best classes' scores are shown (default: ${DEFAULT-VALUE}).")
  private String scores = "4";

  @Option(
      names = "--seed",
      paramLabel = "S|content",
      description =
          "Decides what is drawn: a number for all pictures, or the word content, by which each"
              + " picture's bytes decide what is drawn of it (default: ${DEFAULT-VALUE}).")
  private String seed = "0";

  @InGroup(HelpGroup.INPUT)
  @Option(
      names = "--max-pixels",
      paramLabel = "N",
      description =
          "Pictures of more pixels are refused before they are decoded"
              + " (default: ${DEFAULT-VALUE}).")
  private String maxPixels = Long.toString(ReadLimits.defaults().maxPixels());

  /** The options with these, whose surrogate decides what is drawn where nothing is said of it. */
  ExplainOptions applyTo(ExplainOptions options) {
    return options
        .withSamples(Parse.whole("--samples", samples, 1, ExplainOptions.MAX_SAMPLES))
        .withDesign(design(options.surrogate()))
        .withFill(fill.fill())
        .withTarget(Parse.choice("--target", target, Target.class))
        .withStop(stop("--stop", stop))
        .withStopError(stop("--stop-error", stopError))
        .withScoresShown(Parse.whole("--scores", scores, 1, MAX_CLASSES))
        .withSeed(
            contentSeed()
                ? ExplainOptions.defaults().seed()
                : Parse.whole("--seed", seed, Long.MIN_VALUE, Long.MAX_VALUE))
        .withLimits(new ReadLimits(Parse.whole("--max-pixels", maxPixels, 64L, MAX_PIXELS)));
  }

  /** Whether each picture's bytes decide what is drawn of it. */
  boolean contentSeed() {
    return seed.equals("content");
  }

  private Design design(Surrogate surrogate) {
    boolean shapley = surrogate instanceof Shapley;
    if (design == null) {
      return shapley ? new Leverage() : Bernoulli.defaults();
    }
    Design chosen = Parse.choice("--design", design, DESIGNS, String.join(", ", DESIGNS.keySet()));
    if (shapley && !(chosen instanceof Leverage || chosen instanceof Exhaustive)) {
      throw new InvalidInputException(
          "--surrogate shapley needs --design leverage or exhaustive, whose samples say how Shapley"
              + " values weigh them, got "
              + design);
    }
    return chosen;
  }

  private double stop(String option, @Nullable String bound) {
    if (bound != null && "exhaustive".equals(design)) {
      throw new InvalidInputException(
          option + " cannot be combined with --design exhaustive, which draws every mask");
    }
    return bound(option, bound);
  }

  /** The bound of a stop rule, or 0 if there is none. */
  public static double bound(@Nullable String stop) {
    return bound("--stop", stop);
  }

  private static double bound(String option, @Nullable String given) {
    return given == null
        ? 0
        : Parse.number(
            option, given, "a number above 0 and below 1", value -> value > 0 && value < 1);
  }

  /** Checks the classes as far as that goes without their names. */
  void checkClasses() {
    if (classes == null) {
      Parse.whole("--top", top, 1, MAX_CLASSES);
    } else if (classes.isBlank()) {
      throw Parse.wrong("--classes", "indices or names with commas between them", "nothing");
    }
  }

  /** The labels, held to the classes that are asked for by name. */
  Labels relied(Labels labels) {
    return LabelNames.relied(labels, classes);
  }

  ClassChoice classes(Labels labels) {
    if (classes == null) {
      return ClassChoice.top(Parse.whole("--top", top, 1, MAX_CLASSES));
    }
    return LabelNames.classes(classes, labels);
  }
}
