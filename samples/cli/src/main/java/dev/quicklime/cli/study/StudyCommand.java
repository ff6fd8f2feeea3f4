package dev.quicklime.cli.study;

import dev.quicklime.Explainer;
import dev.quicklime.QuicklimeException;
import dev.quicklime.cam.CamModel;
import dev.quicklime.cam.CamOptions;
import dev.quicklime.cli.help.HelpGroup;
import dev.quicklime.cli.help.InGroup;
import dev.quicklime.cli.options.ModelFiles;
import dev.quicklime.cli.options.Parse;
import dev.quicklime.cli.options.PresetDefaults;
import dev.quicklime.cli.options.Settings;
import dev.quicklime.cli.run.CommandVersion;
import dev.quicklime.cli.run.Failures;
import dev.quicklime.cli.run.Interruption;
import dev.quicklime.cli.run.OutputFolder;
import dev.quicklime.cli.run.PictureFailures;
import dev.quicklime.cli.run.Pictures;
import dev.quicklime.cli.run.Stderr;
import dev.quicklime.cli.run.TimeLine;
import dev.quicklime.report.print.Browser;
import dev.quicklime.report.text.Visible;
import dev.quicklime.scenes.Bundled;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Explains several pictures and writes one report, built like a paper. */
@Command(
    name = "study",
    description = {
      "Explains several pictures and writes one report of them, built like a paper: HTML, PDF where"
          + " a browser is found, and every figure as PNG, SVG and PDF, every table as CSV and"
          + " LaTeX.",
      "Besides it measures how far each explanation can be trusted, sets Grad-CAM beside it, and"
          + " compares fits from fewer samples, which takes about fifteen times the forward passes"
          + " of explain; --without leaves parts out.",
      "A preset is a set of defaults; every option overrides its own."
    },
    mixinStandardHelpOptions = true,
    versionProvider = CommandVersion.class,
    sortOptions = false,
    abbreviateSynopsis = true,
    usageHelpWidth = 100)
@InGroup(HelpGroup.OUTPUT)
public final class StudyCommand implements Callable<Integer> {

  /** What can be left out. */
  enum Part {
    FIDELITY,
    GRADCAM,
    PROFILE,
    PDF
  }

  @Spec private CommandSpec spec;

  @Parameters(
      paramLabel = "IMAGE|DIR",
      arity = "0..*",
      description =
          "Pictures, or folders whose pictures are taken one level deep (default: the bundled"
              + " pictures).")
  private List<Path> named = new ArrayList<>();

  @InGroup(HelpGroup.COMMON)
  @Option(
      names = "--out",
      paramLabel = "DIR",
      description = "Where the study goes, into a folder study (default: ${DEFAULT-VALUE}).")
  private Path out = Path.of("quicklime-out");

  @Mixin private final Settings settings = new Settings();

  @InGroup(HelpGroup.COMMON)
  @Option(
      names = "--without",
      paramLabel = "PART,PART",
      description =
          "What is left out: fidelity (R2 on held-out samples, deletion and insertion, stability"
              + " over seeds), gradcam, profile (fits from fewer samples), pdf (default: nothing).")
  private @Nullable String without;

  @Option(
      names = "--layer",
      paramLabel = "NAME",
      description =
          "The layer that Grad-CAM attributes to; gradcam --list-layers shows them (default: the"
              + " last one with places that everything goes through).")
  private @Nullable String layer;

  @Option(
      names = "--export",
      description =
          "Writes masks, scores, weights and coefficients of each picture as run.npz (default:"
              + " no).")
  private boolean export;

  @Option(names = "--quiet", description = "Prints only the study's paths (default: no).")
  private boolean quiet;

  @Override
  public Integer call() throws IOException {
    if (settings.listsPresets()) {
      PresetDefaults.list(spec.commandLine().getOut());
      return ExitCode.OK;
    }
    StudyPlan plan = prepare();
    TimeLine.reached("options are read");
    boolean terminal = Stderr.isTerminal();
    Consumer<String> notices =
        notice -> {
          if (terminal) {
            spec.commandLine().getErr().println("note: " + Visible.line(notice));
            spec.commandLine().getErr().flush();
          }
        };
    List<Exception> failures = PictureFailures.missing(plan.pictures());
    if (failures.size() == plan.pictures().size()) {
      // Not worth the time of loading a model.
      return Failures.reportAll(failures, spec.commandLine());
    }
    if (!settings.namesModel() && !named.isEmpty()) {
      notices.accept("the bundled model knows its own scenes alone; --model takes another");
    }
    try (Interruption interruption = Interruption.guard()) {
      List<String> remarks = new ArrayList<>();
      try (Explainer explainer = plan.chosen().open();
          CamModel gradCam = gradCam(plan, remarks)) {
        remarks.forEach(notices);
        StudyRun run =
            new StudyRun(
                plan,
                explainer,
                gradCam,
                spec.commandLine().getOut(),
                notices,
                !settings.namesModel(),
                terminal);
        failures = run.failures();
        run.run(interruption, remarks);
      } catch (IOException | RuntimeException e) {
        if (interruption.ending()) {
          return Failures.INTERRUPTED;
        }
        Failures.reportAll(failures, spec.commandLine());
        throw e;
      } finally {
        plan.out().tidy();
      }
    }
    return Failures.reportAll(failures, spec.commandLine());
  }

  /** Checks everything that can be checked before the model is loaded. */
  StudyPlan prepare() throws IOException {
    Set<Part> left = left();
    if (!left.contains(Part.PDF)) {
      // What is wrong with its name should not be found out at the end.
      Browser.find();
    }
    if (layer != null && left.contains(Part.GRADCAM)) {
      throw new ParameterException(
          spec.commandLine(), "--layer cannot be combined with --without gradcam");
    }
    Settings.Chosen chosen = settings.choose(spec);
    List<Path> pictures =
        named.isEmpty()
            ? Bundled.pictures()
            : Pictures.of(named, Pictures.told(spec.commandLine(), quiet));
    OutputFolder folder = OutputFolder.at(out, "study.json");
    return new StudyPlan(
        pictures,
        chosen,
        folder,
        folder.reserve(Path.of("study")),
        left.contains(Part.GRADCAM) ? null : CamOptions.defaults().withLayer(layer),
        layer != null,
        !left.contains(Part.FIDELITY),
        !left.contains(Part.PROFILE),
        !left.contains(Part.PDF),
        export,
        quiet);
  }

  private Set<Part> left() {
    Set<Part> parts = EnumSet.noneOf(Part.class);
    if (without != null) {
      for (String part : without.split(",", -1)) {
        parts.add(Parse.choice("--without", part.strip(), Part.class));
      }
    }
    return parts;
  }

  /** Maps need a TorchScript file; where nobody asked for a layer a study does without. */
  private static @Nullable CamModel gradCam(StudyPlan plan, List<String> remarks) {
    if (plan.gradcam() == null) {
      return null;
    }
    Settings.Chosen chosen = plan.chosen();
    try {
      return ModelFiles.gradCam(
          chosen.model(),
          chosen.modelOptions().device(),
          chosen.modelOptions().threads(),
          chosen.modelOptions().output());
    } catch (QuicklimeException e) {
      if (plan.gradcamAsked()) {
        throw e;
      }
      remarks.add("Without Grad-CAM: " + e.getMessage());
      return null;
    }
  }
}
