package dev.quicklime;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.quicklime.design.Bernoulli;
import dev.quicklime.design.MaskMatrix;
import dev.quicklime.design.MaskSampler;
import dev.quicklime.image.Image;
import dev.quicklime.image.Preprocessing;
import dev.quicklime.model.Classifier;
import dev.quicklime.model.Labels;
import dev.quicklime.model.PixelScorer;
import dev.quicklime.model.Target;
import dev.quicklime.run.Progress;
import dev.quicklime.segment.Tiles;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CancellationException;
import org.junit.jupiter.api.Test;

class PictureScorerTest {

  private static final int SIDE = 12;
  private static final PixelScorer CORNERS =
      pixels -> new double[] {pixels[0], pixels[7] * pixels[100], pixels[140]};
  private static final ExplainOptions OPTIONS =
      ExplainOptions.defaults().withSegmenter(new Tiles(3, 3)).withSamples(50);

  private static Image picture() {
    byte[] pixels = new byte[SIDE * SIDE * 3];
    new Random(1).nextBytes(pixels);
    return Image.of8(SIDE, SIDE, 3, pixels);
  }

  private static Explainer explainer(PixelScorer scorer) {
    Preprocessing input = Preprocessing.imageNet().withSize(SIDE, SIDE);
    return Explainer.of(Classifier.of("corners", input, 7, scorer), Labels.none());
  }

  @Test
  void shouldScoreAnyMasksAsAnExplanationDoes() {
    try (Explainer explainer = explainer(CORNERS)) {
      Explanation explanation = explainer.explain(picture(), OPTIONS, Progress.none());
      Samples samples = explanation.samples();
      try (PictureScorer scorer = explainer.scorer(explanation.perturbation())) {
        double[][] got =
            scorer.score(
                samples.masks(),
                samples.classes(),
                List.of(Target.PROBABILITY, Target.LOGIT),
                Progress.none());
        assertArrayEquals(samples.scores(), got[0]);
        // Rows without the original, and one class twice.
        MaskMatrix hidden = MaskMatrix.of(new boolean[3][9]);
        double[] none =
            scorer.score(hidden, List.of(1, 1), List.of(Target.LOGIT), Progress.none())[0];
        assertEquals(6, none.length);
        assertEquals(none[0], none[5]);
      }
    }
  }

  @Test
  void shouldScoreAllClassesInBatches() {
    try (Explainer explainer = explainer(CORNERS)) {
      Explanation explanation = explainer.explain(picture(), OPTIONS, Progress.none());
      MaskMatrix masks = explanation.samples().masks();
      try (PictureScorer scorer = explainer.scorer(explanation.perturbation())) {
        List<Long> told = new ArrayList<>();
        double[] all = scorer.score(masks, (scored, of) -> told.add(scored));
        double[] wanted =
            scorer.score(masks, List.of(0, 1, 2), List.of(Target.LOGIT), Progress.none())[0];
        assertArrayEquals(wanted, all);
        assertEquals(List.of(7L, 14L, 21L, 28L, 35L, 42L, 49L, 51L), told);
        MaskMatrix narrow = MaskMatrix.of(new boolean[1][8]);
        assertThrows(InvalidInputException.class, () -> scorer.score(narrow, Progress.none()));
      }
    }
  }

  @Test
  void shouldRefuseWhatDoesNotFit() {
    try (Explainer explainer = explainer(CORNERS)) {
      Explanation explanation = explainer.explain(picture(), OPTIONS, Progress.none());
      MaskMatrix masks = MaskMatrix.of(new boolean[1][9]);
      List<Target> logit = List.of(Target.LOGIT);
      try (PictureScorer scorer = explainer.scorer(explanation.perturbation())) {
        for (MaskMatrix wrong : List.of(MaskMatrix.of(new boolean[1][8]))) {
          assertThrows(
              InvalidInputException.class,
              () -> scorer.score(wrong, List.of(0), logit, Progress.none()));
        }
        for (List<Integer> wrong : List.of(List.<Integer>of(), List.of(3), List.of(-1))) {
          assertThrows(
              InvalidInputException.class,
              () -> scorer.score(masks, wrong, logit, Progress.none()));
        }
        assertThrows(
            InvalidInputException.class,
            () -> scorer.score(masks, List.of(0), List.of(), Progress.none()));
      }
    }
  }

  @Test
  void shouldRefuseProbabilitiesOfASingleOutput() {
    try (Explainer explainer = explainer(pixels -> new double[] {pixels[0]})) {
      Explanation explanation = explainer.explain(picture(), OPTIONS, Progress.none());
      MaskMatrix masks = MaskMatrix.of(new boolean[1][9]);
      try (PictureScorer scorer = explainer.scorer(explanation.perturbation())) {
        assertThrows(
            InvalidInputException.class,
            () -> scorer.score(masks, List.of(0), List.of(Target.PROBABILITY), Progress.none()));
      }
    }
  }

  @Test
  void shouldStopWhenItsThreadIsInterrupted() {
    try (Explainer explainer = explainer(CORNERS)) {
      Explanation explanation = explainer.explain(picture(), OPTIONS, Progress.none());
      MaskMatrix masks = MaskSampler.draw(Bernoulli.defaults(), 100, 9, 1);
      try (PictureScorer scorer = explainer.scorer(explanation.perturbation())) {
        Thread.currentThread().interrupt();
        assertThrows(
            CancellationException.class,
            () -> scorer.score(masks, List.of(0), List.of(Target.LOGIT), Progress.none()));
      }
    }
  }
}
