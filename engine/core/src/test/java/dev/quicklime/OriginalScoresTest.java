package dev.quicklime;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.quicklime.image.Image;
import dev.quicklime.image.Preprocessing;
import dev.quicklime.model.Batch;
import dev.quicklime.model.ClassChoice;
import dev.quicklime.model.Classifier;
import dev.quicklime.model.ClassifierInfo;
import dev.quicklime.model.Labels;
import dev.quicklime.model.PipelinedClassifier;
import dev.quicklime.model.PixelScorer;
import dev.quicklime.model.Preview;
import dev.quicklime.model.ScoredClass;
import dev.quicklime.model.Target;
import dev.quicklime.run.Progress;
import dev.quicklime.segment.Tiles;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Scores of the picture in more bits than its samples are shown, and decide; nothing else does. */
class OriginalScoresTest {

  private static final int SIDE = 8;

  private static final ExplainOptions OPTIONS =
      ExplainOptions.defaults()
          .withSegmenter(new Tiles(2, 2))
          .withSamples(30)
          .withTarget(Target.LOGIT)
          .withClasses(new ClassChoice.Top(2));

  /** In few bits the first class is as good as the second, which comes behind it then. */
  private static double[] exact(float[] pixels) {
    double sum = 0;
    for (int i = 0; i < pixels.length; i++) {
      sum += pixels[i] * (i % 5);
    }
    return new double[] {sum, sum + 0x1p-9, sum - 0x1p-9, -3};
  }

  private static double[] rounded(float[] pixels) {
    double[] scores = exact(pixels);
    for (int c = 0; c < scores.length; c++) {
      scores[c] = Math.rint(scores[c] * 4) / 4;
    }
    return scores;
  }

  /** Has the whole picture in more bits. */
  private record InFull(PipelinedClassifier scorer, PipelinedClassifier exact)
      implements ForwardingClassifier {
    @Override
    public ClassifierInfo info() {
      return scorer.info().withOriginalPrecision("fp64");
    }

    @Override
    public Optional<double[]> scoreInFull(Preview picture) {
      try (Batch batch = exact.newBatch()) {
        picture.write(exact.format(), 1, batch.pixels());
        return Optional.of(exact.score(batch, 1));
      }
    }
  }

  private static Image picture() {
    byte[] rgb = new byte[SIDE * SIDE * 3];
    for (int i = 0; i < rgb.length; i++) {
      rgb[i] = (byte) (i * 37 % 251);
    }
    return Image.of8(SIDE, SIDE, 3, rgb);
  }

  private static PipelinedClassifier classifier(PixelScorer scorer) {
    return (PipelinedClassifier)
        Classifier.of("plain", Preprocessing.imageNet().withSize(SIDE, SIDE), 8, scorer);
  }

  private static PipelinedClassifier rounding() {
    return classifier(OriginalScoresTest::rounded);
  }

  private static PipelinedClassifier inFull() {
    return new InFull(rounding(), classifier(OriginalScoresTest::exact));
  }

  private static Explanation explained(PipelinedClassifier classifier, ExplainOptions options) {
    try (Explainer explainer = Explainer.of(classifier, Labels.none())) {
      return explainer.explain(picture(), options, Progress.none());
    }
  }

  @Test
  void shouldShowAndRankThePictureByItsScoresInFull() {
    Explanation coarse = explained(rounding(), OPTIONS);
    Explanation full = explained(inFull(), OPTIONS);
    assertEquals(List.of(0, 1), coarse.samples().classes());
    assertEquals(List.of(1, 0), full.samples().classes());
    List<ScoredClass> scores = full.scores();
    assertEquals(0x1p-9, scores.get(0).score() - scores.get(1).score());
    assertEquals(scores.getFirst(), full.classes().getFirst().scored());
    assertEquals("fp64", full.provenance().model().originalPrecision());
    assertEquals("fp32", full.provenance().model().precision());
    double all = scores.stream().mapToDouble(one -> Math.exp(one.score())).sum();
    assertEquals(Math.exp(scores.getFirst().score()) / all, scores.getFirst().probability(), 1e-12);
  }

  @Test
  void shouldLeaveSamplesAndFitsAsTheyAre() {
    for (ExplainOptions options : List.of(OPTIONS, OPTIONS.withStop(0.01))) {
      ExplainOptions named = options.withClasses(new ClassChoice.Listed(List.of(2, 1)));
      Explanation coarse = explained(rounding(), named);
      Explanation full = explained(inFull(), named);
      assertArrayEquals(coarse.samples().ownScores(), full.samples().ownScores());
      for (int c = 0; c < 2; c++) {
        assertEquals(coarse.classes().get(c).fit(), full.classes().get(c).fit());
        assertEquals(coarse.verdict(c), full.verdict(c));
        double shown = full.classes().get(c).scored().score();
        assertEquals(Math.rint(shown * 4) / 4, full.localTarget(c));
      }
      assertEquals(coarse.stopping(), full.stopping());
      assertEquals(coarse.notices(), full.notices());
    }
  }

  @Test
  void shouldShowTheSameOfAnExplanationInShards() {
    Explanation whole = explained(inFull(), OPTIONS);
    try (Explainer explainer = Explainer.of(inFull(), Labels.none())) {
      ShardedExplainer shards = explainer.shards();
      ShardPlan plan = shards.plan(picture(), OPTIONS, Progress.none());
      List<ShardScores> parts =
          plan.shards(1_000_000).stream()
              .map(range -> shards.score(plan.work(), range, Progress.none()))
              .toList();
      ShardedExplanation sharded = plan.finish(parts);
      assertEquals(whole.scores(), sharded.scores());
      for (int c = 0; c < 2; c++) {
        assertEquals(whole.classes().get(c).scored(), sharded.classes().get(c).scored());
        assertEquals(
            whole.classes().get(c).fit().coefficients(),
            sharded.classes().get(c).fit().coefficients());
        assertEquals(whole.localTarget(c), sharded.localTargets().get(c));
      }
    }
  }
}
