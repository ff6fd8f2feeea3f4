package dev.quicklime.cli.serve;

import dev.quicklime.ExplainOptions;
import dev.quicklime.InvalidInputException;
import dev.quicklime.Preset;
import dev.quicklime.cli.options.LabelNames;
import dev.quicklime.cli.options.ModelFiles;
import dev.quicklime.cli.options.ModelFlags;
import dev.quicklime.cli.options.Settings;
import dev.quicklime.cli.options.WrongFile;
import dev.quicklime.cli.run.CommandVersion;
import dev.quicklime.cli.run.TimeLine;
import dev.quicklime.files.card.ModelCard;
import dev.quicklime.model.Labels;
import dev.quicklime.report.figure.Show;
import dev.quicklime.scenes.Bundled;
import dev.quicklime.serve.http.QuicklimeServer;
import dev.quicklime.serve.http.QuicklimeService;
import dev.quicklime.serve.http.ServerOptions;
import dev.quicklime.serve.http.ServiceOptions;
import dev.quicklime.serve.model.ServedModel;
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
      "The parameters of requests are the options of explain, by their names."
    },
    mixinStandardHelpOptions = true,
    versionProvider = CommandVersion.class,
    sortOptions = false,
    abbreviateSynopsis = true,
    usageHelpWidth = 100)
public final class ServeCommand implements Callable<Integer> {

  /** Held, since a logger that nobody holds forgets its level. */
  private static final Logger HELIDON = Logger.getLogger("io.helidon");

  @Spec private CommandSpec spec;

  @Mixin private final ModelFlags model = new ModelFlags();

  @Option(
      names = {"--name", "--model_name"},
      paramLabel = "N",
      description = "What routes call the model (default: its file's name without the ending).")
  private @Nullable String name;

  @Option(
      names = "--models",
      paramLabel = "DIR",
      description = "Serves every model file of a folder, each by its file's name.")
  private @Nullable Path models;

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
    ServiceOptions options = flags.service(quiet ? _ -> {} : logTo(out));
    TimeLine.reached("options are read");
    Thread.ofPlatform().daemon().name("server-classes").start(QuicklimeServer::loadClasses);
    List<ServedModel> served = open();
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
      served.forEach(one -> one.explainer().close());
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
      PrintWriter out, List<ServedModel> served, ServerOptions where, int port) {
    String host = where.host().contains(":") ? "[" + where.host() + "]" : where.host();
    out.println(
        "serving %s at %s://%s:%s"
            .formatted(
                String.join(", ", served.stream().map(ServedModel::name).toList()),
                where.certificate() == null ? "http" : "https",
                host,
                port));
    out.flush();
  }

  private List<ServedModel> open() {
    if (models != null && (model.model() != null || name != null)) {
      throw new InvalidInputException("--models cannot be combined with --model or --name");
    }
    List<ServedModel> served = new ArrayList<>();
    try {
      if (models == null) {
        Path file = model.model();
        Path bundled = file == null ? Bundled.model() : file;
        served.add(open(bundled, file, name == null ? ModelsFolder.name(bundled) : name));
      } else {
        for (Path file : ModelsFolder.files(models)) {
          served.add(open(file, file, ModelsFolder.name(file)));
        }
      }
    } catch (RuntimeException e) {
      served.forEach(one -> one.explainer().close());
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
            Show.BOTH,
            file,
            card,
            labels,
            model.over(card.preprocessing()));
    return new ServedModel(as, chosen.open(), new ExplainParameters(labels));
  }
}
