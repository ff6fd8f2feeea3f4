package dev.quicklime;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.quicklime.design.Bernoulli;
import dev.quicklime.design.Design;
import dev.quicklime.design.Leverage;
import dev.quicklime.design.TwoPhase;
import dev.quicklime.image.Image;
import dev.quicklime.image.Preprocessing;
import dev.quicklime.image.Resize;
import dev.quicklime.model.ClassChoice;
import dev.quicklime.model.Classifier;
import dev.quicklime.model.Labels;
import dev.quicklime.model.Target;
import dev.quicklime.perturb.Fill;
import dev.quicklime.run.Progress;
import dev.quicklime.segment.Tiles;
import dev.quicklime.surrogate.Lasso;
import dev.quicklime.surrogate.LeastSquares;
import dev.quicklime.surrogate.Ridge;
import dev.quicklime.surrogate.Shapley;
import dev.quicklime.surrogate.Surrogate;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

class ExplanationTest {

  private static final Preprocessing INPUT =
      Preprocessing.imageNet()
          .withSize(4, 4)
          .withResize(Resize.CROP)
          .withNormalization(List.of(0.0, 0.0, 0.0), List.of(1.0, 1.0, 1.0));

  private static final ExplainOptions OPTIONS =
      ExplainOptions.defaults()
          .withSegmenter(new Tiles(2, 2))
          .withFill(Fill.black())
          .withSamples(60)
          .withSurrogate(LeastSquares.defaults());

  /** Scores 1, 2, 4 and 8 for the four quarters, from the top left one on. */
  private static double[] quarters(float[] pixels) {
    return new double[] {pixels[0] + 2 * pixels[2] + 4 * pixels[8] + 8 * pixels[10]};
  }

  private static Explanation explain(ExplainOptions options) {
    byte[] white = new byte[12 * 8 * 3];
    Arrays.fill(white, (byte) 255);
    try (Explainer explainer =
        Explainer.of(
            Classifier.of("quarters", INPUT, 8, ExplanationTest::quarters), Labels.none())) {
      return explainer.explain(Image.of8(12, 8, 3, white), options, Progress.none());
    }
  }

  @Test
  void shouldLayWeightsOverThePictureAtItsOwnSize() {
    Explanation explanation = explain(OPTIONS);
    // 12 × 8 is cut to 8 × 8 from column 2 on, so that a quarter is 4 × 4 pixels.
    float[][] map = explanation.heatMap(0);
    assertEquals(8, map.length);
    float[] above = {0, 0, 1, 1, 1, 1, 2, 2, 2, 2, 0, 0};
    float[] below = {0, 0, 4, 4, 4, 4, 8, 8, 8, 8, 0, 0};
    for (int row = 0; row < 8; row++) {
      assertArrayEquals(row < 4 ? above : below, map[row], 1e-6f);
    }
    int[] labels = explanation.superpixels().labels();
    assertArrayEquals(
        new int[] {-1, -1, 0, 0, 0, 0, 1, 1, 1, 1, -1, -1}, Arrays.copyOf(labels, 12));
    assertEquals(3, labels[7 * 12 + 9]);
    assertArrayEquals(
        new int[] {-1, 0, 0, 1, 1, -1, -1, 2, 2, 3, 3, -1}, explanation.superpixels(6, 2).labels());
  }

  @Test
  void shouldRefuseAClassThatWasNotExplained() {
    Explanation explanation = explain(OPTIONS);
    InvalidInputException refused =
        assertThrows(InvalidInputException.class, () -> explanation.heatMap(7));
    assertTrue(String.valueOf(refused.getMessage()).contains("[0], got 7"), refused.getMessage());
  }

  @Test
  void shouldSayWhatWasExplainedOfAModelWithOneOutput() {
    Explanation asked =
        explain(OPTIONS.withTarget(Target.PROBABILITY).withClasses(ClassChoice.of(0)));
    assertEquals(Target.LOGIT, asked.target());
    assertEquals(1, asked.outputs());
    assertEquals(Target.SIGMOID, explain(OPTIONS.withTarget(Target.SIGMOID)).target());
  }

  @Test
  void shouldHandOutCopiesOfItsNumbers() {
    Samples samples = explain(OPTIONS).samples();
    double[] scores = samples.scores();
    double first = scores[0];
    scores[0] = -1;
    samples.weights()[1] = -1;
    assertNotSame(scores, samples.scores());
    assertEquals(first, samples.score(0, 0));
    assertTrue(samples.weight(1) > 0);
  }

  @Test
  void shouldFitAnotherSurrogateToTheSameSamplesAsIfExplainedByIt() {
    for (Design design : List.of(Bernoulli.defaults(), new Leverage(), new TwoPhase())) {
      // Few samples, so that there is a notice of their weights.
      ExplainOptions options = OPTIONS.withDesign(design).withSamples(18);
      Explanation first = explain(options);
      for (Surrogate surrogate : List.of(Ridge.defaults(), Lasso.defaults(), new Shapley())) {
        if (surrogate instanceof Shapley && !(design instanceof Leverage)) {
          assertThrows(InvalidInputException.class, () -> first.refit(surrogate));
          continue;
        }
        Explanation fresh = explain(options.withSurrogate(surrogate));
        Explanation refit = first.refit(surrogate);
        assertEquals(fresh.classes(), refit.classes(), surrogate.toString());
        assertEquals(fresh.notices(), refit.notices());
        assertEquals(fresh.provenance().options(), refit.provenance().options());
        assertArrayEquals(fresh.samples().weights(), refit.samples().weights());
        assertArrayEquals(fresh.samples().scores(), refit.samples().scores());
        assertEquals(first.timings(), refit.timings());
        assertEquals(first.classes(), refit.refit(LeastSquares.defaults()).classes());
      }
    }
  }

  @Test
  void shouldRefuseToRefitWhereTheSurrogateDecidedHowManySamplesThereAre() {
    Explanation explanation = explain(OPTIONS.withStop(0.1));
    assertThrows(InvalidInputException.class, () -> explanation.refit(Lasso.defaults()));
  }
}
