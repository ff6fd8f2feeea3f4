package dev.quicklime.cli.profile;

import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.quicklime.Environment;
import dev.quicklime.ExplainOptions;
import dev.quicklime.Explainer;
import dev.quicklime.InvalidInputException;
import dev.quicklime.Versions;
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
import dev.quicklime.cli.run.CommandVersion;
import dev.quicklime.cli.run.Failures;
import dev.quicklime.cli.run.Interruption;
import dev.quicklime.cli.run.OutputFolder;
import dev.quicklime.cli.run.Pictures;
import dev.quicklime.design.Design;
import dev.quicklime.files.JsonSchema;
import dev.quicklime.files.card.ModelCard;
import dev.quicklime.image.Image;
import dev.quicklime.image.ImageFiles;
import dev.quicklime.model.ClassChoice;
import dev.quicklime.model.ClassifierInfo;
import dev.quicklime.model.Labels;
import dev.quicklime.model.Target;
import dev.quicklime.profile.ProfileOptions;
import dev.quicklime.report.profile.ProfilePage;
import dev.quicklime.report.profile.ProfileSummary;
import dev.quicklime.report.profile.ProfileText;
import dev.quicklime.report.profile.ResultFile;
import dev.quicklime.scenes.Bundled;
import dev.quicklime.scenes.SceneGenerator;
import dev.quicklime.scenes.model.SceneModel;
import dev.quicklime.segment.Segmenter;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.concurrent.CancellationException;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Compares designs and numbers of samples by how faithful explanations from them are. */
@Command(
    name = "profile",
    description = {
      "Says how many samples a faithful explanation needs: fits from few samples, for designs,"
          + " numbers of samples and seeds, against a converged one.",
      "The results grow in OUT/profile.csv; a profile that was interrupted goes on from there when"
          + " it is started again with the same options."
    },
    mixinStandardHelpOptions = true,
    versionProvider = CommandVersion.class,
    sortOptions = false,
    abbreviateSynopsis = true,
    usageHelpWidth = 100)
public final class ProfileCommand implements Callable<Integer> {

  private static final int MAX_SCENES = 10_000;
  private static final int MAX_SEEDS = 100_000;

  @Spec private CommandSpec spec;

  @Parameters(
      paramLabel = "IMAGE|DIR",
      arity = "0..*",
      description = "Pictures, or folders of pictures (default: the bundled pictures).")
  private List<Path> named = new ArrayList<>();

  @Option(
      names = "--scenes",
      paramLabel = "N",
      description = "Generates so many scenes in place of pictures (default: none).")
  private @Nullable String scenes;

  @Option(
      names = "--scenes-seed",
      paramLabel = "S",
      description = "Decides the scenes (default: ${DEFAULT-VALUE}).")
  private String scenesSeed = "7";

  @Option(
      names = "--designs",
      paramLabel = "A,B",
      description = "Designs to compare (default: ${DEFAULT-VALUE}).")
  private String designs = "bernoulli,antithetic,hadamard,two-phase";

  @Option(
      names = "--samples",
      paramLabel = "N,N",
      description = "Numbers of samples, rising (default: ${DEFAULT-VALUE}).")
  private String samples = "64,128,256,512,1024,2048,4096";

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

  @Option(
      names = "--reference",
      paramLabel = "N",
      description =
          "Samples of the converged fit that errors are about, an even number"
              + " (default: ${DEFAULT-VALUE}).")
  private String reference = "32768";

  @Option(
      names = "--held-out",
      paramLabel = "N",
      description = "Samples that no fit sees, for R2 (default: ${DEFAULT-VALUE}).")
  private String heldOut = "1000";

  @Option(
      names = "--curves",
      paramLabel = "N",
      description =
          "For how many of the seeds deletion and insertion are scored (default:"
              + " ${DEFAULT-VALUE}).")
  private String curves = "1";

  @Option(
      names = "--error",
      paramLabel = "E",
      description =
          "The relative squared error that the last sentence is about (default: that of bernoulli"
              + " with 1000 samples).")
  private @Nullable String error;

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

  @Override
  public Integer call() throws IOException {
    if (!spec.commandLine().getParseResult().hasMatchedOption("--surrogate")) {
      spec.findOption("--surrogate").setValue("ols");
    }
    ProfilePlan plan = plan();
    OutputFolder.at(out);
    ObjectNode settings = settings(plan);
    ProfileFolder folder = new ProfileFolder(out, settings);
    folder.requireSame();
    ObjectNode provenance;
    List<Exception> failures;
    ResultFile results;
    try (Interruption interruption = Interruption.guard();
        Explainer explainer = open()) {
      results = folder.begin(plan);
      try {
        failures = new ProfileRun(plan, explainer, results).measure();
      } catch (CancellationException | IOException e) {
        if (!(e instanceof CancellationException) && !interruption.ending()) {
          throw e;
        }
        return interrupted(results);
      } catch (RuntimeException e) {
        if (interruption.ending()) {
          return interrupted(results);
        }
        throw e;
      }
      provenance = provenance(explainer.classifier().info());
    }
    show(plan, results, settings, provenance);
    int code = ExitCode.OK;
    for (Exception failure : failures) {
      code = Math.max(code, Failures.configured().report(failure, spec.commandLine()));
    }
    return code;
  }

  private int interrupted(ResultFile results) {
    PrintWriter err = spec.commandLine().getErr();
    if (!results.lines().isEmpty()) {
      err.println(
          "quicklime: interrupted; the same command goes on from "
              + out.resolve(ProfileFolder.RESULTS));
      err.flush();
    }
    return Failures.INTERRUPTED;
  }

  private void show(
      ProfilePlan plan, ResultFile results, ObjectNode settings, ObjectNode provenance)
      throws IOException {
    ProfileSummary summary =
        ProfileSummary.of(results.lines(), List.copyOf(plan.designs().keySet()), plan.error());
    if (summary.points().isEmpty()) {
      return;
    }
    new ProfilePage(summary, settings, provenance).write(out);
    PrintWriter text = spec.commandLine().getOut();
    ProfileText.print(summary, text);
    text.println(out.resolve("profile.html"));
    text.flush();
  }

  private ProfilePlan plan() throws IOException {
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
    ProfileOptions options =
        new ProfileOptions(
            explain,
            List.copyOf(chosen.values()),
            counts,
            wanted,
            SampleFlags.bound(stop),
            Parse.whole("--reference", reference, 2, ExplainOptions.MAX_SAMPLES),
            Parse.whole("--held-out", heldOut, 1, ExplainOptions.MAX_SAMPLES));
    return new ProfilePlan(
        pictures(),
        chosen,
        options,
        Parse.whole("--seeds", seeds, 1, MAX_SEEDS),
        Parse.whole("--curves", curves, 0, MAX_SEEDS),
        error == null
            ? null
            : Parse.number("--error", error, "a number above 0", value -> value > 0));
  }

  private static List<String> list(String option, String text) {
    List<String> parts = Stream.of(text.split(",", -1)).map(String::strip).toList();
    if (parts.stream().distinct().count() != parts.size()) {
      throw Parse.wrong(option, "a list without repetitions", text);
    }
    return parts;
  }

  private Map<String, Supplier<Image>> pictures() throws IOException {
    Map<String, Supplier<Image>> pictures = new LinkedHashMap<>();
    if (scenes != null) {
      if (!named.isEmpty()) {
        throw new InvalidInputException("--scenes takes the place of pictures, got both");
      }
      int count = Parse.whole("--scenes", scenes, 1, MAX_SCENES);
      SceneGenerator generator =
          new SceneGenerator(
              Parse.whole("--scenes-seed", scenesSeed, Long.MIN_VALUE, Long.MAX_VALUE),
              SceneModel.SIDE,
              SceneModel.SIDE);
      for (int i = 0; i < count; i++) {
        int index = i;
        pictures.put(
            String.format(Locale.ROOT, "scene-%04d", i + 1), () -> generator.scene(index).image());
      }
      return pictures;
    }
    for (Path file :
        named.isEmpty()
            ? Bundled.pictures()
            : Pictures.of(named, Pictures.told(spec.commandLine(), false))) {
      if (pictures.put(file.toString(), () -> ImageFiles.read(file)) != null) {
        throw new InvalidInputException("a picture must be named once, got twice: " + file);
      }
    }
    return pictures;
  }

  private Explainer open() {
    Path asked = model.model();
    Path file = asked == null ? Bundled.model() : asked;
    WrongFile.refuse(file, WrongFile.Use.PICTURES);
    ModelCard card = ModelFiles.card(file);
    Labels labels = LabelNames.of(model.labels(), asked, card);
    return Explainer.of(ModelFiles.open(file, model.over(card.preprocessing()), card), labels);
  }

  /** The settings that decide the results, as they are kept beside them. */
  private ObjectNode settings(ProfilePlan plan) {
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

  private static ObjectNode provenance(ClassifierInfo model) {
    JsonMapper mapper = new JsonMapper();
    ObjectNode node = mapper.createObjectNode();
    node.set("model", mapper.valueToTree(model));
    node.put("cpu", Environment.cpu());
    node.put("kernels", Environment.kernels());
    node.set("versions", mapper.valueToTree(new TreeMap<>(Versions.all())));
    return node;
  }
}
