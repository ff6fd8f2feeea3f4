package dev.quicklime.cli.scenes;

import dev.quicklime.cli.options.Parse;
import dev.quicklime.cli.run.CommandVersion;
import dev.quicklime.cli.run.Interruption;
import dev.quicklime.cli.run.OutputFolder;
import dev.quicklime.cli.run.ProgressLine;
import dev.quicklime.cli.run.Stderr;
import dev.quicklime.scenes.SceneGenerator;
import dev.quicklime.scenes.SceneWriter;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Writes scenes with the masks of their objects. */
@Command(
    name = "generate",
    description =
        "Writes DIR/scene-0001.png and so on, their objects' masks in DIR/masks, and"
            + " DIR/truth.json.",
    mixinStandardHelpOptions = true,
    versionProvider = CommandVersion.class,
    sortOptions = false,
    usageHelpWidth = 100)
final class ScenesGenerateCommand implements Callable<Integer> {

  @Spec private CommandSpec spec;

  @Option(
      names = "--count",
      paramLabel = "N",
      description = "How many (default: ${DEFAULT-VALUE}).")
  private String count = "16";

  @Option(
      names = "--seed",
      paramLabel = "S",
      description = "Decides what is drawn (default: ${DEFAULT-VALUE}).")
  private String seed = "0";

  @Option(
      names = "--size",
      paramLabel = "N|WxH",
      description = "Pixels of a side, or of both (default: ${DEFAULT-VALUE}).")
  private String size = "224";

  @Option(
      names = "--out",
      paramLabel = "DIR",
      description = "Where they go; files of their names are replaced (default: ${DEFAULT-VALUE}).")
  private Path out = Path.of("quicklime-scenes");

  @Override
  public Integer call() {
    int scenes = Parse.whole("--count", count, 1, SceneWriter.MAX_COUNT);
    Parse.Pair sides = Parse.sides("--size", size);
    SceneGenerator generator =
        new SceneGenerator(
            Parse.whole("--seed", seed, Long.MIN_VALUE, Long.MAX_VALUE),
            sides.first(),
            sides.second());
    OutputFolder.at(out);
    try (Interruption _ = Interruption.guard();
        ProgressLine line = ProgressLine.begin("drawing", "scenes", scenes, Stderr.isTerminal())) {
      SceneWriter.write(generator, scenes, out, done -> line.scored(done, scenes));
    }
    spec.commandLine().getOut().println(out.resolve("truth.json"));
    spec.commandLine().getOut().flush();
    return ExitCode.OK;
  }
}
