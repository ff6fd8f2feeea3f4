package dev.quicklime;

import static java.util.Objects.requireNonNull;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.quicklime.design.Exhaustive;
import dev.quicklime.design.TwoPhase;
import dev.quicklime.fidelity.ClassComparison;
import dev.quicklime.fidelity.ClassFidelity;
import dev.quicklime.fidelity.Comparison;
import dev.quicklime.fidelity.Fidelity;
import dev.quicklime.image.Image;
import dev.quicklime.image.Preprocessing;
import dev.quicklime.locality.Locality;
import dev.quicklime.model.ClassChoice;
import dev.quicklime.model.Classifier;
import dev.quicklime.model.Labels;
import dev.quicklime.model.PixelScorer;
import dev.quicklime.model.Target;
import dev.quicklime.perturb.Fill;
import dev.quicklime.run.Progress;
import dev.quicklime.segment.Tiles;
import dev.quicklime.surrogate.Lasso;
import dev.quicklime.surrogate.LeastSquares;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CancellationException;
import org.junit.jupiter.api.Test;

class ExplainerFidelityTest {

  private static final int SIDE = 12;

  /** Of 3 × 3 tiles the first adds 9 when it is shown, the next 8, and so on to 1. */
  private static final PixelScorer ADDITIVE =
      pixels -> {
        double sum = 0;
        for (int tile = 0; tile < 9; tile++) {
          sum += (9 - tile) * (double) pixels[tile / 3 * 4 * SIDE + tile % 3 * 4];
        }
        return new double[] {sum, -sum, 5};
      };

  private static final ExplainOptions OPTIONS =
      ExplainOptions.defaults()
          .withSegmenter(new Tiles(3, 3))
          .withFill(Fill.black())
          .withSamples(100)
          .withTarget(Target.LOGIT)
          .withSurrogate(LeastSquares.defaults());

  /** White, so that with mean 0 and deviation 1 every pixel is 1 or, filled, 0. */
  private static Image picture() {
    byte[] pixels = new byte[SIDE * SIDE * 3];
    Arrays.fill(pixels, (byte) 255);
    return Image.of8(SIDE, SIDE, 3, pixels);
  }

  private static Explainer explainer(PixelScorer scorer) {
    Preprocessing input =
        Preprocessing.imageNet()
            .withSize(SIDE, SIDE)
            .withNormalization(List.of(0.0, 0.0, 0.0), List.of(1.0, 1.0, 1.0));
    return Explainer.of(Classifier.of("known", input, 7, scorer), Labels.none());
  }

  private static Fidelity fidelity(PixelScorer scorer, ExplainOptions options) {
    try (Explainer explainer = explainer(scorer)) {
      return explainer.fidelity(
          explainer.explain(picture(), options, Progress.none()), Progress.none());
    }
  }

  private static ClassFidelity named(Fidelity fidelity, ExplainOptions options, int index) {
    assertTrue(options.classes() instanceof ClassChoice.Listed, "" + options.classes());
    return fidelity
        .classes()
        .get(((ClassChoice.Listed) options.classes()).indices().indexOf(index));
  }

  private static ExplainOptions all(ExplainOptions options) {
    return options.withClasses(new ClassChoice.Listed(List.of(0, 1, 2)));
  }

  @Test
  void shouldTrustTheFitOfAnAdditiveClassifierFully() {
    Fidelity fidelity = fidelity(ADDITIVE, all(OPTIONS));
    for (int index : List.of(0, 1)) {
      ClassFidelity found = named(fidelity, all(OPTIONS), index);
      assertEquals(1, requireNonNull(found.heldOutR2()), 1e-9);
      assertEquals(0, found.infidelity(), 1e-9);
      assertEquals(0, found.localPredictionError(), 1e-6);
      assertEquals(2, found.strongest());
      assertEquals(100, requireNonNull(found.vsi()), 1e-12);
      assertEquals(1, requireNonNull(found.jaccard()), 1e-12);
      assertEquals(1, requireNonNull(found.kendall()), 1e-12);
      // Least squares has intervals, here of rounding errors alone.
      assertNotNull(found.csi());
    }
    assertEquals(200, fidelity.heldOut());
    assertEquals(List.of(1L, 2L, 3L, 4L), fidelity.seeds());
    assertEquals(200 + 4 * 101 + 3 * 2 * 10, fidelity.forwards());
    assertTrue(fidelity.milliseconds() > 0);
  }

  @Test
  void shouldFillAndShowSuperpixelsFromTheLargestWeightOn() {
    PixelScorer single = pixels -> new double[] {ADDITIVE.score(pixels)[0]};
    Fidelity fidelity = fidelity(single, OPTIONS.withTarget(Target.PROBABILITY));
    ClassFidelity found = fidelity.classes().getFirst();
    // A model with one output is judged by its value, of which 9, 17, 24 … are filled.
    assertEquals(Target.LOGIT, fidelity.curves());
    double[] filled = {45, 36, 28, 21, 15, 10, 6, 3, 1, 0};
    double deletion = 0;
    for (int step = 0; step < 10; step++) {
      assertEquals(filled[step], found.deletionCurve().get(step), 1e-4);
      assertEquals(45 - filled[step], found.insertionCurve().get(step), 1e-4);
      deletion += filled[step] / 9;
    }
    deletion -= 45.0 / 2 / 9;
    assertEquals(deletion, found.deletion(), 1e-4);
    assertEquals(45 - deletion, found.insertion(), 1e-4);
    assertEquals(
        Target.PROBABILITY, fidelity(ADDITIVE, OPTIONS).curves(), "several classes have one");
    assertEquals(Target.SIGMOID, fidelity(single, OPTIONS.withTarget(Target.SIGMOID)).curves());
  }

  @Test
  void shouldSetAnotherMapBesideAnExplanation() {
    PixelScorer single = pixels -> new double[] {ADDITIVE.score(pixels)[0]};
    try (Explainer explainer = explainer(single)) {
      Explanation explanation =
          explainer.explain(picture(), OPTIONS.withTarget(Target.LOGIT), Progress.none());
      List<Double> weights = explanation.classes().getFirst().fit().coefficients();
      double[] backwards = new double[SIDE * SIDE];
      for (int i = 0; i < backwards.length; i++) {
        backwards[i] = -weights.get(explanation.segments().label(i % SIDE, i / SIDE));
      }
      Comparison found = explainer.compare(explanation, List.of(backwards), Progress.none());
      ClassComparison one = found.classes().getFirst();
      assertEquals(-1, requireNonNull(one.rankCorrelation()), 1e-12);
      assertNull(one.topAreas(), "nothing of this map is positive");
      // Filling in the opposite order leaves what showing in the first order does not show yet.
      assertEquals(45 - one.insertion(), one.deletion(), 1e-3);
      assertEquals(45 - one.deletion(), one.mapDeletion(), 1e-3);
      assertEquals(45 - one.insertion(), one.mapInsertion(), 1e-3);
      assertTrue(one.deletion() < one.mapDeletion());
      assertEquals(4 * 10, found.forwards());
      assertEquals(Target.LOGIT, found.curves());
      assertThrows(
          InvalidInputException.class,
          () -> explainer.compare(explanation, List.of(), Progress.none()));
    }
  }

  @Test
  void shouldSeeWhatAFitMisses() {
    PixelScorer both = pixels -> new double[] {pixels[0] * 4 * pixels[4], 0};
    ClassFidelity found = named(fidelity(both, both()), both(), 0);
    double r2 = requireNonNull(found.heldOutR2());
    assertTrue(r2 < 0.9 && r2 > 0.3, "a product of two is no sum: " + r2);
    assertTrue(found.infidelity() > 0.1, "" + found.infidelity());
  }

  private static ExplainOptions both() {
    return OPTIONS.withClasses(new ClassChoice.Listed(List.of(0)));
  }

  @Test
  void shouldFindTheSameTwice() {
    Fidelity first = fidelity(ADDITIVE, OPTIONS);
    Fidelity second = fidelity(ADDITIVE, OPTIONS);
    assertEquals(first.classes(), second.classes());
    // Another seed has other samples to judge by, and other runs.
    PixelScorer bent = pixels -> new double[] {Math.exp(ADDITIVE.score(pixels)[0] / 20), 0};
    assertNotEquals(
        fidelity(bent, OPTIONS).classes().getFirst().heldOutR2(),
        fidelity(bent, OPTIONS.withSeed(9)).classes().getFirst().heldOutR2());
  }

  @Test
  void shouldLeaveUndefinedWhatAConstantScoreHasNot() {
    for (ExplainOptions options : List.of(OPTIONS, OPTIONS.withSurrogate(Lasso.defaults()))) {
      ClassFidelity found = named(fidelity(ADDITIVE, all(options)), all(options), 2);
      assertNull(found.heldOutR2());
      assertNull(found.vsi());
      assertNull(found.csi());
      assertNull(found.jaccard());
      assertNull(found.kendall());
      assertEquals(0, found.infidelity(), 1e-18);
      assertEquals(0, found.localPredictionError(), 1e-9);
    }
  }

  @Test
  void shouldHaveNoFurtherRunsWhereEveryMaskIsTried() {
    Fidelity fidelity = fidelity(ADDITIVE, OPTIONS.withDesign(new Exhaustive()));
    assertEquals(List.of(), fidelity.seeds());
    assertNull(fidelity.classes().getFirst().vsi());
    assertEquals(1, requireNonNull(fidelity.classes().getFirst().heldOutR2()), 1e-9);
  }

  @Test
  void shouldTakeAsManySamplesForFurtherSeedsAsTheStopRuleDid() {
    ExplainOptions options = OPTIONS.withDesign(new TwoPhase()).withSamples(900).withStop(0.2);
    try (Explainer explainer = explainer(ADDITIVE)) {
      Explanation explanation = explainer.explain(picture(), options, Progress.none());
      int rows = explanation.samples().rows();
      assertTrue(rows < 901, "stopped early: " + rows);
      List<Long> heard = new ArrayList<>();
      Fidelity fidelity =
          explainer.fidelity(
              explanation,
              (done, total) -> {
                assertEquals(225 + 4L * rows + 3 * 2 * 10, total);
                heard.add(done);
              });
      assertEquals(fidelity.forwards(), heard.getLast());
      assertEquals(heard.stream().sorted().distinct().toList(), heard);
      assertEquals(100, requireNonNull(fidelity.classes().getFirst().vsi()), 1e-12);
    }
  }

  @Test
  void shouldJudgeSamplesThatWeighNothingByWhatNeedsNoWeight() {
    ExplainOptions narrow = OPTIONS.withLocality(new Locality(OPTIONS.locality().distance(), 1e-4));
    ClassFidelity found = fidelity(ADDITIVE, narrow).classes().getFirst();
    assertNull(found.heldOutR2());
    assertTrue(Double.isFinite(found.infidelity()));
  }

  @Test
  void shouldEndWhenItsThreadIsInterrupted() {
    try (Explainer explainer = explainer(ADDITIVE)) {
      Explanation explanation = explainer.explain(picture(), OPTIONS, Progress.none());
      assertThrows(
          CancellationException.class,
          () ->
              explainer.fidelity(
                  explanation,
                  (done, total) -> {
                    if (done > 300) {
                      Thread.currentThread().interrupt();
                    }
                  }));
      assertFalse(Thread.interrupted());
    }
  }
}
