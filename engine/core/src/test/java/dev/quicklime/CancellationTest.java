package dev.quicklime;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.quicklime.design.Antithetic;
import dev.quicklime.image.Image;
import dev.quicklime.image.Preprocessing;
import dev.quicklime.internal.memory.NativeBuffer;
import dev.quicklime.model.Batch;
import dev.quicklime.model.Classifier;
import dev.quicklime.model.Labels;
import dev.quicklime.model.PendingScores;
import dev.quicklime.model.PipelinedClassifier;
import dev.quicklime.run.Progress;
import dev.quicklime.segment.Tiles;
import dev.quicklime.surrogate.Ridge;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class CancellationTest {

  private static final int SIDE = 16;

  private static final ExplainOptions OPTIONS =
      ExplainOptions.defaults().withSegmenter(new Tiles(4, 4)).withSamples(300);

  private static Image picture() {
    byte[] pixels = new byte[SIDE * SIDE * 3];
    for (int i = 0; i < pixels.length; i++) {
      pixels[i] = (byte) (i * 31 % 251);
    }
    return Image.of8(SIDE, SIDE, 3, pixels);
  }

  /** Counts the batches whose scores nobody has taken yet. */
  private record Counted(PipelinedClassifier scorer, int inFlight, AtomicInteger now)
      implements ForwardingClassifier {
    @Override
    public PendingScores submit(Batch batch, int rows) {
      now.incrementAndGet();
      double[] scores = scorer.score(batch, rows);
      return () -> {
        now.decrementAndGet();
        return scores;
      };
    }
  }

  private static Explainer explainer(AtomicInteger underWay) {
    Classifier plain =
        Classifier.of(
            "sum",
            Preprocessing.imageNet().withSize(SIDE, SIDE),
            10,
            pixels -> new double[] {pixels[0] + pixels[100], pixels[7] * pixels[300]});
    return Explainer.of(new Counted((PipelinedClassifier) plain, 3, underWay), Labels.none());
  }

  @Test
  void shouldEndWhenItsTokenSaysSoAndGiveEverythingBack() {
    AtomicInteger underWay = new AtomicInteger();
    try (Explainer explainer = explainer(underWay)) {
      Explanation before = explainer.explain(picture(), OPTIONS, Progress.none());
      long held = NativeBuffer.allocated();
      AtomicBoolean cancelled = new AtomicBoolean();
      List<Long> heard = new ArrayList<>();
      Progress token =
          ((Progress)
                  (done, _) -> {
                    heard.add(done);
                    cancelled.set(done >= 50);
                  })
              .until(cancelled::get);
      CancellationException e =
          assertThrows(
              CancellationException.class, () -> explainer.explain(picture(), OPTIONS, token));
      assertEquals("cancelled after 50 of 301 samples", e.getMessage());
      assertEquals(List.of(10L, 20L, 30L, 40L, 50L), heard);
      assertEquals(0, underWay.get());
      assertEquals(held, NativeBuffer.allocated());
      assertFalse(Thread.interrupted());
      Explanation after = explainer.explain(picture(), OPTIONS, Progress.none());
      assertEquals(before.classes(), after.classes());
    }
  }

  @Test
  void shouldGoOnAsLongAsItsTokenIsSilent() {
    try (Explainer explainer = explainer(new AtomicInteger())) {
      AtomicInteger asked = new AtomicInteger();
      Explanation plain = explainer.explain(picture(), OPTIONS, Progress.none());
      Explanation watched =
          explainer.explain(
              picture(), OPTIONS, Progress.none().until(() -> asked.incrementAndGet() < 0));
      assertEquals(plain.classes(), watched.classes());
      assertEquals(31, asked.get());
    }
  }

  @Test
  void shouldEndWhateverScoresPictures() {
    try (Explainer explainer = explainer(new AtomicInteger())) {
      Explanation whole = explainer.explain(picture(), OPTIONS, Progress.none());
      Progress at = Progress.none().until(() -> true);
      assertThrows(CancellationException.class, () -> explainer.fidelity(whole, at));
      try (PictureScorer scorer = explainer.scorer(whole.perturbation())) {
        assertThrows(CancellationException.class, () -> scorer.score(whole.samples().masks(), at));
      }
    }
  }

  @Test
  void shouldAskAfterALookOfAStopRuleToo() {
    try (Explainer explainer = explainer(new AtomicInteger())) {
      AtomicBoolean looked = new AtomicBoolean();
      Progress progress =
          new Progress() {
            @Override
            public void scored(long done, long total) {
              assertFalse(looked.get());
            }

            @Override
            public void judged(double standardError) {
              looked.set(true);
            }
          };
      ExplainOptions stopping =
          OPTIONS
              .withDesign(new Antithetic())
              .withSamples(5000)
              .withSurrogate(new Ridge(1, true))
              .withStop(1e-9);
      assertThrows(
          CancellationException.class,
          () -> explainer.explain(picture(), stopping, progress.until(looked::get)));
      assertTrue(looked.get());
    }
  }
}
