package dev.quicklime;

import static java.lang.foreign.ValueLayout.JAVA_FLOAT;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.quicklime.image.Image;
import dev.quicklime.image.Preprocessing;
import dev.quicklime.model.Batch;
import dev.quicklime.model.Classifier;
import dev.quicklime.model.Labels;
import dev.quicklime.model.PipelinedClassifier;
import dev.quicklime.model.Preview;
import dev.quicklime.run.Progress;
import dev.quicklime.run.Stage;
import dev.quicklime.segment.Tiles;
import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Samples that a classifier has scored before it settled. */
class FirstScoresTest {

  private static final Preprocessing INPUT = Preprocessing.imageNet().withSize(8, 8);

  private static final int BATCH = 8;

  private static final int SLEEP_MILLIS = 30;

  private static final ExplainOptions OPTIONS =
      ExplainOptions.defaults().withSegmenter(new Tiles(3, 3)).withSamples(50);

  /** Scores the first batches while it settles, and notes all pictures that it ever scores. */
  private record Eager(PipelinedClassifier scorer, int passes, List<Integer> pictures)
      implements ForwardingClassifier {

    @Override
    public void settle(Preview preview) {
      if (!pictures.isEmpty()) {
        return;
      }
      for (int i = 0; i < passes && (i + 1) * BATCH <= preview.rows(); i++) {
        try (Batch batch = newBatch()) {
          preview.write(format(), i * BATCH, BATCH, batch.pixels());
          long start = System.nanoTime();
          double[] scores = score(batch, BATCH);
          preview.scored(i * BATCH, BATCH, scores, System.nanoTime() - start);
        }
      }
    }

    @Override
    public double[] score(Batch batch, int rows) {
      int elements = format().elements();
      for (int row = 0; row < rows; row++) {
        MemorySegment picture = batch.pixels().asSlice(row * format().bytes(), format().bytes());
        float[] values = picture.toArray(JAVA_FLOAT);
        assertEquals(elements, values.length);
        pictures.add(Arrays.hashCode(values));
      }
      return scorer.score(batch, rows);
    }
  }

  private static Image picture() {
    byte[] pixels = new byte[8 * 8 * 3];
    new Random(1).nextBytes(pixels);
    return Image.of8(8, 8, 3, pixels);
  }

  private static Eager eager(int passes, int sleepMillis) {
    PipelinedClassifier scorer =
        (PipelinedClassifier)
            Classifier.of(
                "sums",
                INPUT,
                BATCH,
                pixels -> {
                  sleep(sleepMillis);
                  double sum = 0;
                  for (int i = 0; i < pixels.length; i++) {
                    sum += pixels[i] * (1 + i % 5);
                  }
                  return new double[] {sum, 3 - sum};
                });
    return new Eager(scorer, passes, new ArrayList<>());
  }

  private static void sleep(int millis) {
    try {
      Thread.sleep(millis);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  @ParameterizedTest
  @CsvSource({"50, 1, 0", "50, 3, 0", "50, 99, 0", "7, 1, 0", "8, 2, 0", "15, 2, 0", "500, 3, .3"})
  void shouldScoreNoSampleTwice(int samples, int passes, double stop) {
    ExplainOptions options = OPTIONS.withSamples(samples);
    options = stop > 0 ? options.withStop(stop) : options;
    Eager plain = eager(0, 0);
    Eager eager = eager(passes, 0);
    try (Explainer once = Explainer.of(plain, Labels.none());
        Explainer handedOver = Explainer.of(eager, Labels.none())) {
      for (int picture = 0; picture < 2; picture++) {
        Explanation expected = once.explain(picture(), options, Progress.none());
        Explanation found = handedOver.explain(picture(), options, Progress.none());
        assertEquals(plain.pictures(), eager.pictures());
        assertEquals(expected.samples().masks(), found.samples().masks());
        assertArrayEquals(expected.samples().scores(), found.samples().scores());
        assertEquals(expected.classes(), found.classes());
        assertEquals(expected.notices(), found.notices());
      }
    }
  }

  @Test
  void shouldTellProgressOfAllSamples() {
    List<Long> told = new ArrayList<>();
    try (Explainer explainer = Explainer.of(eager(2, 0), Labels.none())) {
      explainer.explain(picture(), OPTIONS, (done, total) -> told.add(done));
    }
    assertEquals(List.of(8L, 16L, 24L, 32L, 40L, 48L, 51L), told);
  }

  @Test
  void shouldCountThePassesThatAreUsedToTheForwardPasses() {
    try (Explainer explainer = Explainer.of(eager(2, SLEEP_MILLIS), Labels.none())) {
      var timings =
          explainer.explain(picture(), OPTIONS.withSamples(20), Progress.none()).timings();
      assertTrue(timings.of(Stage.FORWARD) >= 22 * SLEEP_MILLIS, timings::toString);
      assertTrue(timings.of(Stage.SETTLE) < 8 * SLEEP_MILLIS, timings::toString);
      assertTrue(timings.of(Stage.SETTLE) >= 0, timings::toString);
    }
  }

  @Test
  void shouldScoreTheFirstRowsOfAPlanOnce() {
    Eager plain = eager(0, 0);
    Eager eager = eager(3, 0);
    try (Explainer once = Explainer.of(plain, Labels.none());
        Explainer handedOver = Explainer.of(eager, Labels.none())) {
      ShardPlan expected = once.shards().plan(picture(), OPTIONS, Progress.none());
      ShardPlan found = handedOver.shards().plan(picture(), OPTIONS, Progress.none());
      assertEquals(plain.pictures(), eager.pictures());
      assertEquals(expected.explained(), found.explained());
    }
  }

  @Test
  void shouldOfferNothingToHandOverWhereOtherSamplesAreScored() {
    Eager eager = eager(3, 0);
    try (Explainer explainer = Explainer.of(eager, Labels.none())) {
      Explanation explanation = explainer.explain(picture(), OPTIONS, Progress.none());
      eager.pictures().clear();
      explainer.scorer(explanation.perturbation()).close();
      assertEquals(List.of(), eager.pictures());
    }
  }

  @Test
  void shouldSayThatPlainPicturesCannotBeHadByNumber() {
    Preview plain = (format, rows, into) -> {};
    assertEquals(0, plain.rows());
    try (Eager eager = eager(0, 0);
        Batch batch = eager.newBatch()) {
      MemorySegment into = batch.pixels();
      assertThrows(IndexOutOfBoundsException.class, () -> plain.write(eager.format(), 0, 1, into));
    }
  }
}
