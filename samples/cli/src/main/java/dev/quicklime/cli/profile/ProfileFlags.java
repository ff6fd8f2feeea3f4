package dev.quicklime.cli.profile;

import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.quicklime.ExplainOptions;
import dev.quicklime.Explainer;
import dev.quicklime.InvalidInputException;
import dev.quicklime.Versions;
import dev.quicklime.cli.help.HelpGroup;
import dev.quicklime.cli.help.InGroup;
import dev.quicklime.cli.options.FillFlags;
import dev.quicklime.cli.options.FitFlags;
import dev.quicklime.cli.options.LabelNames;
import dev.quicklime.cli.options.ModelFiles;
import dev.quicklime.cli.options.ModelFlags;
import dev.quicklime.cli.options.Parse;
import dev.quicklime.cli.options.SampleFlags;
import dev.quicklime.cli.options.SegmentFlags;
import dev.quicklime.cli.options.SurrogateFlags;
import dev.quicklime.cli.options.WrongFile;
import dev.quicklime.design.Design;
import dev.quicklime.files.JsonSchema;
import dev.quicklime.files.card.ModelCard;
import dev.quicklime.model.ClassChoice;
import dev.quicklime.model.Labels;
import dev.quicklime.model.Target;
import dev.quicklime.profile.ProfileOptions;
import dev.quicklime.scenes.Bundled;
import dev.quicklime.segment.Segmenter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** What a profile measures, and by which model: what all commands that profile have in common. */
@InGroup(HelpGroup.SAMPLES)
public final class ProfileFlags {

  private static final int MAX_SCENES = 10_000;
  private static final int MAX_SEEDS = 100_000;

  /** The surrogate where none is named, which is not that of explanations. */
  private static final String SURROGATE = "ols";

  @Parameters(
      paramLabel = "IMAGE|DIR",
      arity = "0..*",
      description = "Pictures, or folders of pictures (default: the bundled pictures).")
  private List<String> named = new ArrayList<>();

  @InGroup(HelpGroup.INPUT)
  @Option(
      names = "--scenes",
      paramLabel = "N",
      description = "Generates so many scenes in place of pictures (default: none).")
  private @Nullable String scenes;

  @InGroup(HelpGroup.INPUT)
  @Option(
      names = "--scenes-seed",
      paramLabel = "S",
      description = "Decides the scenes (default: ${DEFAULT-VALUE}).")
  private String scenesSeed = "7";

  @InGroup(HelpGroup.COMMON)
  @Option(
      names = "--designs",
      paramLabel = "A,B",
      description = "Designs to compare (default: ${DEFAULT-VALUE}).")
  private String designs = "bernoulli,antithetic,hadamard,two-phase";

  @InGroup(HelpGroup.COMMON)
  @Option(
      names = "--samples",
      paramLabel = "N,N",
      description = "Numbers of samples, rising (default: ${DEFAULT-VALUE}).")
  private String samples = "64,128,256,512,1024,2048,4096";

  @InGroup(HelpGroup.COMMON)
  @Option(
      names = "--seeds",
      paramLabel = "N",
      description = "How many seeds, 0 to N - 1 (default: ${DEFAULT-VALUE}).")
  private String seeds = "10";

  @Option(
      names = "--targets",
      paramLabel = "A,B",
      description = "What of a class is explained (default: ${DEFAULT-VALUE}).")
  private String targets = "logit,probability";

  @Option(
      names = "--top",
      paramLabel = "K",
      description = "How many of the best classes are explained (default: ${DEFAULT-VALUE}).")
  private String top = "1";

  @Option(
      names = "--stop",
      paramLabel = "E",
      description =
          "Says besides after how many samples explain --stop E would end, with the last of"
              + " --samples as the most, and how good it is then (default: none).")
  private @Nullable String stop;

  @InGroup(HelpGroup.OUTPUT)
  @Option(
      names = "--reference",
      paramLabel = "N",
      description =
          "Samples of the converged fit that errors are about, an even number"
              + " (default: ${DEFAULT-VALUE}).")
  private String reference = "32768";

  @InGroup(HelpGroup.OUTPUT)
  @Option(
      names = "--held-out",
      paramLabel = "N",
      description = "Samples that no fit sees, for R2 (default: ${DEFAULT-VALUE}).")
  private String heldOut = "1000";

  @InGroup(HelpGroup.OUTPUT)
  @Option(
      names = "--curves",
      paramLabel = "N",
      description =
          "For how many of the seeds deletion and insertion are scored (default:"
              + " ${DEFAULT-VALUE}).")
  private String curves = "1";

  @InGroup(HelpGroup.OUTPUT)
  @Option(
      names = "--error",
      paramLabel = "E",
      description =
          "The relative squared error that the last sentence is about (default: that of bernoulli"
              + " with 1000 samples).")
  private @Nullable String error;

  @InGroup(HelpGroup.COMMON)
  @Option(
      names = "--out",
      paramLabel = "DIR",
      description = "Where results, charts and page go (default: ${DEFAULT-VALUE}).")
  private Path out = Path.of("quicklime-profile");

  @Mixin private final ModelFlags model = new ModelFlags();

  @Mixin private final SegmentFlags segments = new SegmentFlags();

  @Mixin private final FillFlags fill = new FillFlags();

  @Mixin private final FitFlags fit = new FitFlags();

  @Mixin private final SurrogateFlags surrogate = new SurrogateFlags();

  /** What the command line calls its pictures and folders of pictures, as they were given. */
  public List<String> named() {
    return List.copyOf(named);
  }

  /** Where results go. */
  public Path out() {
    return out;
  }

  /** Says which surrogate is fitted where the command line says nothing of it. */
  public static void settle(CommandSpec spec) {
    if (!spec.commandLine().getParseResult().hasMatchedOption("--surrogate")) {
      spec.findOption("--surrogate").setValue(SURROGATE);
    }
  }

  /**
   * What is measured, of generated scenes where they are asked for, else of no picture yet.
   *
   * @throws InvalidInputException in one line, if an option is wrong
   */
  public ProfilePlan plan() {
    Map<String, Design> chosen = chosen();
    ProfileOptions options = options(chosen);
    return new ProfilePlan(
        scenes(),
        chosen,
        options,
        Parse.whole("--seeds", seeds, 1, MAX_SEEDS),
        Parse.whole("--curves", curves, 0, MAX_SEEDS),
        error == null
            ? null
            : Parse.number("--error", error, "a number above 0", value -> value > 0));
  }

  private Map<String, ProfilePicture> scenes() {
    Map<String, ProfilePicture> pictures = new LinkedHashMap<>();
    if (scenes != null) {
      if (!named.isEmpty()) {
        throw new InvalidInputException("--scenes takes the place of pictures, got both");
      }
      int count = Parse.whole("--scenes", scenes, 1, MAX_SCENES);
      long seed = Parse.whole("--scenes-seed", scenesSeed, Long.MIN_VALUE, Long.MAX_VALUE);
      for (int i = 0; i < count; i++) {
        pictures.put(
            String.format(Locale.ROOT, "scene-%04d", i + 1), new ProfilePicture.Scene(seed, i));
      }
    }
    return pictures;
  }

  private Map<String, Design> chosen() {
    Map<String, Design> chosen = new LinkedHashMap<>();
    for (String name : list("--designs", designs)) {
      chosen.put(
          name,
          Parse.choice(
              "--designs",
              name,
              SampleFlags.DESIGNS,
              String.join(", ", SampleFlags.DESIGNS.keySet())));
    }
    return chosen;
  }

  private ProfileOptions options(Map<String, Design> chosen) {
    List<Integer> counts =
        list("--samples", samples).stream()
            .map(n -> Parse.whole("--samples", n, 1, ExplainOptions.MAX_SAMPLES))
            .toList();
    List<Target> wanted =
        list("--targets", targets).stream()
            .map(name -> Parse.choice("--targets", name, Target.class))
            .toList();
    ExplainOptions explain =
        fit.applyTo(ExplainOptions.defaults())
            .withSegmenter(segments.segmenter())
            .withFill(fill.fill())
            .withSurrogate(surrogate.surrogate())
            .withClasses(ClassChoice.top(Parse.whole("--top", top, 1, 1000)));
    return new ProfileOptions(
        explain,
        List.copyOf(chosen.values()),
        counts,
        wanted,
        SampleFlags.bound(stop),
        Parse.whole("--reference", reference, 2, ExplainOptions.MAX_SAMPLES),
        Parse.whole("--held-out", heldOut, 1, ExplainOptions.MAX_SAMPLES));
  }

  private static List<String> list(String option, String text) {
    List<String> parts = Stream.of(text.split(",", -1)).map(String::strip).toList();
    if (parts.stream().distinct().count() != parts.size()) {
      throw Parse.wrong(option, "a list without repetitions", text);
    }
    return parts;
  }

  /** Loads the model. */
  Explainer open() {
    Path asked = model.model();
    Path file = asked == null ? Bundled.model() : asked;
    WrongFile.refuse(file, WrongFile.Use.PICTURES);
    ModelCard card = ModelFiles.card(file);
    Labels labels = LabelNames.of(model.labels(), asked, card);
    return Explainer.of(ModelFiles.open(file, model.over(card.preprocessing()), card), labels);
  }

  /** The settings that decide the results, as they are kept beside them. */
  public ObjectNode settings(ProfilePlan plan) {
    ObjectNode node = new JsonMapper().createObjectNode();
    ProfileOptions options = plan.options();
    Segmenter segmenter = options.explain().segmenter();
    node.put("schema", JsonSchema.VERSION);
    node.put("quicklime", Versions.quicklime());
    node.put("model", model.model() == null ? "bundled" : String.valueOf(model.model()));
    node.put("pictures", String.join(" ", plan.pictures().keySet()));
    node.put("scenesSeed", scenes == null ? "" : scenesSeed);
    node.put("designs", String.join(",", plan.designs().keySet()));
    node.put("samples", String.valueOf(options.counts()));
    node.put("targets", String.valueOf(options.targets()).toLowerCase(Locale.ROOT));
    node.put("classes", String.valueOf(options.explain().classes()));
    node.put("segmenter", String.valueOf(segmenter));
    node.put("fill", String.valueOf(options.explain().fill()));
    node.put("locality", String.valueOf(options.explain().locality()));
    node.put("surrogate", String.valueOf(options.explain().surrogate()));
    if (options.stop() > 0) {
      node.put("stop", options.stop());
    }
    node.put("reference", options.reference());
    node.put("heldOut", options.heldOut());
    node.put("curves", plan.curves());
    return node;
  }
}
