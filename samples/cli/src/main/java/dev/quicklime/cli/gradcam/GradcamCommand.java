package dev.quicklime.cli.gradcam;

import dev.quicklime.cam.CamLayer;
import dev.quicklime.cam.CamModel;
import dev.quicklime.cam.CamOptions;
import dev.quicklime.cli.help.HelpGroup;
import dev.quicklime.cli.help.InGroup;
import dev.quicklime.cli.options.FigureFlags;
import dev.quicklime.cli.run.CommandVersion;
import dev.quicklime.cli.run.Failures;
import dev.quicklime.cli.run.Interruption;
import dev.quicklime.cli.run.OutputFolder;
import dev.quicklime.cli.run.Pictures;
import dev.quicklime.cli.run.ProgressLine;
import dev.quicklime.cli.run.Stderr;
import dev.quicklime.report.drawing.FigureFormat;
import dev.quicklime.report.text.Visible;
import dev.quicklime.scenes.Bundled;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.function.Consumer;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Maps where a model sees classes, by its gradients. */
@Command(
    name = "gradcam",
    description = {
      "Maps where in pictures and videos a model sees classes, by Grad-CAM, and writes a report of"
          + " each.",
      "It takes any TorchScript file, and of ONNX files those of networks that end in maps; the"
          + " layer is found by itself."
    },
    mixinStandardHelpOptions = true,
    versionProvider = CommandVersion.class,
    sortOptions = false,
    abbreviateSynopsis = true,
    usageHelpWidth = 100)
@InGroup(HelpGroup.OUTPUT)
public final class GradcamCommand implements Callable<Integer> {

  /** What tells its reports from those of other commands. */
  static final String MARK = "gradcam.json";

  @Spec private CommandSpec spec;

  @Parameters(
      paramLabel = "IMAGE|VIDEO|DIR",
      arity = "0..*",
      description =
          "Pictures, videos, or folders whose pictures are taken one level deep (default: the"
              + " bundled pictures).")
  private List<Path> named = new ArrayList<>();

  @Mixin private final CamModelFlags model = new CamModelFlags();

  @Mixin private final CamFlags cam = new CamFlags();

  @Mixin private final VideoFlags video = new VideoFlags();

  @InGroup(HelpGroup.COMMON)
  @Option(
      names = "--list-layers",
      description = "Prints the layers that can be asked for, and does no more (default: no).")
  private boolean list;

  @InGroup(HelpGroup.COMMON)
  @Option(
      names = "--out",
      paramLabel = "DIR",
      description = "Where the reports go, each in a folder (default: ${DEFAULT-VALUE}).")
  private Path out = Path.of("quicklime-gradcam");

  @Option(names = "--export", description = "Writes the maps as cam.npz (default: no).")
  private boolean export;

  @Mixin private final FigureFlags files = new FigureFlags();

  @Option(names = "--quiet", description = "Prints only the reports' paths (default: no).")
  private boolean quiet;

  @Override
  public Integer call() throws IOException {
    CamModelFlags.Chosen chosen = model.chosen(cam::relied);
    CamOptions options = cam.options(chosen.labels(), video.weights());
    double opacity = cam.opacity();
    Set<FigureFormat> formats = files.formats();
    if (list) {
      return list(chosen);
    }
    Set<Path> videos = new LinkedHashSet<>();
    List<Path> pictures = new ArrayList<>();
    for (Path path : named.isEmpty() ? Bundled.pictures() : named) {
      if (video.isVideo(path)) {
        videos.add(path);
        pictures.add(path);
      } else {
        pictures.addAll(Pictures.of(List.of(path), Pictures.told(spec.commandLine(), quiet)));
      }
    }
    int clip = video.clip();
    video.check(!videos.isEmpty(), !videos.containsAll(pictures));
    OutputFolder folder = OutputFolder.at(out, MARK);
    List<String> names = pictures.stream().map(folder::reserve).toList();
    return run(
        new GradcamPlan(
            pictures,
            new GradcamPlan.Videos(videos, clip, video.rate()),
            names,
            chosen,
            options,
            opacity,
            folder,
            formats,
            export,
            quiet));
  }

  private int run(GradcamPlan plan) throws IOException {
    boolean terminal = Stderr.isTerminal();
    Consumer<String> notices =
        notice -> {
          if (terminal) {
            ProgressLine.aside(
                () -> {
                  spec.commandLine().getErr().println("note: " + Visible.line(notice));
                  spec.commandLine().getErr().flush();
                });
          }
        };
    if (plan.model().bundled() && !named.isEmpty()) {
      notices.accept("the bundled model knows its own scenes alone; --model takes another");
    }
    List<Exception> failures = new ArrayList<>();
    try (Interruption interruption = Interruption.guard()) {
      try (CamModel loaded = plan.model().load()) {
        new GradcamRun(plan, loaded, spec.commandLine().getOut(), notices, failures)
            .run(interruption, terminal);
      } catch (IOException | RuntimeException e) {
        if (interruption.ending()) {
          return Failures.INTERRUPTED;
        }
        report(failures);
        throw e;
      } finally {
        plan.out().tidy();
      }
    }
    return report(failures);
  }

  private int list(CamModelFlags.Chosen chosen) {
    try (CamModel loaded = chosen.load()) {
      List<CamLayer> layers =
          loaded.layers(
              video.clip() > 0
                  ? new int[] {
                    1,
                    chosen.input().channels(),
                    video.clip(),
                    chosen.input().height(),
                    chosen.input().width()
                  }
                  : new int[] {
                    1, chosen.input().channels(), chosen.input().height(), chosen.input().width()
                  });
      PrintWriter text = spec.commandLine().getOut();
      int longest = layers.stream().mapToInt(layer -> layer.called().length()).max().orElse(0);
      String format = "%-" + Math.max(6, longest) + "s  %-20s  %-16s  %s%n";
      text.printf(Locale.ROOT, format, "layer", "operation", "maps", "value");
      for (CamLayer layer : layers) {
        text.printf(
            Locale.ROOT,
            format,
            layer.called(),
            layer.operation(),
            size(layer),
            layer.name() + (layer.automatic() ? "  <- taken where none is named" : ""));
      }
      text.flush();
    }
    return ExitCode.OK;
  }

  /** Maps, frames where there are some, rows and columns. */
  static String size(CamLayer layer) {
    return layer.channels()
        + " x "
        + (layer.frames() > 1 ? layer.frames() + " x " : "")
        + layer.height()
        + " x "
        + layer.width();
  }

  /** Names the pictures that failed; the exit code, of the worst. */
  private int report(List<Exception> failures) {
    int code = ExitCode.OK;
    for (Exception failure : failures) {
      int own = Failures.configured().report(failure, spec.commandLine());
      code = code == ExitCode.SOFTWARE ? code : own;
    }
    return code;
  }
}
