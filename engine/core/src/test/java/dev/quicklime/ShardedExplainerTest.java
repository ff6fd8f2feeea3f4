package dev.quicklime;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.quicklime.design.Antithetic;
import dev.quicklime.design.Bernoulli;
import dev.quicklime.design.Design;
import dev.quicklime.design.Exhaustive;
import dev.quicklime.design.FixedSize;
import dev.quicklime.design.FoldedHadamard;
import dev.quicklime.design.Leverage;
import dev.quicklime.design.TwoPhase;
import dev.quicklime.image.Image;
import dev.quicklime.image.Preprocessing;
import dev.quicklime.model.ClassChoice;
import dev.quicklime.model.Classifier;
import dev.quicklime.model.Labels;
import dev.quicklime.model.PixelScorer;
import dev.quicklime.model.Target;
import dev.quicklime.run.Progress;
import dev.quicklime.segment.Slic;
import dev.quicklime.segment.Tiles;
import dev.quicklime.surrogate.Alpha;
import dev.quicklime.surrogate.ErrorSums;
import dev.quicklime.surrogate.Intervals;
import dev.quicklime.surrogate.Lasso;
import dev.quicklime.surrogate.LinearFit;
import dev.quicklime.surrogate.Ridge;
import dev.quicklime.surrogate.RowRange;
import dev.quicklime.surrogate.Shapley;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.nio.FloatBuffer;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class ShardedExplainerTest {

  private static final int SIDE = 12;

  private static final Preprocessing INPUT = Preprocessing.imageNet().withSize(SIDE, SIDE);

  private static final ExplainOptions OPTIONS =
      ExplainOptions.defaults().withSegmenter(new Tiles(3, 4)).withSamples(9_000);

  /** Bent sums over stripes. */
  private static final PixelScorer STRIPES =
      pixels -> {
        double[] sums = new double[5];
        for (int i = 0; i < pixels.length; i++) {
          sums[i % SIDE % 5] += pixels[i] / 40;
        }
        sums[0] += Math.tanh(sums[1]) * sums[2];
        return sums;
      };

  private static Image picture(long seed) {
    byte[] pixels = new byte[SIDE * SIDE * 3];
    new Random(seed).nextBytes(pixels);
    return Image.of8(SIDE, SIDE, 3, pixels);
  }

  private static Explainer explainer(int batch, PixelScorer scorer) {
    return Explainer.of(Classifier.of("stripes", INPUT, batch, scorer), Labels.none());
  }

  /** To another process. */
  @SuppressWarnings("unchecked")
  private static <T> T sent(T object) {
    try {
      ByteArrayOutputStream bytes = new ByteArrayOutputStream();
      try (ObjectOutputStream out = new ObjectOutputStream(bytes)) {
        out.writeObject(object);
      }
      try (ObjectInputStream in =
          new ObjectInputStream(new ByteArrayInputStream(bytes.toByteArray()))) {
        return (T) in.readObject();
      }
    } catch (IOException | ClassNotFoundException e) {
      throw new AssertionError(e);
    }
  }

  /** Explains in shards on threads, each with a model of its own. */
  private static ShardedExplanation explain(
      Image picture, ExplainOptions options, PixelScorer scorer, int rowsEach, int threads) {
    try (Explainer driver = explainer(10, scorer);
        ExecutorService pool = Executors.newFixedThreadPool(threads)) {
      ShardPlan plan = driver.shards().plan(picture, options, Progress.none());
      List<Future<ShardScores>> scored = new ArrayList<>();
      for (RowRange range : plan.shards(rowsEach)) {
        ShardDecision decision = sent(plan.decision());
        scored.add(
            pool.submit(
                () -> {
                  try (Explainer other = explainer(7 + range.from() % 5, scorer)) {
                    ShardWork work = other.shards().work(picture, options, decision);
                    return sent(other.shards().score(work, range, Progress.none()));
                  }
                }));
      }
      List<ShardScores> scores = new ArrayList<>();
      for (Future<ShardScores> each : scored) {
        scores.add(done(each));
      }
      return finish(plan, scores);
    }
  }

  private static ShardScores done(Future<ShardScores> future) {
    try {
      return future.get();
    } catch (ExecutionException | InterruptedException e) {
      throw new AssertionError(e);
    }
  }

  private static ShardedExplanation finish(ShardPlan plan, List<ShardScores> scores) {
    Collections.shuffle(scores, new Random(scores.size()));
    ShardTotals totals =
        scores.stream().map(part -> sent(part.totals())).reduce(ShardTotals::plus).orElseThrow();
    assertEquals(List.of(), totals.missing());
    return plan.secondPass(totals)
        .map(
            fits -> {
              Optional<ErrorSums> errors =
                  scores.stream()
                      .map(part -> sent(part.errors(sent(fits))))
                      .reduce(ErrorSums::plus);
              return plan.finish(totals, errors.orElseThrow());
            })
        .orElseGet(() -> plan.finish(totals));
  }

  private static void assertNear(Explanation expected, ShardedExplanation got) {
    assertEquals(expected.target(), got.target());
    assertEquals(expected.outputs(), got.outputs());
    assertEquals(expected.scores(), got.scores());
    assertEquals(expected.notices(), got.notices());
    assertEquals(expected.samples().rows(), got.rows());
    assertEquals(expected.placement(), got.placement());
    assertEquals(expected.provenance().options(), got.provenance().options());
    for (int c = 0; c < expected.classes().size(); c++) {
      assertEquals(expected.classes().get(c).scored(), got.classes().get(c).scored());
      assertNear(expected.classes().get(c).fit(), got.classes().get(c).fit());
    }
  }

  private static void assertNear(LinearFit expected, LinearFit got) {
    double scale = Math.abs(expected.intercept());
    for (double coefficient : expected.coefficients()) {
      scale = Math.max(scale, Math.abs(coefficient));
    }
    for (int j = 0; j < expected.coefficients().size(); j++) {
      assertEquals(expected.coefficients().get(j), got.coefficients().get(j), 1e-9 * scale);
    }
    assertEquals(expected.intercept(), got.intercept(), 1e-9 * scale);
    assertEquals(expected.notices(), got.notices());
    if (expected.intervals() instanceof Intervals.Margins margins) {
      Intervals.Margins own = assertInstanceOf(Intervals.Margins.class, got.intervals());
      for (int j = 0; j < margins.freedom().size(); j++) {
        // Of scores that are linear but for their own rounding, what is left is rounding.
        double tolerance = 1e-9 * (margins.halfWidth(j) + 1e-3 * scale);
        assertEquals(margins.halfWidth(j), own.halfWidth(j), tolerance);
      }
    } else {
      assertEquals(expected.intervals(), got.intervals());
    }
  }

  private static List<Design> designs() {
    return List.of(
        new Bernoulli(0.5),
        new Antithetic(),
        new FixedSize(),
        new FoldedHadamard(),
        new Exhaustive());
  }

  @ParameterizedTest
  @MethodSource("designs")
  void shouldExplainAsOneProcessDoes(Design design) {
    for (Target target : List.of(Target.PROBABILITY, Target.LOGIT, Target.TOP1)) {
      for (ExplainOptions options :
          List.of(
              OPTIONS, OPTIONS.withSurrogate(Ridge.defaults()).withClasses(ClassChoice.of(4, 1)))) {
        ExplainOptions asked = options.withDesign(design).withTarget(target);
        try (Explainer one = explainer(16, STRIPES)) {
          Explanation expected = one.explain(picture(1), asked, Progress.none());
          ShardedExplanation got = explain(picture(1), asked, STRIPES, 1, 2);
          assertNear(expected, got);
          ShardedExplanation whole = explain(picture(1), asked, STRIPES, 100_000, 1);
          assertEquals(whole.classes(), got.classes());
          assertEquals(whole.effectiveSamples(), got.effectiveSamples());
        }
      }
    }
  }

  @Test
  void shouldNoticeWhatOneProcessNotices() {
    PixelScorer probabilities =
        pixels -> {
          double p = 1 / (1 + Math.exp(pixels[0] + pixels[50] - pixels[200]));
          return new double[] {p, 1 - p};
        };
    PixelScorer single = pixels -> new double[] {pixels[3] + pixels[77] * pixels[300]};
    for (PixelScorer scorer : List.of(probabilities, single)) {
      ExplainOptions few = OPTIONS.withSamples(40);
      try (Explainer one = explainer(16, scorer)) {
        Explanation expected = one.explain(picture(2), few, Progress.none());
        assertTrue(!expected.notices().isEmpty());
        assertNear(expected, explain(picture(2), few, scorer, 1, 1));
      }
    }
  }

  @Test
  void shouldExplainFromGatheredScoresWhatNeedsRows() {
    for (ExplainOptions options :
        List.of(
            OPTIONS.withDesign(new TwoPhase()).withSurrogate(Ridge.defaults()).withSamples(500),
            OPTIONS.withSurrogate(new Lasso(new Alpha.CrossValidated(3), true)).withSamples(5000),
            OPTIONS.withDesign(new Leverage()).withSurrogate(new Shapley()).withSamples(600))) {
      try (Explainer explainer = explainer(16, STRIPES)) {
        Explanation expected = explainer.explain(picture(1), options, Progress.none());
        ShardedExplainer shards = explainer.shards();
        ShardPlan plan = shards.plan(picture(1), options, Progress.none());
        List<ShardScores> scores = new ArrayList<>();
        for (RowRange range : plan.shards(1)) {
          scores.add(shards.score(plan.work(), range, Progress.none()));
        }
        ShardTotals totals =
            scores.stream().map(ShardScores::totals).reduce(ShardTotals::plus).orElseThrow();
        assertThrows(InvalidInputException.class, () -> plan.finish(totals));
        assertThrows(InvalidInputException.class, () -> plan.secondPass(totals));
        ShardedExplanation got = plan.finish(scores);
        assertEquals(expected.classes(), got.classes());
        assertEquals(expected.notices(), got.notices());
        assertThrows(InvalidInputException.class, () -> plan.finish(List.of()));
        List<ShardScores> twice = new ArrayList<>(scores);
        twice.add(scores.getFirst());
        assertThrows(InvalidInputException.class, () -> plan.finish(twice));
      }
    }
  }

  /** As native code rounds, only that it can be seen. */
  private static float[][] placed(FloatBuffer pictures, int rows) {
    float[][] scores = new float[rows][];
    int each = pictures.limit() / rows;
    for (int row = 0; row < rows; row++) {
      float sum = pictures.get(row * each) + pictures.get(row * each + each / 2);
      scores[row] = new float[] {sum + row % 16 / 32f, -sum, rows / 1024f};
    }
    return scores;
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 7, 16, 64, 4096, 4097, 9000, 9001, 9002, 10_000})
  void shouldScoreEachRowAtItsPlaceInTheBatchThatOneProcessHasItIn(int batch) {
    Classifier classifier =
        Classifier.ofBatch("places", INPUT, batch, ShardedExplainerTest::placed);
    ExplainOptions options =
        OPTIONS.withSurrogate(Ridge.defaults()).withTarget(Target.LOGIT).withSamples(9_000);
    try (Explainer explainer = Explainer.of(classifier, Labels.none())) {
      Explanation expected = explainer.explain(picture(1), options, Progress.none());
      ShardPlan plan = explainer.shards().plan(picture(1), options, Progress.none());
      List<ShardScores> scores = new ArrayList<>();
      for (RowRange range : plan.shards(1)) {
        scores.add(explainer.shards().score(plan.work(), range, Progress.none()));
      }
      assertEquals(3, scores.size());
      assertEquals(expected.classes(), plan.finish(scores).classes());
    }
  }

  @Test
  void shouldRefuseWhatShardsCannotDoAndWhatIsOfAnotherPlan() {
    try (Explainer explainer = explainer(16, STRIPES)) {
      ShardedExplainer shards = explainer.shards();
      InvalidInputException stop =
          assertThrows(
              InvalidInputException.class,
              () -> shards.plan(picture(1), OPTIONS.withStop(0.05), Progress.none()));
      assertTrue(stop.toString().contains("a stop rule looks at samples"), stop.toString());
      ShardPlan plan = shards.plan(picture(1), OPTIONS, Progress.none());
      ShardPlan other = shards.plan(picture(1), OPTIONS.withSeed(5), Progress.none());
      RowRange first = plan.shards(1).getFirst();
      ShardScores scores = shards.score(plan.work(), first, Progress.none());
      assertThrows(InvalidInputException.class, () -> other.finish(scores.totals()));
      assertThrows(InvalidInputException.class, () -> plan.finish(scores.totals()));
      assertThrows(
          InvalidInputException.class,
          () -> shards.work(picture(1), OPTIONS.withSegmenter(new Tiles(4, 3)), plan.decision()));
      assertThrows(
          InvalidInputException.class,
          () -> shards.work(picture(1), OPTIONS.withSegmenter(Slic.defaults()), plan.decision()));
      assertThrows(
          CancellationException.class,
          () -> shards.score(plan.work(), first, Progress.none().until(() -> true)));
    }
    try (Explainer explainer = explainer(16, STRIPES);
        Explainer fewer = explainer(16, pixels -> new double[] {pixels[0], 1, 2, 3})) {
      ShardPlan plan = explainer.shards().plan(picture(1), OPTIONS, Progress.none());
      RowRange first = plan.shards(1).getFirst();
      InvalidInputException model =
          assertThrows(
              InvalidInputException.class,
              () -> fewer.shards().score(plan.work(), first, Progress.none()));
      assertTrue(model.toString().contains("with 5 scores, got 4"), model.toString());
    }
  }
}
