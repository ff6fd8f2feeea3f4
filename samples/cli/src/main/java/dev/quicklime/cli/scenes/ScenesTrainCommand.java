package dev.quicklime.cli.scenes;

import dev.quicklime.cli.options.Parse;
import dev.quicklime.cli.run.CommandVersion;
import dev.quicklime.cli.run.Interruption;
import dev.quicklime.cli.run.OutputFolder;
import dev.quicklime.cli.run.ProgressLine;
import dev.quicklime.cli.run.Stderr;
import dev.quicklime.files.card.ModelCard;
import dev.quicklime.internal.file.HiddenFolder;
import dev.quicklime.internal.file.Leftovers;
import dev.quicklime.model.ModelOptions;
import dev.quicklime.model.PipelinedClassifier;
import dev.quicklime.scenes.model.SceneAccuracy;
import dev.quicklime.scenes.model.SceneModel;
import dev.quicklime.scenes.model.SceneTrainer;
import dev.quicklime.scenes.model.TrainingOptions;
import dev.quicklime.torch.TorchScript;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.List;
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
    boolean made = Files.notExists(out);
    Files.createDirectories(out);
    try {
      return train(options);
    } catch (IOException | RuntimeException e) {
      if (made) {
        try {
          Files.deleteIfExists(out);
        } catch (DirectoryNotEmptyException _) {
          // Somebody else has put something there.
        }
      }
      throw e;
    }
  }

  private int train(TrainingOptions options) throws IOException {
    // Earlier versions left their files without a folder around them.
    Leftovers.sweep(out, ".scenes-", Duration.ofDays(1));
    Path model = out.resolve("scenes.pt");
    SceneTrainer.Result result;
    double accuracy;
    try (HiddenFolder hidden = HiddenFolder.in(out);
        Interruption _ = Interruption.guard();
        Stages stages = new Stages()) {
      Path unfinished = hidden.path().resolve("scenes.pt");
      result = SceneTrainer.train(options, unfinished, stages);
      accuracy = accuracy(unfinished, stages);
      writeCard(hidden.path());
      // The model last: without its card it would be taken for one of another input.
      for (String name : List.of("labels.txt", "model.json", "scenes.pt")) {
        Files.move(
            hidden.path().resolve(name),
            out.resolve(name),
            StandardCopyOption.ATOMIC_MOVE,
            StandardCopyOption.REPLACE_EXISTING);
      }
    } catch (FileSystemException e) {
      // What is hidden says nothing to anybody.
      throw (FileSystemException)
          new FileSystemException(model.toString(), null, String.valueOf(e.getReason()))
              .initCause(e);
    }
    PrintWriter text = spec.commandLine().getOut();
    text.printf(
        Locale.ROOT,
        "cross-entropy %.4f at first, %.4f at last%naccuracy %.1f %% on %d unseen scenes%n%s%n",
        result.firstLoss(),
        result.lastLoss(),
        100 * accuracy,
        UNSEEN_SCENES,
        model);
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

  private static void writeCard(Path folder) throws IOException {
    new ModelCard(SceneModel.preprocessing(), SceneModel.labels())
        .write(folder.resolve("model.json"));
    Files.write(folder.resolve("labels.txt"), SceneModel.labels());
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
