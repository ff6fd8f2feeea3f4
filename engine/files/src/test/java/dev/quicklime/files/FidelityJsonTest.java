package dev.quicklime.files;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.quicklime.ExplainOptions;
import dev.quicklime.Explainer;
import dev.quicklime.Explanation;
import dev.quicklime.fidelity.Fidelity;
import dev.quicklime.image.Image;
import dev.quicklime.image.Preprocessing;
import dev.quicklime.model.ClassChoice;
import dev.quicklime.model.Classifier;
import dev.quicklime.model.Labels;
import dev.quicklime.model.PixelScorer;
import dev.quicklime.model.Target;
import dev.quicklime.perturb.Fill;
import dev.quicklime.run.Progress;
import dev.quicklime.segment.Tiles;
import dev.quicklime.surrogate.LeastSquares;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

class FidelityJsonTest {

  private static final int SIDE = 12;

  /**
   * Of 3 × 3 tiles the first adds 9 when it is shown, the next 8, and so on; class 2 is constant.
   */
  private static final PixelScorer ADDITIVE =
      pixels -> {
        double sum = 0;
        for (int tile = 0; tile < 9; tile++) {
          sum += (9 - tile) * (double) pixels[tile / 3 * 4 * SIDE + tile % 3 * 4];
        }
        return new double[] {sum, -sum, 5};
      };

  private static final Preprocessing INPUT =
      Preprocessing.imageNet()
          .withSize(SIDE, SIDE)
          .withNormalization(List.of(0.0, 0.0, 0.0), List.of(1.0, 1.0, 1.0));

  private static final Image PICTURE = white();

  private static final ExplainOptions OPTIONS =
      ExplainOptions.defaults()
          .withSegmenter(new Tiles(3, 3))
          .withFill(Fill.black())
          .withSamples(100)
          .withTarget(Target.LOGIT)
          .withClasses(ClassChoice.of(0, 1, 2))
          .withSurrogate(LeastSquares.defaults());

  private static Image white() {
    byte[] pixels = new byte[SIDE * SIDE * 3];
    Arrays.fill(pixels, (byte) 255);
    return Image.of8(SIDE, SIDE, 3, pixels);
  }

  @Test
  void shouldBeWrittenWithNullsAndOnlyWhenMeasured() throws IOException {
    try (Explainer explainer =
        Explainer.of(Classifier.of("known", INPUT, 7, ADDITIVE), Labels.none())) {
      Explanation explanation = explainer.explain(PICTURE, OPTIONS, Progress.none());
      Fidelity fidelity = explainer.fidelity(explanation, Progress.none());
      String without = ExplanationJson.toJson("a.png", explanation);
      assertFalse(without.contains("fidelity"), without);
      String text = ExplanationJson.toJson("a.png", explanation, fidelity, null);
      assertFalse(text.contains("NaN"), text);
      JsonNode root = new JsonMapper().readTree(text);
      JsonNode whole = root.get("fidelity");
      assertEquals(200, whole.get("heldOut").intValue());
      assertEquals(4, whole.get("seeds").size());
      assertEquals("probability", whole.get("curves").textValue());
      assertEquals(fidelity.forwards(), whole.get("forwards").longValue());
      assertTrue(whole.get("milliseconds").doubleValue() > 0);
      JsonNode first = root.get("classes").get(0).get("fidelity");
      List<String> names = new ArrayList<>();
      first.fieldNames().forEachRemaining(names::add);
      assertEquals(
          List.of(
              "heldOutR2",
              "localPredictionError",
              "infidelity",
              "deletion",
              "insertion",
              "deletionCurve",
              "insertionCurve",
              "vsi",
              "csi",
              "jaccard",
              "kendall",
              "strongest"),
          names);
      assertEquals(1, first.get("heldOutR2").doubleValue(), 1e-9);
      assertEquals(10, first.get("deletionCurve").size());
      JsonNode constant = root.get("classes").get(2).get("fidelity");
      assertTrue(constant.get("heldOutR2").isNull(), constant.toString());
      assertTrue(constant.get("kendall").isNull(), constant.toString());
    }
  }
}
