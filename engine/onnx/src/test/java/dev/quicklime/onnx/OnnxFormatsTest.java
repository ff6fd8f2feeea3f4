package dev.quicklime.onnx;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.quicklime.ExplainOptions;
import dev.quicklime.Explainer;
import dev.quicklime.Explanation;
import dev.quicklime.image.Image;
import dev.quicklime.image.PixelType;
import dev.quicklime.image.Preprocessing;
import dev.quicklime.model.Labels;
import dev.quicklime.model.ModelOptions;
import dev.quicklime.model.PipelinedClassifier;
import dev.quicklime.model.Precision;
import dev.quicklime.model.Target;
import dev.quicklime.perturb.Fill;
import dev.quicklime.run.Progress;
import dev.quicklime.segment.Tiles;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Pixels and weights in other formats than single precision. */
class OnnxFormatsTest {

  private static final int SIDE = 32;

  private static Image picture() {
    byte[] pixels = new byte[SIDE * SIDE * 3];
    for (int i = 0; i < pixels.length; i++) {
      int x = i / 3 % SIDE;
      int y = i / 3 / SIDE;
      pixels[i] = (byte) (x * y / 8 + 40 * (i % 3) + (x > 10 && y > 20 ? 90 : 0));
    }
    return Image.of8(SIDE, SIDE, 3, pixels);
  }

  private static Explanation explain(String name, Fill fill) {
    Path file = OnnxFiles.file(name);
    ModelOptions how = OnnxFiles.options(file).withBatch(16);
    try (Explainer explainer = Explainer.of(OnnxModels.open(file, how), Labels.none())) {
      ExplainOptions options =
          ExplainOptions.defaults()
              .withSegmenter(new Tiles(4, 4))
              .withFill(fill)
              .withSamples(200)
              .withTarget(Target.LOGIT);
      return explainer.explain(picture(), options, Progress.none());
    }
  }

  @ParameterizedTest
  @CsvSource({
    "linear, FLOAT32, fp32",
    "half, FLOAT16, fp16",
    "halfweights, FLOAT32, fp16",
    "int8, FLOAT32, int8",
  })
  void shouldScoreInTheFormatOfTheFile(String name, PixelType type, String precision) {
    Path file = OnnxFiles.file(name);
    try (PipelinedClassifier model = OnnxModels.open(file, OnnxFiles.options(file).withBatch(3))) {
      assertEquals(type, model.format().type());
      assertEquals(precision, model.info().precision());
      assertArrayEquals(OnnxFiles.linear(2), OnnxFiles.scores(model, 2));
    }
  }

  @ParameterizedTest
  @CsvSource({"half, 2e-3", "halfweights, 2e-3", "bytes, 1e-5", "bytesnhwc, 1e-5", "nhwc, 1e-6"})
  void shouldExplainAsInSinglePrecision(String name, double tolerance) {
    Explanation expected = explain("linear", Fill.gray());
    Explanation got = explain(name, Fill.gray());
    assertArrayEquals(expected.samples().scores(), got.samples().scores(), 10 * tolerance);
    for (int c = 0; c < 2; c++) {
      List<Double> weights = expected.classes().get(c).fit().coefficients();
      assertTrue(weights.stream().anyMatch(weight -> Math.abs(weight) > .01), weights.toString());
      for (int j = 0; j < weights.size(); j++) {
        assertEquals(weights.get(j), got.classes().get(c).fit().coefficients().get(j), tolerance);
      }
    }
  }

  /** Means of superpixels are not whole: each may be off by half a level. */
  @Test
  void shouldRoundAFillToWholeLevels() {
    Explanation expected = explain("linear", new Fill.SegmentMean());
    Explanation got = explain("bytes", new Fill.SegmentMean());
    double level = (.5 / .229 + .25 / .224 + .125 / .225) / 255;
    assertArrayEquals(expected.samples().scores(), got.samples().scores(), 3.5 * level + 1e-4);
  }

  @Test
  void shouldTakeLevelsAsTheyAreWhereNobodySaysAnything() {
    assertEquals(
        Preprocessing.imageNet().withSize(SIDE, SIDE).withoutNormalization(),
        OnnxModels.card(OnnxFiles.file("bytes")).preprocessing());
    Path gray = OnnxFiles.file("bytesgray");
    assertEquals(List.of(0.0), OnnxModels.card(gray).preprocessing().mean());
    try (PipelinedClassifier model = OnnxModels.open(gray, OnnxFiles.options(gray).withBatch(1))) {
      assertEquals(
          List.of(
              "precision: fp32, in which the file is written",
              "pixels: uint8, levels from 0 to 255 as they are"),
          model.info().decisions());
      assertEquals("fp32", model.info().precision());
    }
  }

  @Test
  void shouldRefuseToNormaliseTwice(@TempDir Path folder) throws Exception {
    Path file = Files.copy(OnnxFiles.file("bytes"), folder.resolve("bytes.onnx"));
    String message = OnnxFiles.refusal(() -> OnnxModels.open(file, OnnxFiles.options(32, 32)));
    assertTrue(message.contains("mean and std must be left out, or be 0 and 1/255"), message);
    Files.writeString(
        folder.resolve("bytes.onnx.json"),
        "{\"mean\": [0, 0, 0], \"std\": [0.00392157, 0.00392157, 0.00392157]}");
    OnnxModels.open(file, OnnxFiles.options(file)).close();
    Files.writeString(folder.resolve("bytes.onnx.json"), "{\"mean\": [0.5, 0.5, 0.5]}");
    String card = OnnxFiles.refusal(() -> OnnxModels.open(file, OnnxFiles.options(file)));
    assertTrue(card.contains("got [0.5, 0.5, 0.5] and [0.00392"), card);
  }

  @ParameterizedTest
  @CsvSource({"half, FP32, fp16", "half, BF16, fp16", "int8, FP32, int8", "linear, BF16, fp32"})
  void shouldRefuseAnotherPrecisionThanTheFilesOwn(String name, Precision asked, String own) {
    Path file = OnnxFiles.file(name);
    ModelOptions how = OnnxFiles.options(file).withPrecision(asked);
    String message = OnnxFiles.refusal(() -> OnnxModels.open(file, how));
    assertTrue(message.contains("is its own, %s, as that".formatted(own)), message);
  }
}
