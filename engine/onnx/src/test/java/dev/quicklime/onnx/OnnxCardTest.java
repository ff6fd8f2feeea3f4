package dev.quicklime.onnx;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.quicklime.files.card.ModelCard;
import dev.quicklime.image.ChannelOrder;
import dev.quicklime.image.Preprocessing;
import dev.quicklime.model.Backend;
import dev.quicklime.model.OpenedModel;
import dev.quicklime.model.PipelinedClassifier;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.ServiceLoader;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class OnnxCardTest {

  @Test
  void shouldReadTheCardWithinTheFile() {
    ModelCard card = OnnxModels.card(OnnxFiles.file("card"));
    assertEquals(List.of("cat", "dog"), card.labels());
    Preprocessing input = card.preprocessing();
    assertEquals(List.of(.5, .25, .125), input.mean());
    assertEquals(List.of(.5, .5, .25), input.std());
    assertEquals(ChannelOrder.BGR, input.order());
    assertEquals(32, input.width());
  }

  @Test
  void shouldPreferTheCardBesideTheFileAsAWhole(@TempDir Path folder) throws Exception {
    Path file = Files.copy(OnnxFiles.file("card"), folder.resolve("card.onnx"));
    Files.writeString(folder.resolve("card.onnx.json"), "{\"labels\": [\"one\", \"two\"]}");
    ModelCard card = OnnxModels.card(file);
    assertEquals(List.of("one", "two"), card.labels());
    assertEquals(Preprocessing.imageNet().withSize(32, 32), card.preprocessing());
  }

  @Test
  void shouldTakeImageNetsInputInTheFilesSizeWhereNoCardSaysAnything() {
    assertEquals(
        Preprocessing.imageNet().withSize(32, 32),
        OnnxModels.card(OnnxFiles.file("nhwc")).preprocessing());
    assertEquals(Preprocessing.imageNet(), OnnxModels.card(OnnxFiles.file("open")).preprocessing());
  }

  @Test
  void shouldBeFoundAsABackend() {
    Backend backend =
        ServiceLoader.load(Backend.class).stream()
            .map(ServiceLoader.Provider::get)
            .filter(found -> found.name().equals("ONNX Runtime"))
            .findFirst()
            .orElseThrow();
    Path file = OnnxFiles.file("card");
    assertTrue(backend.recognises(file));
    OpenedModel opened = backend.open(file, how -> how.withBatch(1));
    try (var model = opened.classifier()) {
      assertEquals(List.of("cat", "dog"), opened.labels().names());
      assertArrayEquals(OnnxFiles.linear(1), OnnxFiles.scores((PipelinedClassifier) model, 1));
    }
  }

  @Test
  void shouldRefuseACardOfAnotherFormat(@TempDir Path folder) throws Exception {
    Path file = Files.copy(OnnxFiles.file("linear"), folder.resolve("linear.onnx"));
    Files.writeString(folder.resolve("linear.onnx.json"), "{\"format\": \"torchscript\"}");
    String message = OnnxFiles.refusal(() -> OnnxModels.open(file, OnnxFiles.options(32, 32)));
    assertTrue(message.contains("must be onnx, got torchscript in its card"), message);
  }
}
