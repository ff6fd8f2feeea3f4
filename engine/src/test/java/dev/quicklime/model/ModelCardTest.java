package dev.quicklime.model;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.quicklime.QuicklimeException;
import dev.quicklime.image.ChannelOrder;
import dev.quicklime.image.Preprocessing;
import dev.quicklime.image.Resize;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ModelCardTest {

  @TempDir Path folder;

  private ModelCard read(String json) throws IOException {
    Files.writeString(folder.resolve("model.json"), json);
    return ModelCard.beside(folder.resolve("net.pt"));
  }

  @Test
  void shouldTakeImageNetWithoutAFileOrFields() throws IOException {
    assertEquals(
        Preprocessing.imageNet(), ModelCard.beside(folder.resolve("net.pt")).preprocessing());
    assertEquals(new ModelCard(Preprocessing.imageNet(), List.of()), read("{\"author\": \"x\"}"));
  }

  @Test
  void shouldReadEveryField() throws IOException {
    ModelCard card =
        read(
            """
            {"width": 96, "height": 64, "resize": "pad", "mean": [0.5], "std": [0.25],
             "order": "bgr", "labels": ["a", "b"]}
            """);
    Preprocessing input = card.preprocessing();
    assertEquals(96, input.width());
    assertEquals(64, input.height());
    assertEquals(Resize.PAD, input.resize());
    assertEquals(List.of(0.5), input.mean());
    assertEquals(List.of(0.25), input.std());
    assertEquals(ChannelOrder.BGR, input.order());
    assertEquals(List.of("a", "b"), card.labels());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "[1]",
        "{",
        "{\"width\": \"wide\"}",
        "{\"width\": -4}",
        "{\"resize\": \"shrink\"}",
        "{\"mean\": 3}",
        "{\"mean\": [\"a\"]}",
        "{\"std\": [0, 0, 0]}",
        "{\"labels\": [1]}"
      })
  void shouldNameTheFileThatIsWrong(String json) {
    QuicklimeException e = assertThrows(QuicklimeException.class, () -> read(json));
    assertTrue(e.toString().contains("model.json"), e.getMessage());
    assertEquals(1, e.toString().lines().count(), e.getMessage());
  }
}
