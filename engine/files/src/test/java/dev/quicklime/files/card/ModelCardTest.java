package dev.quicklime.files.card;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.quicklime.QuicklimeException;
import dev.quicklime.image.ChannelOrder;
import dev.quicklime.image.Interpolation;
import dev.quicklime.image.Layout;
import dev.quicklime.image.Preprocessing;
import dev.quicklime.image.Resize;
import dev.quicklime.image.ResizeTo;
import dev.quicklime.model.Device;
import dev.quicklime.model.Precision;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ModelCardTest {

  @TempDir Path folder;

  private ModelCard read(String json) throws IOException {
    Files.writeString(folder.resolve("model.json"), json);
    return ModelCard.beside(folder.resolve("net.pt"), Preprocessing.imageNet());
  }

  @Test
  void shouldTakeImageNetWithoutAFileOrFields() throws IOException {
    assertEquals(
        Preprocessing.imageNet(),
        ModelCard.beside(folder.resolve("net.pt"), Preprocessing.imageNet()).preprocessing());
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
        "{\"resizeTo\": \"wide\"}",
        "{\"resizeTo\": 0}",
        "{\"resizeTo\": 25.5}",
        "{\"resizeTo\": 256, \"resize\": \"stretch\"}",
        "{\"interpolation\": \"nearest\"}",
        "{\"mean\": 3}",
        "{\"mean\": [\"a\"]}",
        "{\"std\": [0, 0, 0]}",
        "{\"labels\": [1]}",
        "{\"layout\": \"hwc\"}",
        "{\"precision\": \"auto\"}",
        "{\"batch\": 0}",
        "{\"batch\": 5000}",
        "{\"batch\": \"16\"}",
        "{\"classes\": 0}",
        "{\"classes\": 3, \"labels\": [\"a\"]}",
        "{\"format\": \"keras\"}",
        "{\"device\": \"auto\"}",
        "{\"device\": 1}",
        "{\"versions\": \"2\"}",
        "{\"versions\": {\"torch\": 2}}"
      })
  void shouldNameTheFileThatIsWrong(String json) {
    QuicklimeException e = assertThrows(QuicklimeException.class, () -> read(json));
    assertTrue(e.toString().contains("model.json"), e.getMessage());
    assertEquals(1, e.toString().lines().count(), e.getMessage());
  }

  @Test
  void shouldReadWhatThePictureIsResizedTo() throws IOException {
    Preprocessing side = read("{\"resizeTo\": 256}").preprocessing();
    assertEquals(Resize.CROP, side.resize());
    assertEquals(ResizeTo.shortSide(256), side.resizeTo());
    assertEquals(Interpolation.BILINEAR, side.interpolation());
    Preprocessing both =
        read("{\"resizeTo\": \"256x232\", \"interpolation\": \"bicubic\"}").preprocessing();
    assertEquals(ResizeTo.both(256, 232), both.resizeTo());
    assertEquals(Interpolation.BICUBIC, both.interpolation());
    for (Preprocessing each : List.of(side, both)) {
      new ModelCard(each, List.of()).write(folder.resolve("model.json"));
      assertEquals(
          each,
          ModelCard.beside(folder.resolve("net.pt"), Preprocessing.imageNet()).preprocessing());
    }
  }

  @Test
  void shouldReadWhatTheFileHolds() throws IOException {
    ModelFacts facts =
        read("""
        {"format": "aotinductor", "layout": "nhwc", "precision": "bf16", "batch": 16,
         "classes": 2, "device": "cuda:1", "versions": {"torch": "2.13.0"}}
        """)
            .facts();
    assertEquals(
        ModelFacts.none()
            .withFormat(ModelFacts.AOT_INDUCTOR)
            .withLayout(Layout.NHWC)
            .withPrecision(Precision.BF16)
            .withBatch(16)
            .withClasses(2)
            .withDevice(Device.parse("cuda:1"))
            .withVersions(Map.of("torch", "2.13.0")),
        facts);
  }

  @ParameterizedTest
  @CsvSource({
    "widht, width",
    "Labels, labels",
    "label, labels",
    "means, mean",
    "precison, precision",
    "Batch, batch",
    "hight, height",
    "resize_to, resizeTo",
    "resizeto, resizeTo",
    "Interpolation, interpolation"
  })
  void shouldSayWhichFieldIsMisspelt(String given, String known) {
    QuicklimeException e =
        assertThrows(QuicklimeException.class, () -> read("{\"" + given + "\": 1}"));
    assertTrue(e.toString().contains("did you mean " + known + "?"), e.toString());
  }

  @ParameterizedTest
  @ValueSource(strings = {"author", "version", "patch", "size", "class", "x", "1", "license"})
  void shouldLeaveTheFieldsOfOthersAlone(String name) throws IOException {
    assertEquals(Preprocessing.imageNet(), read("{\"" + name + "\": 1}").preprocessing());
  }

  @Test
  void shouldPreferTheCardNamedAfterTheFile() throws IOException {
    Files.writeString(folder.resolve("net.pt2.json"), "{\"width\": 96}");
    assertEquals(224, read("{\"height\": 64}").preprocessing().width());
    Preprocessing own =
        ModelCard.beside(folder.resolve("net.pt2"), Preprocessing.imageNet()).preprocessing();
    assertEquals(96, own.width());
    assertEquals(224, own.height());
  }

  @Test
  void shouldReadBackWhatItWrites() throws IOException {
    ModelCard card =
        new ModelCard(
            Preprocessing.imageNet().withSize(96, 64).withResize(Resize.PAD),
            List.of("a", "é"),
            ModelFacts.none()
                .withFormat(ModelFacts.TORCH_SCRIPT)
                .withLayout(Layout.NCHW)
                .withPrecision(Precision.FP32)
                .withBatch(8)
                .withClasses(2)
                .withDevice(Device.cpu())
                .withVersions(Map.of("torch", "2.13.0", "exporter", "x")));
    for (ModelCard each :
        List.of(card, new ModelCard(Preprocessing.imageNet().withSize(8, 8), List.of()))) {
      each.write(folder.resolve("model.json"));
      assertEquals(each, ModelCard.beside(folder.resolve("net.pt"), Preprocessing.imageNet()));
    }
  }
}
