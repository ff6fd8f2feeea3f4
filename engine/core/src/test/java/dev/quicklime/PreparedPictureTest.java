package dev.quicklime;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.quicklime.design.Antithetic;
import dev.quicklime.design.Bernoulli;
import dev.quicklime.design.Design;
import dev.quicklime.design.FoldedHadamard;
import dev.quicklime.image.Image;
import dev.quicklime.image.ImageFiles;
import dev.quicklime.image.Preprocessing;
import dev.quicklime.model.Classifier;
import dev.quicklime.model.Labels;
import dev.quicklime.model.PixelScorer;
import dev.quicklime.run.Progress;
import dev.quicklime.run.Stage;
import dev.quicklime.segment.Slic;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PreparedPictureTest {

  private static final int SIDE = 40;

  private static final Preprocessing INPUT = Preprocessing.imageNet().withSize(SIDE, SIDE);

  private static final ExplainOptions OPTIONS =
      ExplainOptions.defaults().withSegmenter(Slic.defaults().withSegments(12)).withSamples(200);

  private final AtomicInteger scored = new AtomicInteger();

  private final PixelScorer scorer =
      pixels -> {
        scored.incrementAndGet();
        double left = 0;
        double right = 0;
        for (int i = 0; i < pixels.length; i++) {
          if (i / 3 % SIDE < SIDE / 2) {
            left += pixels[i];
          } else {
            right += pixels[i];
          }
        }
        return new double[] {left / 100, right / 100, left * right / 1e6};
      };

  private Explainer explainer() {
    return Explainer.of(Classifier.of("halves", INPUT, 16, scorer), Labels.none());
  }

  private static Image picture(long seed) {
    byte[] pixels = new byte[64 * 50 * 3];
    new Random(seed).nextBytes(pixels);
    return Image.of8(64, 50, 3, pixels);
  }

  private static void assertSame(Explanation expected, Explanation got) {
    assertEquals(expected.classes(), got.classes());
    assertEquals(expected.scores(), got.scores());
    assertEquals(expected.samples().masks(), got.samples().masks());
    assertArrayEquals(expected.samples().scores(), got.samples().scores());
    assertArrayEquals(expected.samples().weights(), got.samples().weights());
    assertArrayEquals(expected.segments().labels(), got.segments().labels());
    assertEquals(expected.placement(), got.placement());
    assertEquals(expected.target(), got.target());
    assertEquals(expected.outputs(), got.outputs());
    assertEquals(expected.stopping(), got.stopping());
    assertEquals(expected.provenance(), got.provenance());
    assertEquals(expected.notices(), got.notices());
  }

  @Test
  void shouldGiveTheSameBitsPreparedOnAnotherThread(@TempDir Path folder) throws Exception {
    Path file = folder.resolve("picture.png");
    ImageFiles.writePng(picture(3), file);
    try (Explainer explainer = explainer();
        ExecutorService ahead = Executors.newSingleThreadExecutor()) {
      for (Design design : List.of(Bernoulli.defaults(), new Antithetic(), new FoldedHadamard())) {
        for (double stop : new double[] {0, 0.2}) {
          ExplainOptions options = OPTIONS.withDesign(design).withStop(stop);
          Callable<PreparedPicture> preparing = () -> explainer.prepare(file, options);
          PreparedPicture prepared = ahead.submit(preparing).get();
          Explanation expected = explainer.explain(file, options, Progress.none());
          assertSame(expected, explainer.explain(prepared, Progress.none()));
          // Nothing is used up.
          assertSame(expected, explainer.explain(prepared, Progress.none()));
        }
      }
    }
  }

  @Test
  void shouldNotAskTheModel() {
    try (Explainer explainer = explainer()) {
      PreparedPicture prepared = explainer.prepare(picture(1), OPTIONS);
      assertEquals(0, scored.get());
      assertEquals(OPTIONS, prepared.options());
      assertEquals(64, prepared.picture().width());
      assertEquals(201, prepared.masks().rows());
      assertEquals(prepared.perturbation().segments().count(), prepared.masks().columns());
      explainer.explain(prepared, Progress.none());
      assertTrue(scored.get() > 200);
    }
  }

  @Test
  void shouldCountWhatWasDoneAndNotTheTimeBetween(@TempDir Path folder) throws Exception {
    Path file = folder.resolve("picture.png");
    ImageFiles.writePng(picture(2), file);
    try (Explainer explainer = explainer()) {
      PreparedPicture prepared = explainer.prepare(file, OPTIONS);
      Thread.sleep(1500);
      long before = System.nanoTime();
      Explanation explanation = explainer.explain(prepared, Progress.none());
      double took = (System.nanoTime() - before) / 1e6;
      for (Stage stage : List.of(Stage.READ, Stage.RESIZE, Stage.SEGMENT, Stage.MASKS)) {
        assertTrue(prepared.timings().of(stage) > 0, stage + " took no time");
        assertEquals(prepared.timings().of(stage), explanation.timings().of(stage));
      }
      assertEquals(0, prepared.timings().of(Stage.FORWARD));
      double total = explanation.timings().total();
      assertTrue(total >= prepared.timings().total(), explanation.timings()::toString);
      assertTrue(total <= prepared.timings().total() + took, explanation.timings()::toString);
    }
  }

  @Test
  void shouldRefuseAPicturePreparedForAnotherInput() {
    Classifier other = Classifier.of("other", INPUT.withSize(SIDE, 48), 16, scorer);
    try (Explainer explainer = explainer();
        Explainer another = Explainer.of(other, Labels.none())) {
      PreparedPicture prepared = another.prepare(picture(1), OPTIONS);
      InvalidInputException refused =
          assertThrows(
              InvalidInputException.class, () -> explainer.explain(prepared, Progress.none()));
      assertTrue(
          String.valueOf(refused.getMessage()).contains("prepared for the model's input"),
          refused::toString);
    }
  }
}
