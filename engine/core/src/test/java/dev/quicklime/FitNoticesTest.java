package dev.quicklime;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.quicklime.image.Image;
import dev.quicklime.image.Preprocessing;
import dev.quicklime.model.BatchScorer;
import dev.quicklime.model.Classifier;
import dev.quicklime.model.Labels;
import dev.quicklime.model.Target;
import dev.quicklime.run.Progress;
import dev.quicklime.segment.Tiles;
import dev.quicklime.surrogate.LeastSquares;
import java.nio.FloatBuffer;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** What is said of fits, and what is not. */
class FitNoticesTest {

  private static final int SIDE = 40;
  private static final Preprocessing INPUT = Preprocessing.imageNet().withSize(SIDE, SIDE);

  /** White on the left; what a model sees of the first columns decides. */
  private static Image picture() {
    byte[] pixels = new byte[SIDE * SIDE * 3];
    for (int i = 0; i < pixels.length; i++) {
      pixels[i] = (byte) (255 - i / 3 % SIDE * 4 - i % 7);
    }
    return Image.of8(SIDE, SIDE, 3, pixels);
  }

  private static Explanation explain(ExplainOptions options, BatchScorer scorer) {
    try (Explainer explainer =
        Explainer.of(Classifier.ofBatch("model", INPUT, 64, scorer), Labels.none())) {
      return explainer.explain(picture(), options, Progress.none());
    }
  }

  private static double mean(FloatBuffer nchw, int row) {
    int each = SIDE * SIDE * 3;
    double sum = 0;
    for (int i = 0; i < each; i++) {
      sum += nchw.get(row * each + i);
    }
    return sum / each;
  }

  /** A sharp step where half of the picture is shown: linear weights shoot over 1. */
  private static float[][] step(FloatBuffer nchw, int rows) {
    float[][] scores = new float[rows][];
    for (int row = 0; row < rows; row++) {
      scores[row] = new float[] {(float) (40 * (mean(nchw, row) - 0.7)), 0};
    }
    return scores;
  }

  private static float[][] smooth(FloatBuffer nchw, int rows) {
    float[][] scores = new float[rows][];
    for (int row = 0; row < rows; row++) {
      scores[row] = new float[] {(float) mean(nchw, row), (float) -mean(nchw, row), 0};
    }
    return scores;
  }

  private static long doubts(Explanation explanation) {
    return explanation.classes().stream()
        .flatMap(one -> one.fit().notices().stream())
        .filter(notice -> notice.startsWith("the local prediction"))
        .count();
  }

  @ParameterizedTest
  @EnumSource
  void shouldNoticeALocalPredictionThatTheTargetCannotBe(Target target) {
    ExplainOptions options =
        ExplainOptions.defaults()
            .withSegmenter(new Tiles(2, 4))
            .withTarget(target)
            .withSurrogate(LeastSquares.defaults());
    Explanation explanation = explain(options, FitNoticesTest::step);
    long outside =
        explanation.classes().stream()
            .mapToDouble(one -> one.fit().localPrediction())
            .filter(value -> value < 0 || value > 1)
            .count();
    assertTrue(outside > 0, "a case in point");
    assertEquals(target == Target.LOGIT ? 0 : outside, doubts(explanation));
  }

  @Test
  void shouldSayNothingOfALocalPredictionThatMayBe() {
    ExplainOptions options =
        ExplainOptions.defaults()
            .withSegmenter(new Tiles(2, 4))
            .withSurrogate(LeastSquares.defaults());
    assertEquals(0, doubts(explain(options, FitNoticesTest::smooth)));
  }

  static List<Preset> presets() {
    return Preset.ALL;
  }

  /** Nor with a stop rule that ends early, after samples that would be few without one. */
  @ParameterizedTest
  @MethodSource("presets")
  void shouldNotWarnOfWhatAPresetHasChosenItself(Preset preset) {
    Explanation explanation = explain(preset.options(), FitNoticesTest::smooth);
    assertEquals(List.of(), explanation.notices());
  }

  @Test
  void shouldTellOfFewSamplesOnlyWhereNoStopRuleMeasuresThem() {
    ExplainOptions few = ExplainOptions.defaults().withSegmenter(new Tiles(8, 8)).withSamples(200);
    assertEquals(1, explain(few, FitNoticesTest::smooth).notices().size());
    Explanation stopped = explain(few.withStop(0.4), FitNoticesTest::smooth);
    assertTrue(stopped.stopping() != null && stopped.stopping().met());
    assertEquals(List.of(), stopped.notices());
    Explanation unmet = explain(few.withStop(1e-9), FitNoticesTest::step);
    assertEquals(1, unmet.notices().size(), unmet.notices()::toString);
    assertTrue(unmet.notices().getFirst().endsWith("draw more"));
  }
}
