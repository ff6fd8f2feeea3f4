package dev.quicklime.testkit;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.quicklime.ExplainOptions;
import dev.quicklime.Explainer;
import dev.quicklime.Explanation;
import dev.quicklime.image.Image;
import dev.quicklime.image.Preprocessing;
import dev.quicklime.model.Classifier;
import dev.quicklime.model.Labels;
import dev.quicklime.model.ModelOptions;
import dev.quicklime.model.Precision;
import dev.quicklime.model.Target;
import dev.quicklime.onnx.OnnxModels;
import dev.quicklime.run.Progress;
import dev.quicklime.segment.Tiles;
import dev.quicklime.torch.TorchScript;
import java.net.URL;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** One network, written by {@code make.py} as TorchScript and as ONNX. */
class TwinFormatsTest {

  private static final int SIDE = 64;
  private static final ModelOptions OPTIONS =
      ModelOptions.of(Preprocessing.imageNet().withSize(SIDE, SIDE))
          .withPrecision(Precision.FP32)
          .withThreads(1);

  private static Path file(String name) throws Exception {
    URL file = Objects.requireNonNull(TwinFormatsTest.class.getResource(name));
    return Path.of(file.toURI());
  }

  private static Image picture() {
    byte[] pixels = new byte[SIDE * SIDE * 3];
    for (int i = 0; i < pixels.length; i++) {
      int x = i / 3 % SIDE;
      int y = i / 3 / SIDE;
      pixels[i] = (byte) (x * y / 8 + 40 * (i % 3) + (Math.hypot(x - 20, y - 30) < 15 ? 90 : 0));
    }
    return Image.of8(SIDE, SIDE, 3, pixels);
  }

  private static Explanation explain(Classifier model, Target target) {
    try (Explainer explainer = Explainer.of(model, Labels.none())) {
      ExplainOptions how =
          ExplainOptions.defaults()
              .withSegmenter(new Tiles(6, 6))
              .withSamples(300)
              .withTarget(target);
      return explainer.explain(picture(), how, Progress.none());
    }
  }

  @ParameterizedTest
  @EnumSource(
      value = Target.class,
      names = {"LOGIT", "PROBABILITY"})
  void shouldBeExplainedAlike(Target target) throws Exception {
    Explanation torch = explain(TorchScript.open(file("twin.pt"), OPTIONS.withBatch(16)), target);
    Explanation onnx = explain(OnnxModels.open(file("twin.onnx"), OPTIONS.withBatch(16)), target);
    assertArrayEquals(torch.samples().scores(), onnx.samples().scores(), 1e-4);
    assertEquals(torch.classes().size(), onnx.classes().size());
    for (int c = 0; c < torch.classes().size(); c++) {
      assertEquals(torch.classes().get(c).scored().index(), onnx.classes().get(c).scored().index());
      List<Double> expected = torch.classes().get(c).fit().coefficients();
      List<Double> got = onnx.classes().get(c).fit().coefficients();
      assertTrue(got.stream().anyMatch(weight -> Math.abs(weight) > .01), got.toString());
      for (int j = 0; j < expected.size(); j++) {
        assertEquals(expected.get(j), got.get(j), 1e-4);
      }
    }
  }

  @Test
  void shouldGiveTheSameBitsWhateverTheBatch() throws Exception {
    Explanation one =
        explain(OnnxModels.open(file("twin.onnx"), OPTIONS.withBatch(1)), Target.LOGIT);
    for (int batch : new int[] {7, 16, 32}) {
      Explanation other =
          explain(OnnxModels.open(file("twin.onnx"), OPTIONS.withBatch(batch)), Target.LOGIT);
      assertArrayEquals(one.samples().scores(), other.samples().scores());
      assertEquals(one.classes(), other.classes());
    }
  }
}
