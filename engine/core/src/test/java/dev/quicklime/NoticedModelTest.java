package dev.quicklime;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.quicklime.design.Antithetic;
import dev.quicklime.image.Image;
import dev.quicklime.image.Preprocessing;
import dev.quicklime.model.BatchScorer;
import dev.quicklime.model.Classifier;
import dev.quicklime.model.Labels;
import dev.quicklime.model.Target;
import dev.quicklime.run.Progress;
import dev.quicklime.segment.Tiles;
import java.nio.FloatBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What is said of models whose numbers would mislead unnoticed. */
class NoticedModelTest {

  private static final int SIDE = 8;
  private static final Preprocessing INPUT = Preprocessing.imageNet().withSize(SIDE, SIDE);
  private static final ExplainOptions OPTIONS =
      ExplainOptions.defaults().withSegmenter(new Tiles(2, 2)).withSamples(64);

  private static Image picture() {
    byte[] pixels = new byte[SIDE * SIDE * 3];
    new Random(5).nextBytes(pixels);
    return Image.of8(SIDE, SIDE, 3, pixels);
  }

  private static float sum(FloatBuffer nchw, int row, int from) {
    int each = SIDE * SIDE * 3;
    float sum = 0;
    for (int i = from; i < each; i += 2) {
      sum += nchw.get(row * each + i);
    }
    return sum / 20;
  }

  /** Two raw scores. */
  private static float[][] raw(FloatBuffer nchw, int rows) {
    float[][] scores = new float[rows][];
    for (int row = 0; row < rows; row++) {
      scores[row] = new float[] {sum(nchw, row, 0), sum(nchw, row, 1)};
    }
    return scores;
  }

  private static Explanation explain(int batch, ExplainOptions options, BatchScorer scorer) {
    try (Explainer explainer =
        Explainer.of(Classifier.ofBatch("model", INPUT, batch, scorer), Labels.none())) {
      return explainer.explain(picture(), options, Progress.none());
    }
  }

  private static List<String> notices(int batch, ExplainOptions options, BatchScorer scorer) {
    return explain(batch, options, scorer).notices();
  }

  private static void assertOne(String part, List<String> notices) {
    assertEquals(
        1, notices.stream().filter(notice -> notice.contains(part)).count(), notices::toString);
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 13, 16, 64, 65, 66, 100})
  void shouldSayNothingOfAFunctionOfThePictureAlone(int batch) {
    assertEquals(List.of(), notices(batch, OPTIONS, NoticedModelTest::raw));
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 13, 16, 64, 65, 66, 100})
  void shouldNoticeAModelThatIsRandom(int batch) {
    Random dropout = new Random(7);
    assertOne(
        "otherwise beside other pictures or the second time",
        notices(
            batch,
            OPTIONS,
            (nchw, rows) -> {
              float[][] scores = raw(nchw, rows);
              for (float[] row : scores) {
                row[0] *= 2 * dropout.nextFloat();
              }
              return scores;
            }));
  }

  @ParameterizedTest
  @ValueSource(ints = {2, 13, 16, 64, 65, 66, 100})
  void shouldNoticeAModelThatDependsOnItsBatch(int batch) {
    assertOne(
        "otherwise beside other pictures or the second time",
        notices(
            batch,
            OPTIONS,
            (nchw, rows) -> {
              float[][] scores = raw(nchw, rows);
              float mean = 0;
              for (float[] row : scores) {
                mean += row[0] / rows;
              }
              for (float[] row : scores) {
                row[0] -= mean;
              }
              return scores;
            }));
  }

  @Test
  void shouldNoticeItWhereSamplesStopEarly() {
    Random dropout = new Random(7);
    ExplainOptions stopping = OPTIONS.withDesign(new Antithetic()).withSamples(512).withStop(0.9);
    Explanation explanation =
        explain(
            4,
            stopping,
            (nchw, rows) -> {
              float[][] scores = raw(nchw, rows);
              scores[0][0] += dropout.nextFloat();
              return scores;
            });
    assertTrue(explanation.samples().masks().rows() < 512);
    assertOne("otherwise beside other pictures or the second time", explanation.notices());
  }

  @ParameterizedTest
  @CsvSource({"PROBABILITY,softmax", "TOP1,softmax", "LOGIT,softmax", "SIGMOID,sigmoid"})
  void shouldNoticeAModelThatEndsWithASoftmax(Target target, String word) {
    List<String> notices =
        notices(
            16,
            OPTIONS.withTarget(target),
            (nchw, rows) -> {
              float[][] scores = raw(nchw, rows);
              for (float[] row : scores) {
                double sum = Math.exp(row[0]) + Math.exp(row[1]);
                row[0] = (float) (Math.exp(row[0]) / sum);
                row[1] = (float) (Math.exp(row[1]) / sum);
              }
              return scores;
            });
    assertOne("probabilities already", notices);
    assertOne("their " + word, notices);
  }

  @Test
  void shouldShowTheSigmoidOfOneOutputWhereThatIsExplained() {
    Explanation explanation =
        explain(
            16,
            OPTIONS.withTarget(Target.SIGMOID),
            (nchw, rows) -> {
              float[][] scores = raw(nchw, rows);
              for (int row = 0; row < rows; row++) {
                scores[row] = new float[] {scores[row][0]};
              }
              return scores;
            });
    double score = explanation.scores().getFirst().score();
    assertEquals(1 / (1 + Math.exp(-score)), explanation.scores().getFirst().probability());
    assertEquals(explanation.samples().score(0, 0), explanation.scores().getFirst().probability());
  }

  @Test
  void shouldScoreEachSampleOnceAndThePictureTwice() {
    List<Integer> scored = new ArrayList<>();
    notices(
        16,
        OPTIONS,
        (nchw, rows) -> {
          scored.add(rows);
          return raw(nchw, rows);
        });
    assertEquals(List.of(16, 16, 16, 16, 2), scored);
  }
}
