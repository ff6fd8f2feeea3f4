package dev.quicklime;

import static java.util.Objects.requireNonNull;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.quicklime.design.Antithetic;
import dev.quicklime.design.Bernoulli;
import dev.quicklime.design.Design;
import dev.quicklime.design.Exhaustive;
import dev.quicklime.design.FixedSize;
import dev.quicklime.design.FoldedHadamard;
import dev.quicklime.design.MaskSampler;
import dev.quicklime.design.TwoPhase;
import dev.quicklime.fidelity.Look;
import dev.quicklime.fidelity.Stopping;
import dev.quicklime.image.Image;
import dev.quicklime.image.Preprocessing;
import dev.quicklime.internal.scoring.Rounds;
import dev.quicklime.model.Classifier;
import dev.quicklime.model.Labels;
import dev.quicklime.model.PixelScorer;
import dev.quicklime.model.Target;
import dev.quicklime.run.Progress;
import dev.quicklime.segment.Tiles;
import dev.quicklime.surrogate.FitInput;
import dev.quicklime.surrogate.Intervals;
import dev.quicklime.surrogate.LeastSquares;
import dev.quicklime.surrogate.LinearFit;
import dev.quicklime.surrogate.SurrogateFitter;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class StoppingTest {

  private static final int SIDE = 24;
  private static final Preprocessing INPUT = Preprocessing.imageNet().withSize(SIDE, SIDE);

  private static Image picture() {
    byte[] pixels = new byte[SIDE * SIDE * 3];
    new Random(4).nextBytes(pixels);
    return Image.of8(SIDE, SIDE, 3, pixels);
  }

  /** Brightness of six parts in a row, and what their product adds. */
  private static PixelScorer parts(double together) {
    return pixels -> {
      double[] means = new double[6];
      for (int i = 0; i < SIDE * SIDE; i++) {
        means[i % SIDE / 4] += pixels[i] / (SIDE * SIDE / 6.0);
      }
      double product = Arrays.stream(means).limit(3).reduce(1, (a, b) -> a * (1 + b));
      return new double[] {means[0] - 0.5 * means[2] + together * product, means[1]};
    };
  }

  private static final ExplainOptions OPTIONS =
      ExplainOptions.defaults()
          .withSegmenter(new Tiles(6, 6))
          .withTarget(Target.LOGIT)
          .withSurrogate(LeastSquares.defaults())
          .withSamples(2000)
          .withStop(0.05);

  private static Explanation explain(PixelScorer scorer, ExplainOptions options, int batch) {
    try (Explainer explainer =
        Explainer.of(Classifier.of("parts", INPUT, batch, scorer), Labels.none())) {
      return explainer.explain(picture(), options, Progress.none());
    }
  }

  static Stream<Design> drawn() {
    return Stream.of(
        Bernoulli.defaults(),
        new Antithetic(),
        new FoldedHadamard(),
        new FixedSize(),
        new TwoPhase());
  }

  @ParameterizedTest
  @MethodSource("drawn")
  void shouldStopAtTheFirstLookWhereThereIsNothingToSample(Design design) {
    Explanation got = explain(parts(0), OPTIONS.withDesign(design), 16);
    Stopping stopping = requireNonNull(got.stopping());
    assertTrue(stopping.met());
    assertEquals(1, stopping.looks().size());
    int samples = stopping.last().samples();
    assertTrue(samples < 200, samples + " samples");
    assertEquals(samples + 1, got.samples().rows());
    assertEquals(2 * (samples + 1), got.samples().scores().length);
    assertEquals(samples + 1, got.samples().weights().length);
    assertEquals(MaskSampler.draw(design, 2000, 36, 0).prefix(samples + 1), got.samples().masks());
    assertEquals(2000, stopping.limit());
  }

  @ParameterizedTest
  @MethodSource("drawn")
  void shouldGoOnUntilErrorsAreSmall(Design design) {
    double bound = 1e-4;
    Explanation got = explain(parts(1), OPTIONS.withDesign(design).withStop(bound), 10);
    Stopping stopping = requireNonNull(got.stopping());
    List<Look> looks = stopping.looks();
    assertTrue(looks.size() > 1, "one look has nothing before it");
    for (int i = 0; i + 1 < looks.size(); i++) {
      assertTrue(looks.get(i).reached() > bound);
      assertTrue(looks.get(i).samples() < looks.get(i + 1).samples());
    }
    assertEquals(looks.getLast().reached() <= bound, stopping.met());
    LinearFit fit = got.classes().getFirst().fit();
    double range =
        fit.coefficients().stream().mapToDouble(c -> c).max().orElseThrow()
            - fit.coefficients().stream().mapToDouble(c -> c).min().orElseThrow();
    double error =
        Collections.max(
            assertInstanceOf(Intervals.Margins.class, fit.intervals()).standardErrors());
    assertEquals(stopping.reached().getFirst(), error / range, 1e-12);
  }

  @Test
  void shouldScoreAllSamplesWhereTheBoundIsOutOfReach() {
    Explanation got = explain(parts(1), OPTIONS.withStop(1e-6).withSamples(101), 16);
    Stopping stopping = requireNonNull(got.stopping());
    assertFalse(stopping.met());
    assertEquals(101, stopping.last().samples());
    assertEquals(102, got.samples().rows());
    assertTrue(got.notices().stream().anyMatch(n -> n.contains("draw more")));
  }

  @Test
  void shouldSayWhenThereAreTooFewSamplesForErrors() {
    Explanation got = explain(parts(1), OPTIONS.withSamples(20), 16);
    assertFalse(requireNonNull(got.stopping()).met());
    assertTrue(got.notices().stream().anyMatch(n -> n.contains("too few samples for standard")));
  }

  @Test
  void shouldGiveTheSameFitAsItsSamplesAloneWhateverTheBatch() {
    for (int batch : new int[] {1, 7, 64}) {
      AtomicInteger scored = new AtomicInteger();
      PixelScorer scorer = parts(0.4);
      Explanation got =
          explain(
              pixels -> {
                scored.incrementAndGet();
                return scorer.score(pixels);
              },
              OPTIONS.withDesign(new FoldedHadamard()).withStop(0.03),
              batch);
      Stopping stopping = requireNonNull(got.stopping());
      assertTrue(stopping.met());
      // Nothing was scored beyond the last look but what fills its batch.
      assertTrue(scored.get() <= stopping.last().samples() + 1 + 2 * batch, scored + " scored");
      LinearFit fit = got.classes().getFirst().fit();
      assertEquals(got.samples().rows() - 1, stopping.last().samples());
      Samples samples = got.samples();
      int blockRows = MaskSampler.blockRows(new FoldedHadamard(), 2000, 36);
      int balancedRows = MaskSampler.balancedRows(new FoldedHadamard(), 2000, 36);
      List<LinearFit> alone =
          SurrogateFitter.fitAll(
              LeastSquares.defaults(),
              FitInput.of(
                  samples.masks(),
                  samples.weights(),
                  samples.scores(),
                  2,
                  blockRows,
                  balancedRows));
      assertEquals(alone.getFirst(), fit);
      assertEquals(alone.get(1), got.classes().get(1).fit());
    }
  }

  @Test
  void shouldGoOnUntilAllErrorsTogetherAreUnderTheirBound() {
    Stopping steady = requireNonNull(explain(parts(1), OPTIONS, 16).stopping());
    ExplainOptions all = OPTIONS.withStop(0).withStopError(0.15).withSamples(10_000);
    Stopping bounded = requireNonNull(explain(parts(1), all, 16).stopping());
    assertTrue(bounded.met());
    assertTrue(bounded.last().largestError() <= 0.15);
    assertTrue(steady.last().largestError() > 3 * steady.last().reached());
    // About three standard errors, of 36 superpixels.
    double times = bounded.last().largestError() / bounded.last().reached();
    assertTrue(times > 3 && times < 4, "times " + times);
    Stopping both = requireNonNull(explain(parts(1), all.withStop(0.3), 16).stopping());
    assertEquals(bounded.looks(), both.looks());
    Explanation few = explain(parts(1), all.withStopError(1e-3).withSamples(80), 16);
    assertFalse(requireNonNull(few.stopping()).met());
    assertTrue(few.notices().getFirst().startsWith("the largest error came down to"));
  }

  @Test
  void shouldTellOfTheErrorsOfEveryLook() {
    List<Double> told = new ArrayList<>();
    Progress progress =
        new Progress() {
          @Override
          public void scored(long done, long total) {
            assertTrue(done <= total);
          }

          @Override
          public void judged(double standardError) {
            told.add(standardError);
          }
        };
    try (Explainer explainer =
        Explainer.of(Classifier.of("parts", INPUT, 16, parts(1)), Labels.none())) {
      Stopping stopping =
          requireNonNull(explainer.explain(picture(), OPTIONS, progress).stopping());
      assertEquals(stopping.looks().stream().map(Look::reached).toList(), told);
      told.clear();
      explainer.explain(picture(), OPTIONS.withStop(0), progress);
      assertEquals(List.of(), told);
    }
  }

  @Test
  void shouldSayNothingWhereItWasNotAsked() {
    assertNull(explain(parts(0), OPTIONS.withStop(0).withSamples(50), 16).stopping());
  }

  @Test
  void shouldRefuseWhatIsNotDrawn() {
    ExplainOptions few = OPTIONS.withSegmenter(new Tiles(2, 2));
    assertThrows(InvalidInputException.class, () -> few.withDesign(new Exhaustive()));
    assertThrows(InvalidInputException.class, () -> OPTIONS.withStop(1));
    assertThrows(InvalidInputException.class, () -> OPTIONS.withStop(-0.1));
    assertThrows(InvalidInputException.class, () -> OPTIONS.withStopError(1));
    assertThrows(InvalidInputException.class, () -> OPTIONS.withStopError(Double.NaN));
  }

  @Test
  void shouldFillBatchesAndWaitForAWholeBlock() {
    assertEquals(
        List.of(144, 192, 256, 336, 432, 513), Rounds.ends(new FoldedHadamard(), 513, 64, 16));
    assertEquals(List.of(60), Rounds.ends(new FoldedHadamard(), 60, 64, 16));
    assertEquals(List.of(1000, 1001), Rounds.ends(Bernoulli.defaults(), 1001, 100, 1000));
    assertEquals(List.of(33, 43, 50), Rounds.ends(Bernoulli.defaults(), 50, 4, 1));
  }
}
