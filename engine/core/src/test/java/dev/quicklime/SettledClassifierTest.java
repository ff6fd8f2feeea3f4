package dev.quicklime;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.quicklime.image.Image;
import dev.quicklime.image.Preprocessing;
import dev.quicklime.model.Classifier;
import dev.quicklime.model.ClassifierInfo;
import dev.quicklime.model.Labels;
import dev.quicklime.model.PipelinedClassifier;
import dev.quicklime.model.Preview;
import dev.quicklime.run.Progress;
import dev.quicklime.segment.Tiles;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class SettledClassifierTest {

  private static final Preprocessing INPUT = Preprocessing.imageNet().withSize(8, 8);

  private static final ExplainOptions OPTIONS =
      ExplainOptions.defaults().withSegmenter(new Tiles(2, 2)).withSamples(30);

  private static final Image PICTURE = Image.of8(8, 8, 3, new byte[8 * 8 * 3]);

  /** Takes larger batches from its second explanation on, which it must not. */
  private record Restless(PipelinedClassifier scorer, AtomicInteger settled)
      implements ForwardingClassifier {
    @Override
    public ClassifierInfo info() {
      return scorer.info().withNotices(List.of("it is restless"));
    }

    @Override
    public int batchSize() {
      return settled.get() < 2 ? 7 : 8;
    }

    @Override
    public void settle(Preview preview) {
      settled.incrementAndGet();
    }
  }

  @Test
  void shouldHoldAClassifierToTheBatchThatItSettled() {
    PipelinedClassifier scorer =
        (PipelinedClassifier) Classifier.of("dots", INPUT, 8, pixels -> new double[] {pixels[0]});
    try (Explainer explainer =
        Explainer.of(new Restless(scorer, new AtomicInteger()), Labels.none())) {
      assertEquals(7, explainer.explain(PICTURE, OPTIONS, Progress.none()).provenance().batch());
      String refused =
          String.valueOf(
              assertThrows(
                      QuicklimeException.class,
                      () -> explainer.explain(PICTURE, OPTIONS, Progress.none()))
                  .getMessage());
      assertTrue(refused.contains("in batches of 7, got"), refused);
      assertTrue(refused.endsWith("in batches of 8"), refused);
    }
  }

  @Test
  void shouldPassOnWhatAClassifierWantsKeptInMind() {
    PipelinedClassifier scorer =
        (PipelinedClassifier) Classifier.of("dots", INPUT, 8, pixels -> new double[] {pixels[0]});
    try (Explainer explainer =
        Explainer.of(new Restless(scorer, new AtomicInteger()), Labels.none())) {
      Explanation explanation = explainer.explain(PICTURE, OPTIONS, Progress.none());
      assertTrue(explanation.notices().contains("it is restless"), explanation.notices()::toString);
    }
  }
}
