package dev.quicklime;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.quicklime.image.Image;
import dev.quicklime.image.ImageFiles;
import dev.quicklime.image.Preprocessing;
import dev.quicklime.locality.Distance;
import dev.quicklime.locality.Locality;
import dev.quicklime.model.Batch;
import dev.quicklime.model.ClassChoice;
import dev.quicklime.model.Classifier;
import dev.quicklime.model.Labels;
import dev.quicklime.model.PendingScores;
import dev.quicklime.model.PipelinedClassifier;
import dev.quicklime.model.PixelScorer;
import dev.quicklime.model.Target;
import dev.quicklime.run.Progress;
import dev.quicklime.run.Stage;
import dev.quicklime.run.Timings;
import dev.quicklime.segment.Slic;
import dev.quicklime.segment.Tiles;
import dev.quicklime.surrogate.LinearFit;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ExplainerTest {

  private static final int SIDE = 48;

  private static Image picture(long seed) {
    Random random = new Random(seed);
    byte[] pixels = new byte[SIDE * SIDE * 3];
    for (int i = 0; i < pixels.length; i++) {
      int x = i / 3 % SIDE;
      int y = i / 3 / SIDE;
      pixels[i] = (byte) (Math.hypot(x - 20, y - 24) < 12 ? 220 : 60 + random.nextInt(40));
    }
    return Image.of8(SIDE, SIDE, 3, pixels);
  }

  private static final Preprocessing INPUT = Preprocessing.imageNet().withSize(SIDE, SIDE);

  /** Four scores from the brightness of the quarters, and their products. */
  private static final PixelScorer QUARTERS =
      pixels -> {
        double[] sums = new double[4];
        for (int i = 0; i < SIDE * SIDE; i++) {
          sums[(i / SIDE < SIDE / 2 ? 0 : 2) + (i % SIDE < SIDE / 2 ? 0 : 1)] += pixels[i];
        }
        for (int i = 0; i < 4; i++) {
          sums[i] = sums[i] / 300 + sums[i] * sums[(i + 1) % 4] / 1e6;
        }
        return sums;
      };

  private static Explainer explainer(int batch) {
    return Explainer.of(Classifier.of("quarters", INPUT, batch, QUARTERS), Labels.none());
  }

  private static final ExplainOptions OPTIONS =
      ExplainOptions.defaults().withSegmenter(Slic.defaults()).withSamples(300);

  private static void assertSame(Explanation expected, Explanation got) {
    assertEquals(expected.classes(), got.classes());
    assertEquals(expected.scores(), got.scores());
    assertEquals(expected.samples().masks(), got.samples().masks());
    assertTrue(Arrays.equals(expected.samples().scores(), got.samples().scores()));
    assertTrue(Arrays.equals(expected.samples().weights(), got.samples().weights()));
    assertTrue(Arrays.equals(expected.segments().labels(), got.segments().labels()));
  }

  @Test
  void shouldGiveTheSameBitsWhateverTheBatch() {
    Explanation reference;
    try (Explainer one = explainer(1)) {
      reference = one.explain(picture(1), OPTIONS, Progress.none());
    }
    for (int batch : new int[] {7, 64, 1000}) {
      try (Explainer other = explainer(batch)) {
        assertSame(reference, other.explain(picture(1), OPTIONS, Progress.none()));
      }
    }
    assertFalse(reference.classes().getFirst().fit().selected().isEmpty());
  }

  /** Scores on a thread of its own, while further batches are composed. */
  private record Deferred(
      PipelinedClassifier scorer, int inFlight, ExecutorService thread, AtomicInteger now)
      implements ForwardingClassifier {
    @Override
    public PendingScores submit(Batch batch, int rows) {
      assertTrue(now.incrementAndGet() <= inFlight);
      Future<double[]> scores =
          thread.submit(
              () -> {
                Thread.sleep(1);
                return scorer.score(batch, rows);
              });
      return () -> {
        try {
          return scores.get();
        } catch (ExecutionException | InterruptedException e) {
          throw new QuicklimeException("failed", e);
        } finally {
          now.decrementAndGet();
        }
      };
    }
  }

  @Test
  void shouldGiveTheSameBitsWhileBatchesOverlap() {
    Explanation reference;
    try (Explainer one = explainer(7)) {
      reference = one.explain(picture(1), OPTIONS, Progress.none());
    }
    try (ExecutorService thread = Executors.newSingleThreadExecutor()) {
      for (int inFlight : new int[] {1, 2, 3, 100}) {
        AtomicInteger now = new AtomicInteger();
        Classifier scorer = Classifier.of("quarters", INPUT, 7, QUARTERS);
        try (Explainer other =
            Explainer.of(
                new Deferred((PipelinedClassifier) scorer, inFlight, thread, now), Labels.none())) {
          assertSame(reference, other.explain(picture(1), OPTIONS, Progress.none()));
          assertEquals(0, now.get());
        }
      }
    }
  }

  @Test
  void shouldWaitForWhatIsUnderWayBeforeItFails() {
    AtomicInteger calls = new AtomicInteger();
    PixelScorer failing =
        pixels -> calls.incrementAndGet() == 30 ? new double[] {Double.NaN} : new double[] {1};
    AtomicInteger now = new AtomicInteger();
    try (ExecutorService thread = Executors.newSingleThreadExecutor();
        Explainer explainer =
            Explainer.of(
                new Deferred(
                    (PipelinedClassifier) Classifier.of("NaN", INPUT, 7, failing), 4, thread, now),
                Labels.none())) {
      assertThrows(
          QuicklimeException.class, () -> explainer.explain(picture(1), OPTIONS, Progress.none()));
      assertEquals(0, now.get());
    }
  }

  @Test
  void shouldExplainOnEightThreadsAsOnOne() throws Exception {
    try (Explainer explainer = explainer(16);
        ExecutorService threads = Executors.newFixedThreadPool(8)) {
      List<Explanation> alone = new ArrayList<>();
      for (int i = 0; i < 16; i++) {
        alone.add(explainer.explain(picture(i), OPTIONS.withSeed(i), Progress.none()));
      }
      List<Future<Explanation>> together = new ArrayList<>();
      for (int i = 0; i < 16; i++) {
        int number = i;
        together.add(
            threads.submit(
                () ->
                    explainer.explain(picture(number), OPTIONS.withSeed(number), Progress.none())));
      }
      for (int i = 0; i < 16; i++) {
        assertSame(alone.get(i), together.get(i).get());
      }
    }
  }

  @Test
  void shouldKeepItsScoresAndReportTheBest() {
    try (Explainer explainer = explainer(16)) {
      Explanation got =
          explainer.explain(
              picture(1),
              OPTIONS.withClasses(ClassChoice.of(3, 0)).withTarget(Target.LOGIT).withScoresShown(2),
              Progress.none());
      assertEquals(2, got.scores().size());
      assertTrue(got.scores().get(0).score() >= got.scores().get(1).score());
      assertEquals(3, got.classes().get(0).scored().index());
      assertEquals(got.classes().get(1).scored().score(), got.samples().score(0, 1));
      assertEquals(301, got.samples().rows());
      assertEquals("class 3", got.classes().get(0).scored().label());
      double sum = 0;
      for (int c = 0; c < 4; c++) {
        sum +=
            explainer
                .explain(picture(1), OPTIONS.withClasses(ClassChoice.of(c)), Progress.none())
                .classes()
                .getFirst()
                .scored()
                .probability();
      }
      assertEquals(1, sum, 1e-12);
    }
  }

  @Test
  void shouldReportProgressUpToTheEnd() {
    List<Long> heard = new ArrayList<>();
    try (Explainer explainer = explainer(64)) {
      explainer.explain(
          picture(1),
          OPTIONS,
          (done, total) -> {
            assertEquals(301, total);
            heard.add(done);
          });
    }
    assertEquals(List.of(64L, 128L, 192L, 256L, 301L), heard);
  }

  @Test
  void shouldStopWhenItsThreadIsInterrupted() {
    try (Explainer explainer = explainer(10)) {
      assertThrows(
          CancellationException.class,
          () ->
              explainer.explain(
                  picture(1),
                  OPTIONS,
                  (done, total) -> {
                    assertTrue(done <= 50, "went on after the interrupt");
                    if (done == 50) {
                      Thread.currentThread().interrupt();
                    }
                  }));
      assertFalse(Thread.interrupted());
    }
  }

  private static Explanation explainWith(PixelScorer scorer, ExplainOptions options) {
    try (Explainer explainer =
        Explainer.of(Classifier.of("bad", INPUT, 8, scorer), Labels.of(List.of("a", "b")))) {
      return explainer.explain(picture(1), options, Progress.none());
    }
  }

  @Test
  void shouldNameTheModelThatReturnsSomethingElseThanFiniteScores() {
    for (double bad : new double[] {Double.NaN, Double.POSITIVE_INFINITY}) {
      PixelScorer scorer = pixels -> new double[] {pixels[0] < 0 ? bad : 0, 1};
      QuicklimeException e =
          assertThrows(QuicklimeException.class, () -> explainWith(scorer, OPTIONS));
      assertTrue(e.toString().contains("model bad must return finite scores"), e.getMessage());
    }
    assertThrows(QuicklimeException.class, () -> explainWith(pixels -> new double[0], OPTIONS));
    assertThrows(
        QuicklimeException.class,
        () -> explainWith(pixels -> new double[pixels[0] < 0 ? 2 : 3], OPTIONS));
  }

  @Test
  void shouldRefuseClassesAndLabelsThatTheModelDoesNotHave() {
    InvalidInputException labels =
        assertThrows(
            InvalidInputException.class, () -> explainWith(pixels -> new double[3], OPTIONS));
    assertTrue(labels.toString().contains("3 classes, got 2"), labels.getMessage());
    assertThrows(
        InvalidInputException.class,
        () -> explainWith(pixels -> new double[2], OPTIONS.withClasses(ClassChoice.of(2))));
    assertThrows(InvalidInputException.class, () -> ClassChoice.of(1, 1));
    assertThrows(InvalidInputException.class, () -> ClassChoice.of(-1));
    assertThrows(InvalidInputException.class, () -> ClassChoice.top(0));
    assertThrows(InvalidInputException.class, () -> OPTIONS.withSamples(0));
    assertThrows(InvalidInputException.class, () -> OPTIONS.withScoresShown(0));
  }

  @Test
  void shouldExplainAConstantModelWithZerosAndANotice() {
    Explanation got = explainWith(pixels -> new double[] {1, 2}, OPTIONS);
    LinearFit fit = got.classes().getFirst().fit();
    assertTrue(fit.selected().isEmpty());
    assertNull(fit.r2());
    assertFalse(fit.notices().isEmpty());
  }

  @Test
  void shouldExplainOneOutputAsItIs() {
    try (Explainer explainer =
        Explainer.of(
            Classifier.of("regression", INPUT, 8, pixels -> new double[] {100 + pixels[0]}),
            Labels.none())) {
      Explanation got = explainer.explain(picture(1), OPTIONS, Progress.none());
      assertEquals(got.classes().getFirst().scored().score(), got.samples().score(0, 0));
      assertTrue(got.notices().stream().anyMatch(n -> n.contains("one output")));
    }
  }

  @Test
  void shouldWarnWhenTheWeightsLeaveTooFewSamples() {
    try (Explainer explainer = explainer(64)) {
      ExplainOptions tiles = OPTIONS.withSegmenter(new Tiles(5, 5));
      Explanation sharp =
          explainer.explain(
              picture(1), tiles.withLocality(new Locality(Distance.HAMMING, 0.1)), Progress.none());
      assertTrue(sharp.notices().stream().anyMatch(n -> n.contains("effective samples")));
      Explanation enough = explainer.explain(picture(1), tiles, Progress.none());
      assertTrue(enough.notices().isEmpty(), enough.notices().toString());
    }
  }

  @Test
  void shouldTimeEveryStage(@TempDir Path folder) {
    Path file = folder.resolve("picture.png");
    ImageFiles.writePng(picture(1), file);
    int sleep = 4;
    PixelScorer slow =
        pixels -> {
          try {
            Thread.sleep(sleep);
          } catch (InterruptedException e) {
            throw new QuicklimeException("interrupted", e);
          }
          return new double[] {pixels[0], 0};
        };
    try (Explainer explainer = Explainer.of(Classifier.of("slow", INPUT, 8, slow), Labels.none())) {
      long start = System.nanoTime();
      Timings timings = explainer.explain(file, OPTIONS.withSamples(50), Progress.none()).timings();
      double elapsed = (System.nanoTime() - start) / 1e6;
      double sum = 0;
      for (Stage stage : Stage.ofPictures()) {
        assertTrue(timings.of(stage) > 0, stage + " took no time");
        sum += timings.of(stage);
      }
      assertTrue(timings.of(Stage.FORWARD) >= 51 * sleep, timings::toString);
      assertTrue(sum <= timings.total(), sum + " of " + timings);
      assertTrue(timings.total() <= elapsed, timings + " within " + elapsed);
      // Without a file there is nothing to read.
      Explanation inMemory = explainer.explain(picture(1), OPTIONS.withSamples(1), Progress.none());
      assertEquals(0, inMemory.timings().of(Stage.READ));
    }
  }
}
