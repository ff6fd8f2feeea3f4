package dev.quicklime.cli.network;

import dev.quicklime.cli.options.Parse;
import dev.quicklime.cli.run.CommandVersion;
import dev.quicklime.files.card.ModelCard;
import dev.quicklime.image.Preprocessing;
import dev.quicklime.testkit.Miniature;
import dev.quicklime.testkit.RandomModel;
import dev.quicklime.torch.architecture.Architecture;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Writes networks that have learnt nothing, for comparisons with other programs. */
@Command(
    name = "network",
    hidden = true,
    description =
        "Writes a network with random weights, and a JSON file beside it that tells its input: for"
            + " comparisons with other programs.",
    mixinStandardHelpOptions = true,
    versionProvider = CommandVersion.class,
    sortOptions = false,
    usageHelpWidth = 100)
public final class NetworkCommand implements Callable<Integer> {

  private static final int MAX_CLASSES = 1_000_000;

  @Spec private CommandSpec spec;

  @Option(
      names = "--kind",
      required = true,
      paramLabel = "NAME",
      description =
          "vgg, inception, mobilenet, r3d18 or vit, small ones; or an architecture of import.")
  private String kind = "";

  @Option(
      names = "--classes",
      paramLabel = "N",
      description = "Number of outputs (default: ${DEFAULT-VALUE}).")
  private String classes = "10";

  @Option(
      names = "--seed",
      paramLabel = "S",
      description = "Decides the weights (default: ${DEFAULT-VALUE}).")
  private String seed = "0";

  @Option(names = "--out", required = true, paramLabel = "F.pt", description = "The file.")
  private Path out = Path.of("");

  @Override
  public Integer call() throws IOException {
    int outputs = Parse.whole("--classes", classes, 1, MAX_CLASSES);
    long chosen = Parse.whole("--seed", seed, Long.MIN_VALUE, Long.MAX_VALUE);
    Preprocessing input = Preprocessing.imageNet();
    if (small()) {
      Miniature miniature = Miniature.parse(kind);
      List<Integer> places = miniature.places();
      RandomModel.save(miniature, outputs, chosen, out);
      input = input.withSize(places.getLast(), places.get(places.size() - 2));
    } else {
      RandomModel.save(Architecture.parse(kind), outputs, chosen, out);
    }
    new ModelCard(input, List.of()).write(out.resolveSibling(out.getFileName() + ".json"));
    spec.commandLine().getOut().println(out);
    spec.commandLine().getOut().flush();
    return ExitCode.OK;
  }

  private boolean small() {
    return Stream.of(Miniature.values())
        .anyMatch(miniature -> miniature.name().toLowerCase(Locale.ROOT).equals(kind));
  }
}
