package dev.quicklime.model;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.quicklime.ExplainOptions;
import dev.quicklime.Explainer;
import dev.quicklime.Explanation;
import dev.quicklime.InvalidInputException;
import dev.quicklime.QuicklimeException;
import dev.quicklime.image.Image;
import dev.quicklime.image.Preprocessing;
import dev.quicklime.run.Progress;
import dev.quicklime.segment.Tiles;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class FunctionClassifierTest {
  private static final int SIDE = 12;
  private static final int ELEMENTS = 3 * SIDE * SIDE;
  private static final Preprocessing INPUT = Preprocessing.imageNet().withSize(SIDE, SIDE);

  private static float[] corners(float first, float middle, float last) {
    return new float[] {first, middle * last, last - first};
  }

  private static float[][] corners(FloatBuffer pixels, int rows) {
    float[][] scores = new float[rows][];
    for (int row = 0; row < rows; row++) {
      int at = row * ELEMENTS;
      scores[row] = corners(pixels.get(at), pixels.get(at + 200), pixels.get(at + ELEMENTS - 1));
    }
    return scores;
  }

  private static double[] corners(float[] pixels) {
    float[] scores = corners(pixels[0], pixels[200], pixels[ELEMENTS - 1]);
    return new double[] {scores[0], scores[1], scores[2]};
  }

  private static Explanation explain(Classifier classifier) {
    byte[] pixels = new byte[ELEMENTS];
    new Random(1).nextBytes(pixels);
    ExplainOptions options =
        ExplainOptions.defaults().withSegmenter(new Tiles(3, 3)).withSamples(50);
    try (Explainer explainer = Explainer.of(classifier, Labels.none())) {
      return explainer.explain(Image.of8(SIDE, SIDE, 3, pixels), options, Progress.none());
    }
  }

  @Test
  void shouldScoreABatchAsItScoresPicturesOneByOne() {
    Explanation single =
        explain(Classifier.of("corners", INPUT, 7, FunctionClassifierTest::corners));
    Explanation batch =
        explain(Classifier.ofBatch("corners", INPUT, 7, FunctionClassifierTest::corners));
    assertArrayEquals(single.samples().scores(), batch.samples().scores());
    assertEquals(
        single.classes().getFirst().fit().coefficients(),
        batch.classes().getFirst().fit().coefficients());
  }

  @Test
  void shouldHandOverTheBatchItselfAndNothingButItsPictures() {
    List<FloatBuffer> seen = new ArrayList<>();
    List<Integer> rows = new ArrayList<>();
    PipelinedClassifier classifier =
        (PipelinedClassifier)
            Classifier.ofBatch(
                "watched",
                INPUT,
                4,
                (nchw, count) -> {
                  assertEquals(0, nchw.position());
                  assertEquals(count * ELEMENTS, nchw.limit());
                  assertEquals(nchw.limit(), nchw.capacity());
                  assertTrue(nchw.isDirect() && nchw.isReadOnly());
                  assertEquals(ByteOrder.nativeOrder(), nchw.order());
                  seen.add(nchw);
                  rows.add(count);
                  return corners(nchw, count);
                });
    explain(classifier);
    assertTrue(rows.contains(4) && rows.stream().allMatch(count -> count >= 1 && count <= 4));
    // The memory is gone with the classifier, and the view knows it.
    assertThrows(IllegalStateException.class, () -> seen.getFirst().get(0));
  }

  @Test
  void shouldNameTheModelThatReturnsSomethingElseThanScores() {
    assertRefused(null, "m must return scores for each of 3 pictures, got null");
    assertRefused(new float[2][2], "m must return scores for each of 3 pictures, got 2 rows");
    assertRefused(new float[4][2], "m must return scores for each of 3 pictures, got 4 rows");
    assertRefused(
        new float[][] {{1}, null, {1}},
        "m must return at least one score for every picture, got null for picture 2 of 3");
    assertRefused(
        new float[][] {null, {1}, {1}},
        "m must return at least one score for every picture, got null for picture 1 of 3");
    assertRefused(
        new float[3][0],
        "m must return at least one score for every picture, got none for picture 1 of 3");
    assertRefused(
        new float[][] {{1, 2}, {1, 2}, {1}},
        "m must return as many scores for every picture, 2, got 1");
  }

  @SuppressWarnings("NullAway") // What a function in plain Java may do all the same.
  private static void assertRefused(float @Nullable [] @Nullable [] table, String message) {
    try (PipelinedClassifier classifier =
            (PipelinedClassifier) Classifier.ofBatch("m", INPUT, 3, (nchw, rows) -> table);
        Batch batch = classifier.newBatch()) {
      assertEquals(
          message,
          assertThrows(QuicklimeException.class, () -> classifier.score(batch, 3)).getMessage());
    }
  }

  @Test
  @SuppressWarnings("NullAway") // What a function in plain Java may do all the same.
  void shouldNameTheModelThatReturnsNoScoresOfOnePicture() {
    try (PipelinedClassifier classifier =
            (PipelinedClassifier) Classifier.of("m", INPUT, 2, pixels -> null);
        Batch batch = classifier.newBatch()) {
      assertEquals(
          "m must return at least one score for every picture, got null for picture 1 of 2",
          assertThrows(QuicklimeException.class, () -> classifier.score(batch, 2)).getMessage());
    }
  }

  @Test
  void shouldRefuseABatchThatNoBufferHolds() {
    BatchScorer scorer = FunctionClassifierTest::corners;
    Preprocessing large = Preprocessing.imageNet().withSize(8192, 8192);
    assertEquals(
        "batch size must be at most 2, for a picture takes 805306368 bytes and a buffer holds less"
            + " than 2 GiB, got 3",
        assertThrows(InvalidInputException.class, () -> Classifier.ofBatch("m", large, 3, scorer))
            .getMessage());
    assertThrows(InvalidInputException.class, () -> Classifier.ofBatch("m", INPUT, 0, scorer));
    assertThrows(
        InvalidInputException.class,
        () -> Classifier.of("m", INPUT, 0, FunctionClassifierTest::corners));
  }
}
