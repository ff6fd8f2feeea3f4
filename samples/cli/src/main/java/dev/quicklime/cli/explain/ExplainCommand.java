package dev.quicklime.cli.explain;

import dev.quicklime.Explainer;
import dev.quicklime.InvalidInputException;
import dev.quicklime.cam.CamModel;
import dev.quicklime.cam.CamOptions;
import dev.quicklime.cli.help.HelpGroup;
import dev.quicklime.cli.help.InGroup;
import dev.quicklime.cli.options.Faster;
import dev.quicklime.cli.options.FigureFlags;
import dev.quicklime.cli.options.Like;
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
import dev.quicklime.report.drawing.FigureFormat;
import dev.quicklime.report.explanation.ReportWriter;
import dev.quicklime.report.text.Visible;
import dev.quicklime.scenes.Bundled;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.ArrayList;
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

/** Explains pictures and writes a report of each. */
@Command(
    name = "explain",
    description = {
      "Explains what a model saw in pictures, and writes a report of each.",
      "A preset is a set of defaults; every option overrides its own. @FILE stands for options in a"
          + " file."
    },
    mixinStandardHelpOptions = true,
    versionProvider = CommandVersion.class,
    sortOptions = false,
    abbreviateSynopsis = true,
    usageHelpWidth = 100)
@InGroup(HelpGroup.OUTPUT)
public final class ExplainCommand implements Callable<Integer> {

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
      description = "Where the reports go, each in a folder (default: ${DEFAULT-VALUE}).")
  private Path out = Path.of("quicklime-out");

  @InGroup(HelpGroup.COMMON)
  @Option(
      names = "--like",
      paramLabel = "explanation.json",
      description =
          "Explains as this file says that its explanation was made, to the bit: its picture unless"
              + " one is named, and its model, options, input, number format, batch and threads"
              + " wherever they are not given. What differs of versions, libraries and processor is"
              + " said (default: none).")
  private @Nullable Path like;

  @Mixin private final Settings settings = new Settings();

  @InGroup(HelpGroup.COMMON)
  @Option(
      names = "--fidelity",
      description =
          "Measures how far each explanation can be trusted: R2 on held-out samples, infidelity,"
              + " deletion and insertion curves, stability over 4 further seeds. Takes about five"
              + " times the forward passes (default: no).")
  private boolean fidelity;

  @Option(
      names = "--with-gradcam",
      description =
          "Sets Grad-CAM of the same classes beside each explanation: maps, agreement, deletion and"
              + " insertion areas of both, and times. Needs a TorchScript model (default: no).")
  private boolean withGradcam;

  @Option(
      names = "--layer",
      paramLabel = "NAME",
      description =
          "The layer that Grad-CAM attributes to; gradcam --list-layers shows them (default: the"
              + " last one with places that everything goes through).")
  private @Nullable String layer;

  @Option(
      names = "--export",
      description = "Writes masks, scores, weights and coefficients as run.npz (default: no).")
  private boolean export;

  @Option(
      names = "--figures",
      paramLabel = "none|first|all",
      description =
          "What is drawn: all, the figures that classes share and those of the first class, or none"
              + " and no page either; explanation.json is always the same (default:"
              + " ${DEFAULT-VALUE}).")
  private String figures = "all";

  @Mixin private final FigureFlags files = new FigureFlags();

  @Option(names = "--quiet", description = "Prints only the reports' paths (default: no).")
  private boolean quiet;

  /** What is explained with what. */
  record Prepared(ExplainPlan plan, Settings.Chosen chosen, Set<FigureFormat> formats) {}

  @Override
  public Integer call() throws IOException {
    if (settings.listsPresets()) {
      PresetDefaults.list(spec.commandLine().getOut());
      return ExitCode.OK;
    }
    Prepared prepared = prepare();
    TimeLine.reached("options are read");
    PrintWriter stdout = spec.commandLine().getOut();
    boolean terminal = Stderr.isTerminal();
    Consumer<String> notices =
        notice -> {
          if (terminal) {
            spec.commandLine().getErr().println("note: " + Visible.line(notice));
            spec.commandLine().getErr().flush();
          }
        };
    List<Exception> failures = PictureFailures.missing(prepared.plan().pictures());
    if (failures.size() == prepared.plan().pictures().size()) {
      // Not worth the time of loading a model.
      return Failures.reportAll(failures, spec.commandLine());
    }
    if (!settings.namesModel() && !named.isEmpty()) {
      notices.accept("the bundled model knows its own scenes alone; --model takes another");
    }
    try (Interruption interruption = Interruption.guard()) {
      try (Explainer explainer = prepared.chosen().open();
          CamModel gradCam = gradCam(prepared)) {
        tellDifferences(prepared, explainer, notices, terminal);
        ExplainRun run =
            new ExplainRun(
                prepared.plan(),
                explainer,
                gradCam,
                (input, into) -> ReportWriter.write(input, into, prepared.formats()),
                new Faster(prepared.chosen(), !settings.namesModel())::of,
                stdout,
                notices,
                terminal);
        failures = run.failures();
        run.run(interruption);
      } catch (IOException | RuntimeException e) {
        if (interruption.ending()) {
          return Failures.INTERRUPTED;
        }
        Failures.reportAll(failures, spec.commandLine());
        throw e;
      } finally {
        prepared.plan().out().tidy();
      }
    }
    return Failures.reportAll(failures, spec.commandLine());
  }

  /** Checks everything that can be checked before the model is loaded. */
  Prepared prepare() throws IOException {
    FigureChoice drawn = Parse.choice("--figures", figures, FigureChoice.class);
    Set<FigureFormat> formats = files.formats();
    if (files.isGiven() && !drawn.hasReport()) {
      throw new InvalidInputException("--figure-formats cannot be combined with --figures none");
    }
    Like made = like == null ? null : Like.read(like);
    Settings.Chosen chosen = settings.choose(spec, made);
    List<Path> pictures = pictures(made);
    OutputFolder folder = OutputFolder.at(out);
    List<String> names = pictures.stream().map(folder::reserve).toList();
    return new Prepared(
        new ExplainPlan(
            pictures,
            names,
            chosen::optionsOf,
            chosen.show(),
            drawn,
            folder,
            gradcam(),
            fidelity,
            export,
            quiet,
            new InputMarks(chosen)::of,
            made),
        chosen,
        formats);
  }

  private List<Path> pictures(@Nullable Like made) throws IOException {
    if (named.isEmpty()) {
      return made == null ? Bundled.pictures() : List.of(made.picture());
    }
    List<Path> pictures = Pictures.of(named, Pictures.told(spec.commandLine(), quiet));
    if (made != null) {
      made.named(pictures);
    }
    return pictures;
  }

  /** Among the results where nobody watches, as they are no more than what explains them. */
  private void tellDifferences(
      Prepared prepared, Explainer explainer, Consumer<String> notices, boolean terminal) {
    Like made = prepared.plan().like();
    if (made == null) {
      return;
    }
    for (String difference : made.differences(explainer.classifier().info())) {
      if (terminal || quiet) {
        notices.accept(difference);
      } else {
        spec.commandLine().getOut().println("note: " + Visible.line(difference));
      }
    }
  }

  private @Nullable CamOptions gradcam() {
    if (!withGradcam && layer != null) {
      throw new ParameterException(spec.commandLine(), "--layer goes with --with-gradcam");
    }
    return withGradcam ? CamOptions.defaults().withLayer(layer) : null;
  }

  private static @Nullable CamModel gradCam(Prepared prepared) {
    return prepared.plan().gradcam() == null
        ? null
        : ModelFiles.gradCam(
            prepared.chosen().model(),
            prepared.chosen().modelOptions().device(),
            prepared.chosen().modelOptions().threads(),
            prepared.chosen().modelOptions().output());
  }
}
