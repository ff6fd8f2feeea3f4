package dev.quicklime.torch.imports;

import static java.lang.foreign.ValueLayout.JAVA_FLOAT;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.quicklime.InvalidInputException;
import dev.quicklime.QuicklimeException;
import dev.quicklime.files.card.ModelCard;
import dev.quicklime.image.Preprocessing;
import dev.quicklime.model.Batch;
import dev.quicklime.model.Device;
import dev.quicklime.model.ModelOptions;
import dev.quicklime.model.Precision;
import dev.quicklime.torch.Models;
import dev.quicklime.torch.TorchScript;
import dev.quicklime.torch.architecture.Architecture;
import dev.quicklime.torch.architecture.ResNet;
import dev.quicklime.torch.weights.TestWeights;
import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ModelImportTest {

  private static final Architecture BASIC =
      new ResNet(ResNet.Block.BASIC, List.of(2, 1, 1, 1), 8, 1, 64);
  private static final Architecture BOTTLENECK =
      new ResNet(ResNet.Block.BOTTLENECK, List.of(1, 2, 1, 1), 8, 2, 64);
  private static final ModelCard CARD =
      new ModelCard(Preprocessing.imageNet().withSize(33, 40), List.of());
  private static final int CLASSES = 5;

  /** Scores of both pictures, computed by PyTorch in double precision. */
  private static final double[] OF_BASIC = {
    7.87496052, -6.61337307, 5.81950304, 1.15909649, -4.37723717,
    8.73373847, -5.11903280, 3.33052293, 2.43700881, -4.87698048
  };

  private static final double[] OF_BOTTLENECK = {
    15.11032774, 8.01470650, 22.17780488, 2.33899416, -0.29458614,
    18.50395083, 6.73828834, 22.28333761, -0.74613084, 0.44575950
  };

  @TempDir Path folder;

  private Path weights(Architecture architecture, String prefix) throws IOException {
    return MadeUpWeights.of(architecture, CLASSES, prefix)
        .save(folder.resolve("weights.safetensors"));
  }

  private static double[] score(Path model) {
    ModelOptions options =
        ModelOptions.of(Models.card(model).preprocessing())
            .withDevice(Device.cpu())
            .withPrecision(Precision.FP32)
            .withBatch(2);
    try (TorchScript opened = TorchScript.open(model, options);
        Batch batch = opened.newBatch()) {
      // Drawn channel by channel, written pixel by pixel.
      int channels = opened.format().preprocessing().channels();
      int pixels = opened.format().elements() / channels;
      for (int i = 0; i < 2 * opened.format().elements(); i++) {
        int picture = i / pixels / channels;
        int element = (picture * pixels + i % pixels) * channels + i / pixels % channels;
        batch
            .pixels()
            .setAtIndex(JAVA_FLOAT, element, (float) (4 * MadeUpWeights.draw(1_000_000, i)));
      }
      return opened.score(batch, 2);
    }
  }

  private List<String> files() throws IOException {
    try (Stream<Path> all = Files.list(folder)) {
      return all.map(file -> file.getFileName().toString()).sorted().toList();
    }
  }

  private static String refusal(Architecture architecture, Path weights, Path out) {
    QuicklimeException e =
        assertThrows(
            QuicklimeException.class,
            () -> new ModelImport(architecture, weights).run(out, CARD, false));
    assertEquals(1, e.toString().lines().count(), e.getMessage());
    assertFalse(Files.exists(out));
    return e.toString();
  }

  @Test
  void shouldScoreAsPyTorchDoesWithBasicBlocks() throws IOException {
    Path out = folder.resolve("new/basic.pt");
    ModelImport.Result result = new ModelImport(BASIC, weights(BASIC, "")).run(out, CARD, false);
    assertEquals(CLASSES, result.classes());
    assertEquals(ModelImport.parameters(BASIC, CLASSES), result.parameters());
    assertArrayEquals(OF_BASIC, score(out), 1e-4);
    assertEquals(CARD, Models.card(out));
  }

  @Test
  void shouldScoreAsPyTorchDoesWithGroupedBottlenecks() throws IOException {
    Path out = folder.resolve("bottleneck.pt");
    new ModelImport(BOTTLENECK, weights(BOTTLENECK, "")).run(out, CARD, false);
    assertArrayEquals(OF_BOTTLENECK, score(out), 1e-4);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"module._orig_mod.", "model.", "backbone.", "encoder.q.", "a-b.0.fc.", "conv1."})
  void shouldTakeOffWhateverStandsBeforeAllNames(String prefix) throws IOException {
    Path out = folder.resolve("wrapped.pt");
    ModelImport.Result made = new ModelImport(BASIC, weights(BASIC, prefix)).run(out, CARD, false);
    assertEquals(prefix, made.entry() + ".");
    assertEquals(List.of(), made.others());
    assertEquals(List.of(), made.left());
    assertArrayEquals(OF_BASIC, score(out), 1e-4);
  }

  @Test
  void shouldSayWhatStandsBesideThePlaceOfTheWeights() throws IOException {
    Path weights =
        MadeUpWeights.of(BASIC, CLASSES, "module.")
            .bytes("n_averaged", "I64", List.of(), new byte[8])
            .floats("head.weight", List.of(1L), 0)
            .save(folder.resolve("averaged"));
    Path out = folder.resolve("averaged.pt");
    ModelImport.Result made = new ModelImport(BASIC, weights).run(out, CARD, false);
    assertEquals("module", made.entry());
    assertEquals(List.of("n_averaged", "head.weight"), made.left());
    assertArrayEquals(OF_BASIC, score(out), 1e-4);
  }

  @Test
  void shouldRefuseMoreThanTheNetworkInThePlaceOfTheWeights() throws IOException {
    Path weights =
        MadeUpWeights.of(BASIC, CLASSES, "module.")
            .floats("module.layer5.weight", List.of(1L), 0)
            .save(folder.resolve("w"));
    String message = refusal(BASIC, weights, folder.resolve("m.pt"));
    assertTrue(message.contains("got under module 1 not part of it (layer5.weight)"), message);
  }

  /** Two networks, the first of which is the average and has other biases. */
  private Path both(String average, String plain) throws IOException {
    TestWeights weights = MadeUpWeights.of(BASIC, CLASSES, plain);
    ModelImport.tensors(BASIC, CLASSES)
        .forEach(
            (name, shape) -> {
              if (shape.isEmpty()) {
                weights.bytes(average + name, "I64", shape, new byte[8]);
              } else {
                weights.floats(average + name, shape, MadeUpWeights.values(99, name, shape));
              }
            });
    return weights.save(folder.resolve("both"));
  }

  @Test
  void shouldTakeNoAverageUnlessItIsAskedFor() throws IOException {
    ModelImport work = new ModelImport(BASIC, both("model_ema.module.", "deep.model.module."));
    Path out = folder.resolve("m.pt");
    ModelImport.Result made = work.run(out, CARD, false);
    assertEquals("deep.model.module", made.entry());
    assertEquals(List.of("model_ema.module"), made.others());
    assertArrayEquals(OF_BASIC, score(out), 1e-4);

    made = work.withEntry("model_ema").run(out, CARD, false);
    assertEquals("model_ema.module", made.entry());
    assertEquals(List.of("deep.model.module"), made.others());
    assertNotEquals(OF_BASIC[0], score(out)[0], 0.1);
    for (String name : List.of("deep", "deep.model", "model.module", "deep.model.module")) {
      assertEquals("deep.model.module", work.withEntry(name).run(out, CARD, false).entry(), name);
    }
    InvalidInputException e =
        assertThrows(
            InvalidInputException.class, () -> work.withEntry("ema").run(out, CARD, false));
    assertTrue(e.toString().contains("deep.model.module, model_ema.module"), e.getMessage());
    assertTrue(e.toString().contains("got ema"), e.getMessage());
  }

  @Test
  void shouldTakeTheOutermostAndOfThoseTheFirst() throws IOException {
    Path out = folder.resolve("m.pt");
    assertEquals(
        "two", new ModelImport(BASIC, both("one.more.", "two.")).run(out, CARD, false).entry());
    assertEquals("", new ModelImport(BASIC, both("one.more.", "")).run(out, CARD, false).entry());
    assertEquals("two", new ModelImport(BASIC, both("one.", "two.")).run(out, CARD, false).entry());
  }

  @ParameterizedTest
  @CsvSource({"-0.001, -0.001", "NaN, NaN"})
  void shouldRefuseVariancesThatAreNone(float value, String shown) throws IOException {
    TestWeights weights = new TestWeights();
    ModelImport.tensors(BASIC, CLASSES)
        .forEach(
            (name, shape) -> {
              float[] values = MadeUpWeights.values(0, name, shape);
              if (name.equals("layer2.0.bn1.running_var")) {
                values[2] = value;
              }
              weights.floats(name, shape, values);
            });
    String message = refusal(BASIC, weights.save(folder.resolve("w")), folder.resolve("m.pt"));
    assertTrue(message.contains("layer2.0.bn1.running_var must be a variance"), message);
    assertTrue(message.contains("got " + shown + " at index 2"), message);
  }

  @Test
  void shouldAccountForEveryTensor() throws IOException {
    TestWeights weights = new TestWeights();
    ModelImport.tensors(BASIC, CLASSES)
        .forEach(
            (name, shape) -> {
              switch (name) {
                case "bn1.bias", "layer2.0.bn1.num_batches_tracked" -> {}
                case "layer1.1.bn2.weight" -> weights.floats(name, List.of(2L, 4L), new float[8]);
                case "layer1.0.bn1.bias" -> weights.bytes(name, "U8", shape, new byte[8]);
                default -> {
                  if (shape.isEmpty()) {
                    weights.bytes(name, "I64", shape, new byte[8]);
                  } else {
                    weights.floats(name, shape, MadeUpWeights.values(0, name, shape));
                  }
                }
              }
            });
    weights.floats("head.weight", List.of(1L), 0).floats("a\\nb", List.of(1L), 0);
    String message = refusal(BASIC, weights.save(folder.resolve("w")), folder.resolve("m.pt"));
    assertTrue(message.contains("2 missing (bn1.bias, layer2.0.bn1.num_batches_tracked)"), message);
    assertTrue(
        message.contains(
            "2 of another shape or type (layer1.0.bn1.bias must hold floats, got U8,"
                + " layer1.1.bn2.weight must be [8], got [2, 4])"),
        message);
    assertTrue(message.contains("2 not part of it (head.weight, a\uFFFDb)"), message);
    assertEquals(List.of("w"), files());
  }

  @Test
  void shouldBoundTheListOfProblems() throws IOException {
    Path empty = new TestWeights().save(folder.resolve("empty"));
    String message = refusal(Architecture.parse("resnet152"), empty, folder.resolve("m.pt"));
    assertTrue(message.contains("777 missing (conv1.weight, "), message);
    assertTrue(message.contains(", and 771 more)"), message);
    assertTrue(message.length() < 500, message);
  }

  @Test
  void shouldDoWithoutTheCountersOfOldFiles() throws IOException {
    TestWeights weights = new TestWeights();
    int k = 0;
    for (var tensor : ModelImport.tensors(BASIC, CLASSES).entrySet()) {
      if (!tensor.getValue().isEmpty()) {
        weights.floats(
            tensor.getKey(),
            tensor.getValue(),
            MadeUpWeights.values(k, tensor.getKey(), tensor.getValue()));
      }
      k++;
    }
    Path out = folder.resolve("old.pt");
    new ModelImport(BASIC, weights.save(folder.resolve("w"))).run(out, CARD, false);
    assertArrayEquals(OF_BASIC, score(out), 1e-4);
  }

  @Test
  void shouldRefuseWeightsThatAreNotFinite() throws IOException {
    TestWeights weights = new TestWeights();
    ModelImport.tensors(BASIC, CLASSES)
        .forEach(
            (name, shape) -> {
              float[] values = MadeUpWeights.values(0, name, shape);
              if (name.equals("fc.bias")) {
                values[3] = Float.NaN;
              }
              weights.floats(name, shape, values);
            });
    String message = refusal(BASIC, weights.save(folder.resolve("w")), folder.resolve("m.pt"));
    assertTrue(message.contains("fc.bias must be finite"), message);
    assertTrue(message.contains("NaN at index 3"), message);
    assertEquals(List.of("w"), files());
  }

  @Test
  void shouldLeaveTheCardOfAnotherModelAlone() throws IOException {
    Path weights = weights(BASIC, "");
    Path other = Files.writeString(folder.resolve("model.json"), "{\"width\": 96}");
    Path out = folder.resolve("m.pt");
    ModelImport work = new ModelImport(BASIC, weights);
    assertThrows(FileAlreadyExistsException.class, () -> work.run(out, CARD, false));
    assertFalse(Files.exists(out));
    assertEquals("{\"width\": 96}", Files.readString(other));
    work.run(out, CARD, true);
    assertEquals(CARD, Models.card(out));
    // The same again is no harm, and neither is another model with the same input.
    work.run(out, CARD, false);
    work.run(folder.resolve("n.pt"), CARD, false);
    assertEquals(List.of("m.pt", "model.json", "n.pt", "weights.safetensors"), files());
  }

  @Test
  void shouldWriteTheLabelsIfThereIsOneForEachClass() throws IOException {
    Path weights = weights(BASIC, "");
    Path out = folder.resolve("m.pt");
    ModelImport work = new ModelImport(BASIC, weights);
    ModelCard named = new ModelCard(CARD.preprocessing(), List.of("a", "b", "ç", "d", "e"));
    ModelCard short1 = new ModelCard(CARD.preprocessing(), List.of("a", "b"));
    assertThrows(InvalidInputException.class, () -> work.run(out, short1, false));
    assertFalse(Files.exists(out));
    work.run(out, named, false);
    assertEquals(named, Models.card(out));
  }

  @Test
  void shouldRefuseFilesThatItWouldSpoil() throws IOException {
    Path weights = weights(BASIC, "");
    Path same = Files.move(weights, folder.resolve("same.pt"));
    ModelImport work = new ModelImport(BASIC, same);
    assertThrows(InvalidInputException.class, () -> work.run(same, CARD, false));
    assertThrows(InvalidInputException.class, () -> work.run(folder.resolve("m.bin"), CARD, false));
    Files.createDirectory(folder.resolve("dir.pt"));
    assertThrows(
        InvalidInputException.class, () -> work.run(folder.resolve("dir.pt"), CARD, false));
    assertEquals(List.of("dir.pt", "same.pt"), files());
  }

  @Test
  void shouldLeaveNothingWhenInterrupted() throws IOException {
    ModelImport work = new ModelImport(BASIC, weights(BASIC, ""));
    Thread.currentThread().interrupt();
    try {
      assertThrows(
          CancellationException.class, () -> work.run(folder.resolve("m.pt"), CARD, false));
    } finally {
      assertTrue(Thread.interrupted());
    }
    assertEquals(List.of("weights.safetensors"), files());
  }
}
