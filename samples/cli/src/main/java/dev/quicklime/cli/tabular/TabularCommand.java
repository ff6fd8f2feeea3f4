package dev.quicklime.cli.tabular;

import dev.quicklime.cli.help.HelpGroup;
import dev.quicklime.cli.help.InGroup;
import dev.quicklime.cli.options.FigureFlags;
import dev.quicklime.cli.options.LabelNames;
import dev.quicklime.cli.options.ModelFiles;
import dev.quicklime.cli.options.Parse;
import dev.quicklime.cli.options.RowFlags;
import dev.quicklime.cli.options.WrongFile;
import dev.quicklime.cli.run.CommandVersion;
import dev.quicklime.cli.run.Failures;
import dev.quicklime.cli.run.Interruption;
import dev.quicklime.cli.run.OutputFolder;
import dev.quicklime.cli.run.ProgressLine;
import dev.quicklime.cli.run.Staging;
import dev.quicklime.cli.run.Stderr;
import dev.quicklime.model.Device;
import dev.quicklime.model.Labels;
import dev.quicklime.model.RowModel;
import dev.quicklime.report.drawing.FigureFormat;
import dev.quicklime.report.tabular.Constraint;
import dev.quicklime.report.tabular.TabularResult;
import dev.quicklime.report.tabular.TabularText;
import dev.quicklime.report.text.Visible;
import dev.quicklime.tabular.Table;
import dev.quicklime.tabular.TabularExplainer;
import dev.quicklime.tabular.TabularExplanation;
import dev.quicklime.tabular.TabularOptions;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.Set;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Explains a row of a table. */
@Command(
    name = "tabular",
    description = {
      "Explains what a model made of one row of a table: rows are drawn around it and scored, and a"
          + " linear model is fitted to them.",
      "Bounds and penalties (--features, --radius, --alpha) are about coefficients for one standard"
          + " deviation of a feature. Beside the surrogate that is asked for, plain least squares"
          + " and the best fits with few features, within an l1 ball and within an l2 ball are"
          + " compared."
    },
    mixinStandardHelpOptions = true,
    versionProvider = CommandVersion.class,
    defaultValueProvider = RowFlags.Defaults.class,
    sortOptions = false,
    abbreviateSynopsis = true,
    usageHelpWidth = 100)
@InGroup(HelpGroup.MODEL)
public final class TabularCommand implements Callable<Integer> {

  @Spec private CommandSpec spec;

  @Mixin private final TableFlags data = new TableFlags();

  @InGroup(HelpGroup.COMMON)
  @Option(
      names = "--model",
      paramLabel = "F.pt|F.onnx",
      description =
          "A TorchScript or ONNX file, which goes with --data, that takes rows [n, inputs] in"
              + " single precision and returns scores [n, classes], or [n] for a regression.")
  private @Nullable Path model;

  @InGroup(HelpGroup.COMMON)
  @Option(
      names = "--labels",
      paramLabel = "F",
      description =
          "Names of the classes: a text of one on each line, or a JSON list or object (default:"
              + " those of a model.json beside the model).")
  private @Nullable Path labels;

  @Option(
      names = "--output",
      paramLabel = "NAME|INDEX",
      description =
          "Which of a model's outputs holds the scores (default: the only one of floating-point"
              + " numbers for each row and class, else the one called logits).")
  private @Nullable String output;

  @Option(
      names = "--device",
      paramLabel = "auto|cpu|cuda[:I]",
      description =
          "Where the model runs; auto takes a GPU where there is one (default: ${DEFAULT-VALUE}).")
  private String device = "auto";

  @Option(
      names = "--batch",
      paramLabel = "B",
      description = "Rows in one forward pass (default: ${DEFAULT-VALUE}).")
  private String batch = "1024";

  @Option(
      names = "--threads",
      paramLabel = "auto|T",
      description =
          "Threads of a forward pass; auto takes OMP_NUM_THREADS where it is set, otherwise every"
              + " processor (default: ${DEFAULT-VALUE}).")
  private String threads = "auto";

  @Mixin private final RowFlags rows = new RowFlags();

  @InGroup(HelpGroup.COMMON)
  @Option(
      names = "--out",
      paramLabel = "DIR",
      description = "Where the report goes, in a folder (default: ${DEFAULT-VALUE}).")
  private Path out = Path.of("quicklime-out");

  @InGroup(HelpGroup.OUTPUT)
  @Option(
      names = "--export",
      description = "Writes rows, scores, weights and coefficients as run.npz (default: no).")
  private boolean export;

  @Mixin private final FigureFlags files = new FigureFlags();

  @InGroup(HelpGroup.OUTPUT)
  @Option(names = "--quiet", description = "Prints only the report's path (default: no).")
  private boolean quiet;

  @Override
  public Integer call() throws IOException {
    if ((model == null) != (data.data() == null)) {
      throw new ParameterException(
          spec.commandLine(), "--data and --model go together: a model is of its own table");
    }
    if (model != null) {
      WrongFile.refuse(model, WrongFile.Use.ROWS);
    }
    Set<FigureFormat> formats = files.formats();
    Labels names = labels();
    TabularOptions options = rows.options(names).withOneHot(data.oneHot());
    int size = Parse.whole("--batch", batch, 1, 1 << 20);
    int used = threads.equals("auto") ? 0 : Parse.whole("--threads", threads, 1, 1024);
    Device where = Device.parse(device);
    Table table = data.read();
    RowFlags.check(table, options);
    OutputFolder folder = OutputFolder.at(out, "tabular.json");
    String name = folder.reserve(data.name(), "-row-" + data.row());
    try (Interruption interruption = Interruption.guard()) {
      try (TabularExplainer explainer = TabularExplainer.of(open(where, size, used), names)) {
        write(explain(explainer, table, options), formats, folder.stage(name), interruption);
      } catch (IOException | RuntimeException e) {
        if (interruption.ending()) {
          return Failures.INTERRUPTED;
        }
        throw e;
      } catch (OutOfMemoryError e) {
        throw new IllegalStateException(
            "this needs more memory than there is: lower --samples or --batch, or raise the heap"
                + " with JAVA_OPTS=-Xmx…",
            e);
      } finally {
        folder.tidy();
      }
    }
    return ExitCode.OK;
  }

  private TabularResult explain(TabularExplainer explainer, Table table, TabularOptions options) {
    String file = String.valueOf(data.name().getFileName());
    TabularExplanation explanation;
    boolean shown = Stderr.isTerminal() && !quiet;
    try (ProgressLine line = ProgressLine.begin(file, "rows", options.samples() + 1L, shown)) {
      explanation = explainer.explain(table, data.row(), options, line);
    }
    return new TabularResult(
        file, data.row(), explanation, Constraint.all(explanation.samples(), options.surrogate()));
  }

  private void write(
      TabularResult result, Set<FigureFormat> formats, Staging report, Interruption interruption)
      throws IOException {
    PrintWriter text = spec.commandLine().getOut();
    try (Staging staging = report) {
      interruption.guard(staging);
      result.write(staging.folder(), export, formats);
      Path page = staging.publish().resolve("report.html");
      if (!quiet) {
        new TabularText(result).print(text);
        tell(result.explanation());
      }
      text.println((quiet ? "" : "  ") + Visible.line(page.toString()));
      text.flush();
    }
  }

  private void tell(TabularExplanation explanation) {
    if (!Stderr.isTerminal()) {
      return;
    }
    PrintWriter err = spec.commandLine().getErr();
    explanation.notices().forEach(notice -> err.println("note: " + Visible.line(notice)));
    explanation
        .classes()
        .forEach(
            explained ->
                explained
                    .fit()
                    .fit()
                    .notices()
                    .forEach(
                        notice ->
                            err.println(
                                "note: "
                                    + Visible.line(explained.scored().label() + ": " + notice))));
    err.flush();
  }

  private Labels labels() {
    if (labels != null) {
      return LabelNames.of(labels);
    }
    return model == null ? Labels.none() : Labels.of(ModelFiles.card(model).labels());
  }

  private RowModel open(Device where, int rows, int used) {
    return model == null ? Rentals.model() : ModelFiles.rows(model, where, rows, used, output);
  }
}
