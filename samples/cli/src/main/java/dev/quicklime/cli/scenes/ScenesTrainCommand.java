package dev.quicklime.cli.scenes;

import dev.quicklime.cli.options.Parse;
import dev.quicklime.cli.run.CommandVersion;
import dev.quicklime.cli.run.Interruption;
import dev.quicklime.cli.run.OutputFolder;
import dev.quicklime.cli.run.ProgressLine;
import dev.quicklime.cli.run.Stderr;
import dev.quicklime.files.card.ModelCard;
import dev.quicklime.model.ModelOptions;
import dev.quicklime.model.PipelinedClassifier;
import dev.quicklime.scenes.model.SceneAccuracy;
import dev.quicklime.scenes.model.SceneModel;
import dev.quicklime.scenes.model.SceneTrainer;
import dev.quicklime.scenes.model.TrainingOptions;
import dev.quicklime.torch.TorchScript;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Locale;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Trains the model that is bundled, or one like it. */
@Command(
    name = "train",
    description = "Trains a model on generated scenes: DIR/scenes.pt with its model.json.",
    mixinStandardHelpOptions = true,
    versionProvider = CommandVersion.class,
    sortOptions = false,
    usageHelpWidth = 100)
final class ScenesTrainCommand implements Callable<Integer> {

  private static final int UNSEEN_SCENES = 2000;

  @Spec private CommandSpec spec;

  @Option(
      names = "--out",
      paramLabel = "DIR",
      description = "Where the model goes (default: ${DEFAULT-VALUE}).")
  private Path out = Path.of("quicklime-model");

  @Option(
      names = "--scenes",
      paramLabel = "N",
      description = "Scenes to learn from (default: ${DEFAULT-VALUE}).")
  private String scenes = "" + TrainingOptions.defaults().scenes();

  @Option(
      names = "--rounds",
      paramLabel = "R",
      description = "How often all of them are seen (default: ${DEFAULT-VALUE}).")
  private String rounds = "" + TrainingOptions.defaults().rounds();

  @Option(
      names = "--batch",
      paramLabel = "B",
      description = "Scenes in a step (default: ${DEFAULT-VALUE}).")
  private String batch = "" + TrainingOptions.defaults().batch();

  @Option(
      names = "--seed",
      paramLabel = "S",
      description = "Decides scenes and initial weights (default: ${DEFAULT-VALUE}).")
  private String seed = "" + TrainingOptions.defaults().seed();

  @Option(
      names = "--threads",
      paramLabel = "auto|T",
      description = "Threads of libtorch; auto takes every processor (default: ${DEFAULT-VALUE}).")
  private String threads = "auto";

  @Override
  public Integer call() throws IOException {
    TrainingOptions options =
        new TrainingOptions(
            Parse.whole("--scenes", scenes, 8, 200_000),
            Parse.whole("--rounds", rounds, 1, 1000),
            Parse.whole("--batch", batch, 2, 1024),
            Parse.whole("--seed", seed, Long.MIN_VALUE, Long.MAX_VALUE),
            threads.equals("auto")
                ? TrainingOptions.defaults().threads()
                : Parse.whole("--threads", threads, 1, 1024));
    OutputFolder.at(out);
    Files.createDirectories(out);
    Path unfinished = Files.createTempFile(out, ".scenes-", ".pt");
    SceneTrainer.Result result;
    double accuracy;
    try (Interruption _ = Interruption.guard();
        Stages stages = new Stages()) {
      result = SceneTrainer.train(options, unfinished, stages);
      accuracy = accuracy(unfinished, stages);
      Files.move(unfinished, out.resolve("scenes.pt"), StandardCopyOption.REPLACE_EXISTING);
    } finally {
      Files.deleteIfExists(unfinished);
    }
    writeCard();
    PrintWriter text = spec.commandLine().getOut();
    text.printf(
        Locale.ROOT,
        "cross-entropy %.4f at first, %.4f at last%naccuracy %.1f %% on %d unseen scenes%n%s%n",
        result.firstLoss(),
        result.lastLoss(),
        100 * accuracy,
        UNSEEN_SCENES,
        out.resolve("scenes.pt"));
    text.flush();
    return ExitCode.OK;
  }

  private static double accuracy(Path model, SceneTrainer.Progress progress) {
    ModelOptions options = ModelOptions.of(SceneModel.preprocessing());
    try (PipelinedClassifier classifier = TorchScript.open(model, options)) {
      return SceneAccuracy.measure(
          classifier,
          SceneAccuracy.UNSEEN,
          UNSEEN_SCENES,
          done -> progress.at("testing", done, UNSEEN_SCENES, Double.NaN));
    }
  }

  private void writeCard() throws IOException {
    new ModelCard(SceneModel.preprocessing(), SceneModel.labels()).write(out.resolve("model.json"));
    Files.write(out.resolve("labels.txt"), SceneModel.labels());
  }

  /** One line for each part of the work. */
  private static final class Stages implements SceneTrainer.Progress, AutoCloseable {

    private final boolean terminal = Stderr.isTerminal();
    private String current = "";
    private @Nullable ProgressLine line;

    @Override
    public void at(String stage, long done, long total, double loss) {
      ProgressLine shown = line;
      if (shown == null || !stage.equals(current)) {
        close();
        current = stage;
        shown = ProgressLine.begin(stage, "steps", total, terminal);
        line = shown;
      }
      shown.scored(done, total);
    }

    @Override
    public void close() {
      if (line != null) {
        line.close();
      }
    }
  }
}
