package dev.quicklime.cli.scenes;

import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.quicklime.ExplainOptions;
import dev.quicklime.Explainer;
import dev.quicklime.Versions;
import dev.quicklime.cli.help.HelpGroup;
import dev.quicklime.cli.help.InGroup;
import dev.quicklime.cli.options.InputTexts;
import dev.quicklime.cli.options.Parse;
import dev.quicklime.cli.run.CommandVersion;
import dev.quicklime.cli.run.Interruption;
import dev.quicklime.cli.run.ProgressLine;
import dev.quicklime.cli.run.Stderr;
import dev.quicklime.files.JsonSchema;
import dev.quicklime.model.ClassChoice;
import dev.quicklime.model.Device;
import dev.quicklime.model.Labels;
import dev.quicklime.model.ModelOptions;
import dev.quicklime.model.Target;
import dev.quicklime.scenes.Bundled;
import dev.quicklime.scenes.SceneGenerator;
import dev.quicklime.scenes.SceneStudy;
import dev.quicklime.scenes.SceneWriter;
import dev.quicklime.scenes.model.SceneModel;
import dev.quicklime.segment.Segmenter;
import dev.quicklime.segment.Slic;
import dev.quicklime.segment.Tiles;
import dev.quicklime.torch.Models;
import dev.quicklime.torch.TorchScript;
import dev.quicklime.torch.cam.GradCam;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Compares explanations of scenes with the truth. */
@Command(
    name = "evaluate",
    description =
        "Explains scenes and says how much of the best class's weight falls on the object, beside"
            + " what random weights give.",
    mixinStandardHelpOptions = true,
    versionProvider = CommandVersion.class,
    sortOptions = false,
    usageHelpWidth = 100)
@InGroup(HelpGroup.SAMPLES)
final class ScenesEvaluateCommand implements Callable<Integer> {

  private static final Segmenter TILES = new Tiles(8, 8);
  private static final Segmenter SLIC = Slic.of(64);

  @Spec private CommandSpec spec;

  @InGroup(HelpGroup.INPUT)
  @Option(
      names = "--count",
      paramLabel = "N",
      description = "How many scenes (default: ${DEFAULT-VALUE}).")
  private String count = "50";

  @InGroup(HelpGroup.INPUT)
  @Option(
      names = "--seed",
      paramLabel = "S",
      description = "Decides the scenes (default: ${DEFAULT-VALUE}).")
  private String seed = "1";

  @InGroup(HelpGroup.INPUT)
  @Option(
      names = "--size",
      paramLabel = "N|WxH",
      description = "Pixels of a scene's side, or of both (default: ${DEFAULT-VALUE}).")
  private String size = "" + SceneModel.SIDE;

  @InGroup(HelpGroup.MODEL)
  @Option(
      names = "--model",
      paramLabel = "F.pt",
      description = "A model of scenes (default: the bundled one).")
  private @Nullable Path model;

  @InGroup(HelpGroup.INPUT)
  @Option(
      names = "--resize-to",
      paramLabel = "N|WxH",
      description =
          "Bring the short side, or both sides, to this size first and cut out the middle"
              + " (default: as model.json says).")
  private @Nullable String resizeTo;

  @InGroup(HelpGroup.INPUT)
  @Option(
      names = "--interpolation",
      paramLabel = "bilinear|bicubic|area",
      description =
          "How pixels of another size are computed (default: as model.json says, else bilinear).")
  private @Nullable String interpolation;

  @InGroup(HelpGroup.SUPERPIXELS)
  @Option(
      names = "--segmenter",
      paramLabel = "both|tiles|slic",
      description = "8x8 tiles, about 64 superpixels, or both (default: ${DEFAULT-VALUE}).")
  private String segmenter = "both";

  @Option(
      names = "--samples",
      paramLabel = "N",
      description = "Perturbed pictures for each scene (default: ${DEFAULT-VALUE}).")
  private String samples = "600";

  @Option(
      names = "--target",
      paramLabel = "probability|logit|sigmoid|top1",
      description = "What of the best class is explained (default: ${DEFAULT-VALUE}).")
  private String target = "probability";

  @Option(
      names = "--with-gradcam",
      description =
          "Judges Grad-CAM's maps of the same scenes too, and both by deletion and insertion"
              + " (default: no).")
  private boolean withGradcam;

  @InGroup(HelpGroup.OUTPUT)
  @Option(
      names = "--json",
      paramLabel = "F",
      description = "Writes the figures to a file too (default: none).")
  private @Nullable Path json;

  @Override
  public Integer call() throws IOException {
    int scenes = Parse.whole("--count", count, 1, SceneWriter.MAX_COUNT);
    Parse.Pair sides = Parse.sides("--size", size);
    SceneGenerator generator =
        new SceneGenerator(
            Parse.whole("--seed", seed, Long.MIN_VALUE, Long.MAX_VALUE),
            sides.first(),
            sides.second());
    List<Segmenter> segmenters =
        Parse.choice(
            "--segmenter",
            segmenter,
            Map.of("both", List.of(TILES, SLIC), "tiles", List.of(TILES), "slic", List.of(SLIC)),
            "both, tiles, slic");
    ExplainOptions options =
        ExplainOptions.defaults()
            .withSamples(Parse.whole("--samples", samples, 1, ExplainOptions.MAX_SAMPLES))
            .withTarget(Parse.choice("--target", target, Target.class))
            .withClasses(ClassChoice.top(1))
            .withScoresShown(1);
    SceneStudy.Result result;
    try (Interruption _ = Interruption.guard();
        Explainer explainer = open(file());
        GradCam gradCam = withGradcam ? GradCam.load(file(), Device.cpu()) : null;
        ProgressLine line =
            ProgressLine.begin(
                "explaining", "scenes", (long) scenes * segmenters.size(), Stderr.isTerminal())) {
      result = SceneStudy.run(explainer, generator, options, segmenters, gradCam, scenes, line);
    }
    print(result);
    if (json != null) {
      write(result, options, json);
    }
    return ExitCode.OK;
  }

  private Path file() {
    return model == null ? Bundled.model() : model;
  }

  /** Refuses, with the first scene, a model that does not have a score for each kind of object. */
  private Explainer open(Path file) {
    ModelOptions options =
        ModelOptions.of(
            new InputTexts(null, resizeTo, interpolation, null, null, null)
                .over(Models.card(file).preprocessing()));
    return Explainer.of(TorchScript.open(file, options), Labels.of(SceneModel.labels()));
  }

  private void print(SceneStudy.Result result) {
    PrintWriter out = spec.commandLine().getOut();
    out.printf(
        Locale.ROOT,
        "%d scenes, of which the model tells %.1f %% right%n",
        result.scenes(),
        100 * result.accuracy());
    out.printf(
        Locale.ROOT,
        "  %-10s %-8s %14s %14s %10s %7s%s%n",
        "parts",
        "weights",
        "on the object",
        "x its area",
        "pointing",
        "IoU",
        withGradcam ? "  deletion insertion" : "");
    for (SceneStudy.Finding finding : result.findings()) {
      out.printf(
          Locale.ROOT,
          "  %-10s %-8s %12.1f %% %14.2f %8.1f %% %7.3f%s%n",
          name(finding.segmenter()),
          weights(finding),
          100 * finding.inside(),
          finding.ratio(),
          100 * finding.pointing(),
          finding.iou(),
          finding.deletion() == null || finding.insertion() == null
              ? ""
              : String.format(
                  Locale.ROOT, "  %8.3f %9.3f", finding.deletion(), finding.insertion()));
    }
    out.flush();
  }

  private void write(SceneStudy.Result result, ExplainOptions options, Path file)
      throws IOException {
    JsonMapper mapper = new JsonMapper();
    ObjectNode root = mapper.createObjectNode();
    root.put("schema", JsonSchema.VERSION);
    root.put("quicklime", Versions.quicklime());
    root.put("model", model == null ? "bundled" : model.toString());
    root.put("scenes", result.scenes());
    root.put("seed", Long.parseLong(seed));
    root.put("size", size);
    root.put("samples", options.samples());
    root.put("target", Parse.word(options.target()));
    root.put("accuracy", result.accuracy());
    ArrayNode findings = root.putArray("findings");
    for (SceneStudy.Finding finding : result.findings()) {
      ObjectNode node = findings.addObject();
      node.put("segmenter", name(finding.segmenter()));
      node.put("weights", weights(finding));
      node.put("inside", finding.inside());
      node.put("area", finding.area());
      node.put("ratio", finding.ratio());
      node.put("pointing", finding.pointing());
      node.put("iou", finding.iou());
      if (finding.deletion() != null) {
        node.put("deletion", finding.deletion());
        node.put("insertion", finding.insertion());
      }
    }
    Files.writeString(
        file, mapper.writerWithDefaultPrettyPrinter().writeValueAsString(root) + "\n");
  }

  private static String name(Segmenter segmenter) {
    return segmenter.equals(TILES) ? "tiles 8x8" : "slic 64";
  }

  private static String weights(SceneStudy.Finding finding) {
    return finding.method().name().toLowerCase(Locale.ROOT).replace('_', '-');
  }
}
