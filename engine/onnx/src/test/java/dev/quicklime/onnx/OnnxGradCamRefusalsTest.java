package dev.quicklime.onnx;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.quicklime.InvalidInputException;
import dev.quicklime.QuicklimeException;
import dev.quicklime.cam.CamInput;
import dev.quicklime.cam.CamOptions;
import dev.quicklime.model.Device;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class OnnxGradCamRefusalsTest {

  private static String refused(String file, CamOptions options) {
    try (OnnxGradCam cam = CamFiles.open(file)) {
      RuntimeException e =
          assertThrows(
              RuntimeException.class, () -> cam.explain(CamFiles.pictures(1), options), file);
      assertTrue(
          e instanceof QuicklimeException || e instanceof InvalidInputException, e.toString());
      String said = String.valueOf(e.getMessage());
      assertFalse(said.contains("\n") || said.contains("--"), said);
      return said;
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "tokens | maps [batch, K, height, width] in float32",
        "tokens | got tokens tokens of float32[1, 16, 5]",
        "tokens | TorchScript",
        "tokens | or name an earlier one, of maps, conv",
        "half | got maps maps of float16[1, 5, 4, 4]",
        "ways | got none",
        "steps | not smooth enough",
        "constant | the gradient of every score is 0 at all places of layer maps",
      })
  void shouldSayWhatGradCamNeedsOfAFile(String file, String part) {
    String said = refused(file, CamOptions.defaults());
    assertTrue(said.contains(part), said);
  }

  @ParameterizedTest
  @CsvSource({
    "pooled, relu, the last ones are maps, got relu",
    "pooled, pooled, the last ones are maps, got pooled",
    "ways, one, it has none with places of the picture, got one",
    "tokens, tokens, float32 in an ONNX file, got tokens tokens",
    "missing, maps, the values of layer maps must be finite, got NaN",
  })
  void shouldSayWhatALayerMayBe(String file, String layer, String part, String got) {
    String said = refused(file, CamOptions.defaults().withLayer(layer));
    assertTrue(said.contains(part) && said.contains(got), said);
  }

  @Test
  void shouldRejectAClassThatTheModelHasNot() {
    assertTrue(refused("pooled", CamOptions.defaults().withClasses(List.of(4))).contains("4"));
  }

  @Test
  void shouldRejectInputsThatTheFileDoesNotTake() {
    try (OnnxGradCam cam = CamFiles.open("pooled")) {
      CamInput clip = CamInput.of(new float[3 * 2 * 16], 1, 3, 2, 4, 4);
      String said =
          assertThrows(InvalidInputException.class, () -> cam.explain(clip, CamOptions.defaults()))
              .getMessage();
      assertTrue(String.valueOf(said).contains("picture by picture"), said);
      CamInput large = CamInput.of(new float[3 * 25], 1, 3, 5, 5);
      assertThrows(InvalidInputException.class, () -> cam.explain(large, CamOptions.defaults()));
      assertThrows(InvalidInputException.class, () -> cam.layers(1, 3, 0, 4));
    }
  }

  @Test
  void shouldRejectDevicesThreadsAndFilesThatAreNone() {
    Path file = CamFiles.file("pooled");
    assertThrows(InvalidInputException.class, () -> OnnxGradCam.load(file, Device.cuda(0), 1));
    assertThrows(InvalidInputException.class, () -> OnnxGradCam.load(file, Device.cpu(), 1025));
    assertThrows(
        InvalidInputException.class,
        () -> OnnxGradCam.load(Path.of("nowhere.onnx"), Device.cpu(), 1));
  }

  @Test
  void shouldSayThatItIsClosed() {
    OnnxGradCam cam = CamFiles.open("pooled");
    cam.close();
    cam.close();
    assertEquals(
        "model " + CamFiles.file("pooled") + " is closed",
        assertThrows(
                IllegalStateException.class,
                () -> cam.explain(CamFiles.pictures(1), CamOptions.defaults()))
            .getMessage());
  }

  @Test
  void shouldListTheLayersThatCanBeNamedWhereNoneIsTakenByItself() {
    try (OnnxGradCam cam = CamFiles.open("tokens")) {
      assertEquals(2, cam.layers(1, 3, 4, 4).size());
      assertTrue(cam.layers(1, 3, 4, 4).stream().noneMatch(layer -> layer.automatic()));
    }
    try (OnnxGradCam cam = CamFiles.open("ways")) {
      assertThrows(QuicklimeException.class, () -> cam.layers(1, 3, 4, 4));
    }
  }
}
