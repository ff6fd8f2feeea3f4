package dev.quicklime.scenes.model;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.quicklime.ExplainOptions;
import dev.quicklime.Explainer;
import dev.quicklime.Explanation;
import dev.quicklime.InvalidInputException;
import dev.quicklime.model.ClassChoice;
import dev.quicklime.model.Labels;
import dev.quicklime.model.ModelOptions;
import dev.quicklime.run.Progress;
import dev.quicklime.scenes.SceneGenerator;
import dev.quicklime.segment.Tiles;
import dev.quicklime.torch.TorchScript;
import java.io.IOException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.CancellationException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SceneTrainerTest {

  @TempDir Path folder;

  @Test
  void shouldSayThatThereIsNoRoomForTheModel() throws IOException {
    assumeTrue(Files.exists(Path.of("/dev/full")), "a full device is there on Linux only");
    Path file = Files.createSymbolicLink(folder.resolve("full.pt"), Path.of("/dev/full"));
    FileSystemException e =
        assertThrows(
            FileSystemException.class,
            () ->
                SceneTrainer.train(
                    new TrainingOptions(8, 1, 8, 1, 1), file, (stage, done, total, loss) -> {}));
    assertTrue(
        String.valueOf(e.getMessage()).startsWith(file + ": must have room for"), e.getMessage());
    assertTrue(Files.notExists(file, LinkOption.NOFOLLOW_LINKS));
  }

  @Test
  void shouldLearnAndSaveAModelThatTheEngineRuns() throws IOException {
    Path file = folder.resolve("model.pt");
    SceneTrainer.Result result =
        SceneTrainer.train(
            new TrainingOptions(64, 10, 16, 1, 2), file, (stage, done, total, loss) -> {});
    assertTrue(result.lastLoss() < result.firstLoss() - 0.1, result.toString());
    TorchScript model = TorchScript.open(file, ModelOptions.of(SceneModel.preprocessing()));
    try (Explainer explainer = Explainer.of(model, Labels.of(SceneModel.labels()))) {
      Explanation got =
          explainer.explain(
              new SceneGenerator(1, 96, 96).scene(0).image(),
              ExplainOptions.defaults()
                  .withSegmenter(new Tiles(3, 3))
                  .withSamples(5)
                  .withClasses(ClassChoice.top(8)),
              Progress.none());
      assertEquals(8, got.classes().size());
    }
  }

  @Test
  void shouldStopWhenInterrupted() {
    assertThrows(
        CancellationException.class,
        () ->
            SceneTrainer.train(
                new TrainingOptions(16, 100, 8, 1, 1),
                folder.resolve("never.pt"),
                (stage, done, total, loss) -> {
                  if (stage.equals("training")) {
                    Thread.currentThread().interrupt();
                  }
                }));
    assertTrue(Files.notExists(folder.resolve("never.pt")));
  }

  @Test
  void shouldNormaliseEachSymmetryOnce() {
    float[] levels = new float[3 * SceneModel.SIDE * SceneModel.SIDE];
    levels[3 * 5 + 1] = 255; // column 5, row 0, green
    float[] batch = new float[levels.length];
    int plane = SceneModel.SIDE * SceneModel.SIDE;
    int last = SceneModel.SIDE - 1;
    int[] expected = {
      5,
      last - 5,
      last * SceneModel.SIDE + 5,
      last * SceneModel.SIDE + last - 5,
      5 * SceneModel.SIDE,
      (last - 5) * SceneModel.SIDE,
      5 * SceneModel.SIDE + last,
      (last - 5) * SceneModel.SIDE + last
    };
    Set<Integer> seen = new HashSet<>();
    for (int symmetry = 0; symmetry < 8; symmetry++) {
      SceneModel.normalise(levels, symmetry, batch, 0);
      for (int i = 0; i < plane; i++) {
        if (batch[plane + i] == 2) {
          seen.add(i);
        }
      }
    }
    assertEquals(8, seen.size());
    for (int place : expected) {
      assertTrue(seen.contains(place), "place " + place);
    }
  }

  @Test
  void shouldRefuseOptionsOutOfRange() {
    assertThrows(InvalidInputException.class, () -> new TrainingOptions(7, 1, 8, 0, 1));
    assertThrows(InvalidInputException.class, () -> new TrainingOptions(8, 0, 8, 0, 1));
    assertThrows(InvalidInputException.class, () -> new TrainingOptions(8, 1, 1, 0, 1));
    assertThrows(InvalidInputException.class, () -> new TrainingOptions(8, 1, 8, 0, 0));
  }
}
