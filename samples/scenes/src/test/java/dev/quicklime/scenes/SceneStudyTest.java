package dev.quicklime.scenes;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.quicklime.ExplainOptions;
import dev.quicklime.Explainer;
import dev.quicklime.InvalidInputException;
import dev.quicklime.image.Preprocessing;
import dev.quicklime.model.ClassChoice;
import dev.quicklime.model.Classifier;
import dev.quicklime.model.Labels;
import dev.quicklime.model.Target;
import dev.quicklime.run.Progress;
import dev.quicklime.segment.Segmenter;
import dev.quicklime.segment.Slic;
import dev.quicklime.segment.Tiles;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class SceneStudyTest {

  private static final SceneGenerator GENERATOR = new SceneGenerator(3, 48, 48);

  private static final ExplainOptions OPTIONS =
      ExplainOptions.defaults()
          .withSamples(200)
          .withTarget(Target.LOGIT)
          .withClasses(ClassChoice.top(1))
          .withScoresShown(1);

  /**
   * Sees nothing but the pixels under the first scene's mask, at half the scene's size; says the
   * given class.
   */
  private static Explainer looksAtTheFirstObject(int spoken) {
    Scene scene = GENERATOR.scene(0);
    int side = 24;
    Preprocessing input =
        Preprocessing.imageNet()
            .withSize(side, side)
            .withNormalization(List.of(0.5, 0.5, 0.5), List.of(1.0, 1.0, 1.0));
    return Explainer.of(
        Classifier.of(
            "mask",
            input,
            16,
            pixels -> {
              double[] scores = new double[8];
              for (int i = 0; i < pixels.length; i++) {
                int x = i % side;
                int y = i / side % side;
                if (scene.mask()[(2 * y + 1) * 48 + 2 * x + 1]) {
                  scores[spoken] += Math.abs(pixels[i]);
                }
              }
              return scores;
            }),
        Labels.none());
  }

  private static SceneStudy.Result study(int spoken, List<Segmenter> segmenters, int count) {
    try (Explainer explainer = looksAtTheFirstObject(spoken)) {
      return SceneStudy.run(
          explainer, GENERATOR, OPTIONS, segmenters, null, count, Progress.none());
    }
  }

  @Test
  void shouldFindTheWeightOnTheObjectThatTheClassifierLooksAt() {
    List<Segmenter> segmenters = List.of(new Tiles(8, 8), Slic.of(40));
    SceneStudy.Result result = study(GENERATOR.scene(0).classIndex(), segmenters, 1);
    assertEquals(1, result.accuracy());
    assertEquals(4, result.findings().size());
    for (int i = 0; i < 4; i += 2) {
      SceneStudy.Finding lime = result.findings().get(i);
      SceneStudy.Finding random = result.findings().get(i + 1);
      assertEquals(segmenters.get(i / 2), lime.segmenter());
      assertEquals(SceneStudy.Method.LIME, lime.method());
      assertNull(lime.deletion());
      assertEquals(SceneStudy.Method.RANDOM, random.method());
      assertEquals(1, lime.pointing());
      assertTrue(lime.inside() > 0.6, "" + lime);
      assertTrue(lime.ratio() > 3, "" + lime);
      assertTrue(lime.iou() > 0.4, "" + lime);
      assertTrue(random.ratio() < 2, "" + random);
      assertEquals(GENERATOR.scene(0).areaShare(), lime.area(), 0.02);
      assertEquals(lime.area(), random.area());
    }
  }

  @Test
  void shouldCountTheScenesThatTheModelTellsRight() {
    int spoken = GENERATOR.scene(0).classIndex();
    // Every eight scenes hold each class once.
    assertEquals(1 / 8.0, study(spoken, List.of(new Tiles(2, 2)), 8).accuracy());
  }

  @Test
  void shouldFindTheSameAgain() {
    List<Segmenter> tiles = List.of(new Tiles(4, 4));
    assertEquals(study(0, tiles, 2), study(0, tiles, 2));
  }

  @Test
  void shouldSayHowFarItIs() {
    List<Long> heard = new ArrayList<>();
    try (Explainer explainer = looksAtTheFirstObject(0)) {
      SceneStudy.run(
          explainer,
          GENERATOR,
          OPTIONS,
          List.of(new Tiles(2, 2), new Tiles(1, 2)),
          null,
          2,
          (done, total) -> heard.add(10 * done + total));
    }
    assertEquals(List.of(14L, 24L, 34L, 44L), heard);
  }

  @Test
  void shouldRefuseAStudyOfNothing() {
    assertThrows(InvalidInputException.class, () -> study(0, List.of(new Tiles(2, 2)), 0));
    assertThrows(InvalidInputException.class, () -> study(0, List.of(), 1));
  }
}
