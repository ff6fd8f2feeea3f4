package dev.quicklime.cli.serve;

import dev.quicklime.ExplainOptions;
import dev.quicklime.InvalidInputException;
import dev.quicklime.Preset;
import dev.quicklime.cli.help.HelpGroup;
import dev.quicklime.cli.help.InGroup;
import dev.quicklime.cli.options.LabelNames;
import dev.quicklime.cli.options.ModelFiles;
import dev.quicklime.cli.options.ModelFlags;
import dev.quicklime.cli.options.Settings;
import dev.quicklime.cli.options.WrongFile;
import dev.quicklime.cli.run.CommandVersion;
import dev.quicklime.cli.run.TimeLine;
import dev.quicklime.files.card.ModelCard;
import dev.quicklime.model.Labels;
import dev.quicklime.model.ModelOptions;
import dev.quicklime.report.figure.Show;
import dev.quicklime.scenes.Bundled;
import dev.quicklime.serve.http.QuicklimeServer;
import dev.quicklime.serve.http.QuicklimeService;
import dev.quicklime.serve.http.ServerOptions;
import dev.quicklime.serve.http.ServiceOptions;
import dev.quicklime.serve.model.GradCamSource;
import dev.quicklime.serve.model.Served;
import dev.quicklime.serve.model.ServedModel;
import dev.quicklime.serve.model.ServedTable;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.function.Consumer;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Explains and predicts over HTTP until it is told to end. */
@Command(
    name = "serve",
    description = {
      "Explains and predicts over HTTP by KServe's protocols, until it is told to end.",
      "The parameters of requests are the options of explain, by their names, or those of tabular"
          + " with --table."
    },
    mixinStandardHelpOptions = true,
    versionProvider = CommandVersion.class,
    sortOptions = false,
    abbreviateSynopsis = true,
    usageHelpWidth = 100)
@InGroup(HelpGroup.SERVICE)
public final class ServeCommand implements Callable<Integer> {

  /** Held, since a logger that nobody holds forgets its level. */
  private static final Logger HELIDON = Logger.getLogger("io.helidon");

  @Spec private CommandSpec spec;

  @Mixin private final ModelFlags model = new ModelFlags();

  @InGroup(HelpGroup.COMMON)
  @Option(
      names = {"--name", "--model_name", "--model-name"},
      paramLabel = "N",
      description = "What routes call the model (default: its file's name without the ending).")
  private @Nullable String name;

  @InGroup(HelpGroup.COMMON)
  @Option(
      names = "--models",
      paramLabel = "DIR",
      description = "Serves every model file of a folder, each by its file's name.")
  private @Nullable Path models;

  @Mixin private final PredictorFlags predictor = new PredictorFlags();
  @Mixin private final TrainingTable table = new TrainingTable();

  @Mixin private final ServiceFlags flags = new ServiceFlags();

  @Option(names = "--quiet", description = "Writes no line for each request (default: no).")
  private boolean quiet;

  @Option(
      names = "--rehearse",
      hidden = true,
      description = "Answers some requests of its own, then ends.")
  private boolean rehearse;

  @Override
  public Integer call() throws InterruptedException {
    // Of a request that is no HTTP it would print a stack trace, as a warning.
    HELIDON.setLevel(Level.SEVERE);
    PrintWriter out = spec.commandLine().getOut();
    ServerOptions where = flags.server();
    ServiceOptions options = kept(flags.service(quiet ? _ -> {} : logTo(out)));
    TimeLine.reached("options are read");
    Thread.ofPlatform().daemon().name("server-classes").start(QuicklimeServer::loadClasses);
    List<Served> served = open();
    try {
      QuicklimeServer server =
          QuicklimeServer.start(QuicklimeService.of(served, options), options, where);
      try (server) {
        Thread hook = new Thread(() -> end(server), "serve-end");
        Runtime.getRuntime().addShutdownHook(hook);
        TimeLine.reached("the server listens");
        announce(out, served, where, server.port());
        try {
          if (rehearse) {
            Rehearsal.run(server.port(), served.getFirst().name());
            return ExitCode.OK;
          }
          // Until a signal ends the process, or an application interrupts its thread.
          new CountDownLatch(1).await();
        } finally {
          Runtime.getRuntime().removeShutdownHook(hook);
        }
      }
    } finally {
      served.forEach(ServeCommand::close);
    }
    return ExitCode.OK;
  }

  /** Ends well, whatever the signal was. */
  private static void end(QuicklimeServer server) {
    server.close();
    System.out.flush();
    Runtime.getRuntime().halt(ExitCode.OK);
  }

  private static Consumer<String> logTo(PrintWriter out) {
    return line -> {
      synchronized (out) {
        out.println(line);
        out.flush();
      }
    };
  }

  private static void announce(
      PrintWriter out, List<Served> served, ServerOptions where, int port) {
    String host = where.host().contains(":") ? "[" + where.host() + "]" : where.host();
    out.println(
        "serving %s at %s://%s:%s"
            .formatted(
                String.join(", ", served.stream().map(Served::name).toList()),
                where.certificate() == null ? "http" : "https",
                host,
                port));
    out.flush();
  }

  private static void close(Served served) {
    switch (served) {
      case ServedModel one -> {
        one.gradCam().close();
        one.explainer().close();
      }
      case ServedTable one -> one.explainer().close();
    }
  }

  /**
   * Whether a model elsewhere is still the same nobody knows: keeping answers must be asked for.
   */
  private ServiceOptions kept(ServiceOptions options) {
    boolean asked = spec.commandLine().getParseResult().hasMatchedOption("--cache");
    return predictor.given() && !asked ? options.withKept(0, 0) : options;
  }

  private List<Served> open() {
    if (models != null && (model.model() != null || name != null || predictor.given())) {
      throw new InvalidInputException(
          "--models cannot be combined with --model, --name or --predictor_host");
    }
    boolean rows = table.given(spec);
    if (predictor.given()) {
      PrintWriter err = spec.commandLine().getErr();
      return List.of(predictor.open(model, name, logTo(err)));
    }
    List<Served> served = new ArrayList<>();
    try {
      if (rows) {
        served.add(table.open(model, name));
      } else if (models == null) {
        Path file = model.model();
        Path bundled = file == null ? Bundled.model() : file;
        served.add(open(bundled, file, name == null ? ModelsFolder.name(bundled) : name));
      } else {
        for (Path file : ModelsFolder.files(models)) {
          served.add(open(file, file, ModelsFolder.name(file)));
        }
      }
    } catch (RuntimeException e) {
      served.forEach(ServeCommand::close);
      throw e;
    }
    return served;
  }

  private ServedModel open(Path file, @Nullable Path named, String as) {
    WrongFile.refuse(file, WrongFile.Use.PICTURES);
    ModelCard card = ModelFiles.card(file);
    Labels labels = LabelNames.of(model.labels(), named, card);
    Settings.Chosen chosen =
        new Settings.Chosen(
            Preset.named("default"),
            ExplainOptions.defaults(),
            false,
            Show.BOTH,
            file,
            card,
            labels,
            model.over(card.preprocessing()));
    ModelOptions how = chosen.modelOptions();
    return new ServedModel(as, chosen.open(flags::shared), new ExplainParameters(labels))
        .withGradCam(
            GradCamSource.of(
                () -> ModelFiles.gradCam(file, how.device(), how.threads(), how.output())));
  }
}
