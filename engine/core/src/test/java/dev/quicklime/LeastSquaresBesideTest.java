package dev.quicklime;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNotSame;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.quicklime.design.Exhaustive;
import dev.quicklime.image.Image;
import dev.quicklime.image.Preprocessing;
import dev.quicklime.model.Classifier;
import dev.quicklime.model.Labels;
import dev.quicklime.model.Target;
import dev.quicklime.run.Progress;
import dev.quicklime.segment.Tiles;
import dev.quicklime.surrogate.Intervals;
import dev.quicklime.surrogate.Lasso;
import dev.quicklime.surrogate.LeastSquares;
import dev.quicklime.surrogate.LinearFit;
import dev.quicklime.surrogate.Ridge;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
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

  private static Explanation by(Explanation found, ExplainOptions options) {
    return new Explanation(
        found.picture(),
        found.placement(),
        found.perturbation(),
        found.target(),
        found.outputs(),
        found.scores(),
        found.classes(),
        found.samples(),
        found.stopping(),
        found.timings(),
        found.provenance().withOptions(options),
        found.notices());
  }

  @Test
  void shouldBeComputedOnceForPagesAndFilesAlike() throws Exception {
    Explanation explanation = explain(OPTIONS);
    List<List<LinearFit>> found;
    try (ExecutorService threads = Executors.newFixedThreadPool(2)) {
      Callable<List<LinearFit>> ask = explanation::leastSquares;
      found = threads.invokeAll(List.of(ask, ask)).stream().map(Future::resultNow).toList();
    }
    List<LinearFit> first = explanation.leastSquares();
    assertSame(first, found.get(0));
    assertSame(first, found.get(1));
    assertSame(first, by(explanation, OPTIONS).leastSquares());
    assertThrows(UnsupportedOperationException.class, first::clear);
    // To the bit what another explanation of the same picture has, which computes it itself.
    List<LinearFit> again = explain(OPTIONS).leastSquares();
    assertNotSame(first, again);
    for (int c = 0; c < 2; c++) {
      assertEquals(again.get(c).coefficients(), first.get(c).coefficients());
      assertEquals(again.get(c).intervals(), first.get(c).intervals());
    }
  }

  @Test
  void shouldNotBeTakenFromTheSameSamplesByOtherOptions() {
    Explanation explanation = explain(OPTIONS);
    double intercept = explanation.leastSquares().getFirst().intercept();
    ExplainOptions without = OPTIONS.withSurrogate(Lasso.defaults().withIntercept(false));
    assertEquals(0, by(explanation, without).leastSquares().getFirst().intercept());
    assertEquals(intercept, explanation.leastSquares().getFirst().intercept());
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
