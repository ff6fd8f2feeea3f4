package dev.quicklime.report.study;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.quicklime.ExplainOptions;
import dev.quicklime.Explanation;
import dev.quicklime.cam.CamLayer;
import dev.quicklime.cam.CamOptions;
import dev.quicklime.cam.CamResult;
import dev.quicklime.cam.SideBySide;
import dev.quicklime.design.Bernoulli;
import dev.quicklime.design.Design;
import dev.quicklime.design.Exhaustive;
import dev.quicklime.fidelity.ClassComparison;
import dev.quicklime.fidelity.Comparison;
import dev.quicklime.fidelity.Fidelity;
import dev.quicklime.locality.Distance;
import dev.quicklime.locality.Locality;
import dev.quicklime.model.ClassChoice;
import dev.quicklime.model.Target;
import dev.quicklime.perturb.Fill;
import dev.quicklime.profile.FitQuality;
import dev.quicklime.profile.FitSetting;
import dev.quicklime.profile.ProfileRow;
import dev.quicklime.report.Explained;
import dev.quicklime.run.Timings;
import dev.quicklime.segment.Tiles;
import dev.quicklime.surrogate.LeastSquares;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A classifier of eight tiles z whose study is known in closed form: 1 + 3 z₀ − 2 z₁ + z₂, the
 * detector z₀ z₁, and the first score's opposite. All masks are tried and weigh the same.
 */
class StudyJsonTest {

  private static final double CLOSE = 1e-9;
  private static final int SIDE = 32;

  @TempDir private Path folder;

  private static double[] score(float[] pixels) {
    double[] z = new double[8];
    for (int tile = 0; tile < 8; tile++) {
      int pixel = tile / 4 * 16 * SIDE + tile % 4 * 8;
      // Black is the darkest that there is, −2.12 of red, and the picture has none.
      z[tile] = pixels[pixel] > -2 ? 1 : 0;
    }
    double linear = 1 + 3 * z[0] - 2 * z[1] + z[2];
    return new double[] {linear, z[0] * z[1], -linear};
  }

  private static Explanation explain(Design design, int samples) {
    return Explained.of(
        3,
        StudyJsonTest::score,
        ExplainOptions.defaults()
            .withSegmenter(new Tiles(2, 4))
            .withFill(Fill.black())
            .withTarget(Target.LOGIT)
            .withLocality(new Locality(Distance.COSINE, 1e6))
            .withSurrogate(LeastSquares.defaults())
            .withClasses(ClassChoice.of(0, 1, 2))
            .withSamples(samples)
            .withDesign(design));
  }

  private JsonNode written(
      Explanation explanation,
      @Nullable Fidelity fidelity,
      @Nullable SideBySide beside,
      List<ProfileRow> profile)
      throws IOException {
    Path file = folder.resolve("study.json");
    StudiedPicture studied =
        new StudiedPicture("p", Path.of("p.png"), "p", explanation, fidelity, beside, profile);
    StudyJson.write("own", List.of(studied), file);
    return new ObjectMapper().readTree(file.toFile()).get("pictures").get(0);
  }

  private static void assertSpread(JsonNode spread, double... expected) {
    String[] names = {"mean", "standardDeviation", "p5", "p25", "p50", "p75", "p95"};
    assertEquals(255, spread.get("count").intValue(), "all masks but the picture itself");
    for (int i = 0; i < names.length; i++) {
      assertEquals(expected[i], spread.get(names[i]).doubleValue(), CLOSE, names[i]);
    }
  }

  @Test
  void shouldHaveTheStatisticsOfScoresAndLosses() throws IOException {
    JsonNode classes = written(explain(new Exhaustive(), 1), null, null, List.of()).get("classes");
    assertEquals(3, classes.size());
    // 32 masks have each of −1, 0, 1, 4 and 5, 64 have 2, and 31 have 3: all shown is left out.
    double mean = (256 * 2 - 3) / 255.0;
    double squares = 32 * (1 + 0 + 1 + 16 + 25) + 64 * 4 + 31 * 9;
    double deviation = Math.sqrt((squares - 255 * mean * mean) / 254);
    assertSpread(classes.get(0).get("scores"), mean, deviation, -1, 0.5, 2, 3.5, 5);
    assertSpread(classes.get(2).get("scores"), -mean, deviation, -5, -3.5, -2, -0.5, 1);
    assertSpread(classes.get(0).get("losses"), 0, 0, 0, 0, 0, 0, 0);
    // 63 masks show both tiles, and the fit is a quarter off everywhere.
    double share = 63 / 255.0;
    double spread = Math.sqrt(255 * share * (1 - share) / 254);
    assertSpread(classes.get(1).get("scores"), share, spread, 0, 0, 0, 0, 1);
    double loss = 1 / 16.0;
    assertSpread(classes.get(1).get("losses"), loss, 0, loss, loss, loss, loss, loss);
  }

  @Test
  void shouldHaveTheFitOfALinearFunctionAndOfADetector() throws IOException {
    JsonNode classes = written(explain(new Exhaustive(), 1), null, null, List.of()).get("classes");
    int[] superpixels = {0, 1, 2};
    double[] weights = {3, -2, 1};
    for (int i = 0; i < 3; i++) {
      assertWeight(superpixels[i], weights[i], classes.get(0).get("strongest").get(i));
      assertWeight(superpixels[i], -weights[i], classes.get(2).get("strongest").get(i));
    }
    assertEquals(1, classes.get(0).get("r2").doubleValue(), CLOSE);
    assertEquals(3, classes.get(0).get("localPrediction").doubleValue(), CLOSE);
    assertEquals(3, classes.get(0).get("localTarget").doubleValue(), CLOSE);
    assertEquals(0, classes.get(0).get("localPredictionError").doubleValue(), CLOSE);
    // z₀ z₁ is −¼ + ½ z₀ + ½ z₁ and a quarter of one sign or the other.
    JsonNode detector = classes.get(1);
    assertEquals(2 / 3.0, detector.get("r2").doubleValue(), CLOSE);
    assertEquals(0.75, detector.get("localPrediction").doubleValue(), CLOSE);
    assertEquals(1, detector.get("localTarget").doubleValue(), CLOSE);
    assertEquals(0.25, detector.get("localPredictionError").doubleValue(), CLOSE);
    JsonNode first = detector.get("strongest").get(0);
    JsonNode second = detector.get("strongest").get(1);
    assertEquals(
        Set.of(0, 1),
        Set.of(first.get("superpixel").intValue(), second.get("superpixel").intValue()));
    assertWeight(first.get("superpixel").intValue(), 0.5, first);
    assertWeight(second.get("superpixel").intValue(), 0.5, second);
  }

  @Test
  void shouldNameTheNumberFormatsOfSamplesAndOfScores() throws IOException {
    Explanation explanation = Explained.in(explain(new Exhaustive(), 1), "bf16", "fp32");
    JsonNode picture = written(explanation, null, null, List.of());
    assertEquals("bf16", picture.get("precision").textValue());
    assertEquals("fp32", picture.get("originalPrecision").textValue());
  }

  private static void assertWeight(int superpixel, double weight, JsonNode node) {
    assertEquals(superpixel, node.get("superpixel").intValue());
    assertEquals(weight, node.get("weight").doubleValue(), CLOSE);
    assertTrue(node.get("margin").isNull(), "nothing was left to chance");
  }

  @Test
  void shouldCountWhatClassesShare() throws IOException {
    JsonNode shared = written(explain(new Exhaustive(), 1), null, null, List.of()).get("shared");
    assertEquals(3, shared.size());
    // Of eight superpixels the two strongest: 3 and −2 against ½ and ½, and against −3 and 2.
    int[][] pairs = {{0, 1, 1}, {0, 2, 2}, {1, 2, 1}};
    for (int i = 0; i < 3; i++) {
      JsonNode pair = shared.get(i);
      assertEquals("class " + pairs[i][0], pair.get("classes").get(0).textValue());
      assertEquals("class " + pairs[i][1], pair.get("classes").get(1).textValue());
      assertEquals(2, pair.get("superpixels").size(), pair::toString);
      assertEquals(pairs[i][2], pair.get("opposed").intValue(), pair::toString);
    }
  }

  private static double softmax(double own, double second, double third) {
    return Math.exp(own) / (Math.exp(own) + Math.exp(second) + Math.exp(third));
  }

  @Test
  void shouldHaveTheFidelityOfALinearFunction() throws IOException {
    Explanation explanation = explain(Bernoulli.defaults(), 200);
    Fidelity fidelity = Explained.judged(3, StudyJsonTest::score, explanation);
    JsonNode found =
        written(explanation, fidelity, null, List.of()).get("classes").get(0).get("fidelity");
    assertEquals(1, found.get("heldOutR2").doubleValue(), CLOSE);
    assertEquals(0, found.get("infidelity").doubleValue(), CLOSE);
    assertEquals(100, found.get("vsi").doubleValue(), CLOSE);
    assertEquals(1, found.get("jaccard").doubleValue(), CLOSE);
    assertEquals(1, found.get("kendall").doubleValue(), CLOSE);
    // Filled first is tile 0, then 2, then those that do nothing, and last 1.
    double[] filled = {
      softmax(3, 1, -3), 1 / 3.0, softmax(-1, 0, 1), softmax(1, 0, -1),
    };
    double deletion = (filled[0] / 2 + filled[1] + 6 * filled[2] + filled[3] / 2) / 8;
    assertEquals(deletion, found.get("deletion").doubleValue(), 1e-6);
    // Shown in the same order.
    double[] shown = {softmax(1, 0, -1), softmax(4, 0, -4), softmax(5, 0, -5), softmax(3, 1, -3)};
    double insertion = (shown[0] / 2 + shown[1] + 6 * shown[2] + shown[3] / 2) / 8;
    assertEquals(insertion, found.get("insertion").doubleValue(), 1e-6);
  }

  @Test
  void shouldWriteWhatAMapAndAProfileSayAndNullWhereTheySayNothing() throws IOException {
    ClassComparison compared = new ClassComparison(List.of(), -0.5, null, 0.1, 0.2, 0.3, 0.4);
    CamLayer layer = new CamLayer("x", null, "relu", 1, 1, 1, 1, false, true);
    CamResult nothing = new CamResult(layer, 3, List.of(), List.of(), new Timings(Map.of(), 0));
    SideBySide beside =
        new SideBySide(
            CamOptions.defaults(),
            nothing,
            new Comparison(Collections.nCopies(3, compared), Target.PROBABILITY, 0.1, 9),
            1);
    ProfileRow row =
        new ProfileRow(
            new FitSetting(Bernoulli.defaults(), Target.LOGIT, 2, 64, 0, 7),
            new FitQuality(0.25, null, Double.NaN, 0.75, null, null),
            List.of(),
            null,
            65,
            0.1);
    JsonNode picture = written(explain(new Exhaustive(), 1), null, beside, List.of(row));
    assertEquals(
        "{\"rankCorrelation\":-0.5,\"topAreas\":null,\"deletion\":0.3,\"insertion\":0.4}",
        picture.get("classes").get(1).get("gradcam").toString());
    assertTrue(picture.get("classes").get(1).get("fidelity").isNull());
    assertEquals(
        "[{\"class\":2,\"samples\":64,\"seed\":7,\"error\":0.25,\"heldOutR2\":null,"
            + "\"trainingR2\":0.75}]",
        picture.get("profile").toString());
  }
}
