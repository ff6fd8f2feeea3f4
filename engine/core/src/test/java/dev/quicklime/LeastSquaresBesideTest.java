package dev.quicklime;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;

import dev.quicklime.design.Exhaustive;
import dev.quicklime.image.Image;
import dev.quicklime.image.Preprocessing;
import dev.quicklime.model.Classifier;
import dev.quicklime.model.Labels;
import dev.quicklime.model.Target;
import dev.quicklime.run.Progress;
import dev.quicklime.segment.Tiles;
import dev.quicklime.surrogate.Intervals;
import dev.quicklime.surrogate.LeastSquares;
import dev.quicklime.surrogate.LinearFit;
import dev.quicklime.surrogate.Ridge;
import java.util.List;
import org.junit.jupiter.api.Test;

class LeastSquaresBesideTest {

  private static final ExplainOptions OPTIONS =
      ExplainOptions.defaults()
          .withSegmenter(new Tiles(3, 3))
          .withTarget(Target.LOGIT)
          .withSamples(120);

  private static Explanation explain(ExplainOptions options) {
    Classifier classifier =
        Classifier.of(
            "products",
            Preprocessing.imageNet().withSize(24, 24),
            16,
            pixels ->
                new double[] {pixels[0] + pixels[300] * pixels[1500], pixels[0] * pixels[900]});
    byte[] pixels = new byte[24 * 24 * 3];
    for (int i = 0; i < pixels.length; i++) {
      pixels[i] = (byte) (i * 37 % 251);
    }
    try (Explainer explainer = Explainer.of(classifier, Labels.of(List.of("a", "b")))) {
      return explainer.explain(Image.of8(24, 24, 3, pixels), options, Progress.none());
    }
  }

  @Test
  void shouldSayWhatLeastSquaresWouldHaveSaid() {
    Explanation explanation = explain(OPTIONS);
    List<LinearFit> beside = explanation.leastSquares();
    List<LinearFit> wanted =
        explanation.refit(LeastSquares.defaults()).classes().stream()
            .map(ClassExplanation::fit)
            .toList();
    assertEquals(2, beside.size());
    for (int c = 0; c < 2; c++) {
      assertInstanceOf(Intervals.Margins.class, beside.get(c).intervals());
      assertEquals(wanted.get(c).coefficients(), beside.get(c).coefficients());
      assertEquals(wanted.get(c).intervals(), beside.get(c).intervals());
    }
  }

  @Test
  void shouldSayNothingWhereFitsHaveIntervalsOrNothingIsLeftToChance() {
    assertEquals(List.of(), explain(OPTIONS.withSurrogate(Ridge.defaults())).leastSquares());
    assertEquals(List.of(), explain(OPTIONS.withDesign(new Exhaustive())).leastSquares());
  }

  @Test
  void shouldSayNothingWhereSamplesLeaveNothingToJudgeErrorsBy() {
    // The original and nine samples, for nine weights and an intercept.
    assertEquals(List.of(), explain(OPTIONS.withSamples(9)).leastSquares());
    assertEquals(2, explain(OPTIONS.withSamples(40)).leastSquares().size());
  }
}
