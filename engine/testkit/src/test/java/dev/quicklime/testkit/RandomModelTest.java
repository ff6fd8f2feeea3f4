package dev.quicklime.testkit;

import static java.lang.foreign.ValueLayout.JAVA_FLOAT;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.quicklime.InvalidInputException;
import dev.quicklime.image.Preprocessing;
import dev.quicklime.model.Batch;
import dev.quicklime.model.Device;
import dev.quicklime.model.ModelOptions;
import dev.quicklime.model.Precision;
import dev.quicklime.torch.TorchScript;
import dev.quicklime.torch.architecture.Architecture;
import dev.quicklime.torch.architecture.ResNet;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RandomModelTest {

  private static final int SIDE = 64;
  private static final int CLASSES = 20;

  @TempDir Path folder;

  /** Scores of two pictures of patches. */
  private static double[] score(Path model) {
    ModelOptions options =
        ModelOptions.of(Preprocessing.imageNet().withSize(SIDE, SIDE))
            .withDevice(Device.cpu())
            .withPrecision(Precision.FP32)
            .withBatch(2);
    try (TorchScript opened = TorchScript.open(model, options);
        Batch batch = opened.newBatch()) {
      for (int i = 0; i < 2 * opened.format().elements(); i++) {
        int patch = i / SIDE / 8 * (SIDE / 8) + i % SIDE / 8;
        batch
            .pixels()
            .setAtIndex(JAVA_FLOAT, i, 4 * (new SplittableRandom(patch).nextFloat() - 0.5f));
      }
      return opened.score(batch, 2);
    }
  }

  private double[] made(Architecture architecture, long seed) throws IOException {
    Path file = folder.resolve("made/" + seed + ".pt");
    RandomModel.save(architecture, CLASSES, seed, file);
    return score(file);
  }

  @Test
  void shouldGiveScoresOfOrderOneThatDependOnThePicture() throws IOException {
    double[] scores = made(Architecture.parse("resnet50"), 1);
    assertEquals(2 * CLASSES, scores.length);
    double squares = 0;
    double differences = 0;
    for (int c = 0; c < CLASSES; c++) {
      squares += (scores[c] * scores[c] + scores[CLASSES + c] * scores[CLASSES + c]) / 2;
      differences += Math.pow(scores[c] - scores[CLASSES + c], 2);
    }
    double size = Math.sqrt(squares / CLASSES);
    double spread = Math.sqrt(differences / CLASSES);
    assertTrue(size > 0.2 && size < 10, "size " + size);
    assertTrue(spread > 0.05, "spread " + spread);
  }

  @Test
  void shouldBeDecidedByTheSeed() throws IOException {
    Architecture small = new ResNet(ResNet.Block.BASIC, List.of(1, 1, 1, 1), 8, 1, 64);
    double[] first = made(small, 1);
    assertArrayEquals(first, made(small, 1), 1e-4);
    double[] second = made(small, 2);
    double largest = 0;
    for (int i = 0; i < first.length; i++) {
      largest = Math.max(largest, Math.abs(first[i] - second[i]));
    }
    assertTrue(largest > 0.1, "the same with another seed");
  }

  @Test
  void shouldRefuseAnImpossibleNumberOfClasses() {
    Path file = folder.resolve("m.pt");
    Architecture resNet = Architecture.parse("resnet18");
    assertThrows(InvalidInputException.class, () -> RandomModel.save(resNet, 0, 1, file));
    assertThrows(InvalidInputException.class, () -> RandomModel.save(resNet, 1_000_001, 1, file));
    assertTrue(Files.notExists(file));
  }
}
