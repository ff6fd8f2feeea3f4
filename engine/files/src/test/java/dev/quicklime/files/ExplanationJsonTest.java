package dev.quicklime.files;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.quicklime.ClassExplanation;
import dev.quicklime.ExplainOptions;
import dev.quicklime.Explanation;
import dev.quicklime.Versions;
import dev.quicklime.design.Exhaustive;
import dev.quicklime.fidelity.Look;
import dev.quicklime.fidelity.Stopping;
import dev.quicklime.model.Labels;
import dev.quicklime.model.ScoredClass;
import dev.quicklime.model.Target;
import dev.quicklime.perturb.Fill;
import dev.quicklime.segment.GivenSegments;
import dev.quicklime.segment.SegmentMap;
import dev.quicklime.surrogate.Intervals;
import dev.quicklime.surrogate.Lasso;
import dev.quicklime.surrogate.LeastSquares;
import dev.quicklime.surrogate.LinearFit;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ExplanationJsonTest {

  private static final JsonMapper MAPPER = new JsonMapper();

  private static JsonNode json(Explanation explanation) throws IOException {
    return MAPPER.readTree(ExplanationJson.toJson("cat \"one\".png", explanation));
  }

  private static List<String> names(JsonNode node) {
    return node.properties().stream().map(Map.Entry::getKey).toList();
  }

  @Test
  void shouldHaveEveryKeyOfTheContract() throws IOException {
    Explanation explanation = Runs.explain(Runs.options());
    JsonNode json = json(explanation);
    assertEquals(
        List.of(
            "schema",
            "quicklime",
            "image",
            "model",
            "parameters",
            "width",
            "height",
            "segments",
            "samples",
            "target",
            "outputs",
            "scores",
            "superpixels",
            "classes",
            "notices",
            "timings",
            "provenance"),
        names(json));
    assertEquals(Versions.quicklime(), json.get("quicklime").textValue());
    assertEquals("cat \"one\".png", json.get("image").textValue());
    assertEquals("made-up", json.get("model").textValue());
    assertTrue(json.get("parameters").isNull());
    assertEquals(2 * Runs.WIDTH, json.get("width").intValue());
    assertEquals(2 * Runs.HEIGHT, json.get("height").intValue());
    assertEquals(12, json.get("segments").intValue());
    assertEquals(70, json.get("samples").intValue());
    assertEquals(
        List.of(
            "index",
            "label",
            "score",
            "probability",
            "intercept",
            "localPrediction",
            "r2",
            "alpha",
            "coefficients",
            "standardErrors",
            "margins",
            "withoutErrors",
            "gap",
            "selected",
            "notices",
            "localTarget",
            "verdict",
            "leastSquares"),
        names(json.get("classes").get(0)));
    assertEquals(
        List.of(
            "read",
            "fit",
            "segment",
            "masks",
            "settle",
            "compose",
            "forward",
            "fitSurrogate",
            "total"),
        names(json.get("timings")));
    assertTrue(
        names(json.get("provenance"))
            .containsAll(
                List.of("options", "seed", "versions", "device", "precision", "threads", "cpu")));
  }

  @Test
  void shouldGiveSuperpixelsInRunsAtThePicturesOwnSize() throws IOException {
    Explanation explanation = Runs.explain(Runs.options());
    JsonNode node = json(explanation).get("superpixels");
    int[] expected = explanation.superpixels().labels();
    assertEquals(2 * Runs.WIDTH, node.get("width").intValue());
    assertEquals(expected.length, node.get("width").intValue() * node.get("height").intValue());
    int at = 0;
    for (int i = 0; i < node.get("runs").size(); i += 2) {
      for (int k = 0; k < node.get("runs").get(i + 1).intValue(); k++) {
        assertEquals(expected[at++], node.get("runs").get(i).intValue());
      }
    }
    assertEquals(expected.length, at);
  }

  @Test
  void shouldGiveEveryNumberBackExactly() throws IOException {
    Explanation explanation = Runs.explain(Runs.options());
    JsonNode json = json(explanation);
    for (int c = 0; c < 3; c++) {
      ClassExplanation explained = explanation.classes().get(c);
      JsonNode node = json.get("classes").get(c);
      assertEquals(explained.scored().index(), node.get("index").intValue());
      assertEquals(explained.scored().label(), node.get("label").textValue());
      assertEquals(explained.scored().score(), node.get("score").doubleValue());
      assertEquals(explained.fit().intercept(), node.get("intercept").doubleValue());
      assertEquals(explanation.samples().score(0, c), node.get("localTarget").doubleValue());
      assertEquals(explained.fit().alpha(), node.get("alpha").doubleValue());
      for (int j = 0; j < 12; j++) {
        assertEquals(
            explained.fit().coefficients().get(j), node.get("coefficients").get(j).doubleValue());
      }
      assertEquals(explained.fit().selected().size(), node.get("selected").size());
    }
    assertEquals(explanation.scores().size(), json.get("scores").size());
    assertEquals(explanation.timings().total(), json.get("timings").get("total").doubleValue());
  }

  @Test
  void shouldSayHowSureTheSamplesAreWhereTheSurrogateDoesNot() throws IOException {
    Explanation lasso = Runs.explain(Runs.options());
    JsonNode beside = json(lasso).get("classes").get(1).get("leastSquares");
    LinearFit wanted = lasso.leastSquares().get(1);
    assertEquals(12, beside.get("margins").size());
    for (int j = 0; j < 12; j++) {
      assertEquals(wanted.coefficients().get(j), beside.get("coefficients").get(j).doubleValue());
      assertEquals(wanted.margin(j), beside.get("margins").get(j).doubleValue());
    }
    Explanation own = Runs.explain(Runs.options().withSurrogate(LeastSquares.defaults()));
    assertTrue(json(own).get("classes").get(1).get("leastSquares").isNull());
  }

  @Test
  void shouldWriteNullWhereR2IsUndefined() throws IOException {
    Explanation explanation =
        Runs.explain(
            Runs.options().withTarget(Target.LOGIT), _ -> new double[] {1, 2}, Labels.none());
    JsonNode first = json(explanation).get("classes").get(0);
    assertTrue(first.get("r2").isNull());
    assertTrue(first.get("standardErrors").isNull());
    assertTrue(first.get("margins").isNull());
    assertFalse(first.get("notices").isEmpty());
  }

  @Test
  void shouldNeverWriteNanOrInfinity() throws IOException {
    Explanation good = Runs.explain(Runs.options());
    double nan = Double.NaN;
    double infinite = Double.POSITIVE_INFINITY;
    Explanation bad =
        new Explanation(
            good.picture(),
            good.placement(),
            good.perturbation(),
            good.target(),
            good.outputs(),
            List.of(new ScoredClass(0, "all", infinite, nan)),
            List.of(
                new ClassExplanation(
                    new ScoredClass(0, "all", infinite, nan),
                    new LinearFit(
                        nan,
                        List.of(1.0, -infinite),
                        new Intervals.Margins(
                            Intervals.Kind.SANDWICH, List.of(nan, 0.5), List.of(infinite, 2.0)),
                        nan,
                        nan,
                        nan,
                        List.of()))),
            good.samples(),
            new Stopping(
                0.05,
                0,
                9,
                1,
                List.of(new Look(4, infinite, infinite, 0), new Look(9, 0.25, 0.8, 1)),
                List.of(infinite),
                List.of(infinite)),
            good.timings(),
            good.provenance(),
            List.of());
    String text = ExplanationJson.toJson("x", bad);
    assertFalse(text.contains("NaN"), text);
    assertFalse(text.contains("Infinity"), text);
    JsonNode node = MAPPER.readTree(text).get("classes").get(0);
    assertTrue(node.get("score").isNull());
    assertTrue(node.get("r2").isNull());
    assertEquals(1.0, node.get("coefficients").get(0).doubleValue());
    assertTrue(node.get("coefficients").get(1).isNull());
    assertTrue(node.get("standardErrors").get(0).isNull());
    assertTrue(node.get("margins").get(0).isNull());
    assertEquals(0.5 * 4.30265273, node.get("margins").get(1).doubleValue(), 1e-8);
    assertTrue(node.get("withoutErrors").isNull());
  }

  @Test
  void shouldTellEveryOption() throws IOException {
    ExplainOptions options = Runs.options().withSeed(-7).withFill(new Fill.Blur(2.5));
    JsonNode node = json(Runs.explain(options)).get("provenance");
    assertEquals(-7, node.get("seed").longValue());
    assertEquals(
        MAPPER.readTree(
            """
            {"segmenter": {"type": "Tiles", "rows": 3, "columns": 4},
             "samples": 70,
             "design": {"type": "Bernoulli", "probability": 0.5},
             "fill": {"type": "Blur", "sigma": 2.5},
             "target": "probability",
             "classes": {"type": "Top", "count": 3},
             "scoresShown": 4,
             "locality": {"distance": "cosine", "width": 0.25},
             "surrogate": {"type": "Lasso", "alpha": {"type": "Auto"}, "intercept": true},
             "stop": 0.0,
             "stopError": 0.0,
             "seed": -7,
             "limits": {"maxPixels": 100000000}}
            """),
        node.get("options"));
  }

  @Test
  void shouldTellOptionsOfEveryKind() throws IOException {
    int[] labels = new int[Runs.WIDTH * Runs.HEIGHT];
    for (int i = 0; i < labels.length; i++) {
      labels[i] = i % Runs.WIDTH / 3;
    }
    ExplainOptions options =
        Runs.options()
            .withSegmenter(new GivenSegments(SegmentMap.of(Runs.WIDTH, Runs.HEIGHT, labels)))
            .withDesign(new Exhaustive())
            .withFill(Fill.black())
            .withSurrogate(Lasso.defaults().withAlpha(0.001).withIntercept(false));
    JsonNode node = json(Runs.explain(options)).get("provenance").get("options");
    assertEquals(
        MAPPER.readTree(
            """
            {"type": "Given", "map": {"width": 12, "height": 8, "segments": 4, "runs": [%s]}}\
            """
                .formatted(String.join(",", Collections.nCopies(8, "0,3,1,3,2,3,3,3")))),
        node.get("segmenter"));
    assertEquals(MAPPER.readTree("{\"type\": \"Exhaustive\"}"), node.get("design"));
    assertEquals(MAPPER.readTree("{\"type\": \"Constant\", \"levels\": [0.0]}"), node.get("fill"));
    assertEquals(
        MAPPER.readTree(
            """
            {"type": "Lasso", "alpha": {"type": "Fixed", "value": 0.001}, "intercept": false}\
            """),
        node.get("surrogate"));
  }

  @Test
  void shouldWriteWhatItSays(@TempDir Path folder) throws IOException {
    Explanation explanation = Runs.explain(Runs.options());
    Path file = folder.resolve("explanation.json");
    ExplanationJson.write("ä.png", explanation, file);
    assertEquals(ExplanationJson.toJson("ä.png", explanation), Files.readString(file));
  }
}
