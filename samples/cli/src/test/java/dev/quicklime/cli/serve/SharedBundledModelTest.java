package dev.quicklime.cli.serve;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.quicklime.ExplainOptions;
import dev.quicklime.Explainer;
import dev.quicklime.Explanation;
import dev.quicklime.cli.TestPictures;
import dev.quicklime.cli.options.ModelFiles;
import dev.quicklime.files.card.ModelCard;
import dev.quicklime.image.Image;
import dev.quicklime.image.ImageFiles;
import dev.quicklime.image.ReadLimits;
import dev.quicklime.model.Labels;
import dev.quicklime.model.ModelOptions;
import dev.quicklime.model.PipelinedClassifier;
import dev.quicklime.model.Precision;
import dev.quicklime.run.Progress;
import dev.quicklime.scenes.Bundled;
import dev.quicklime.segment.Tiles;
import dev.quicklime.serve.model.SharedBatches;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The bundled model explains as it does alone when several share its forward passes. */
@Timeout(240)
class SharedBundledModelTest {

  private static final int THREADS = 6;

  private static final ExplainOptions OPTIONS =
      ExplainOptions.defaults().withSegmenter(new Tiles(4, 4)).withSamples(40);

  @TempDir Path folder;

  @Test
  void shouldExplainAsItDoesAlone() throws Exception {
    ModelCard card = ModelFiles.card(Bundled.model());
    ModelOptions how =
        ModelOptions.of(card.preprocessing()).withBatch(16).withPrecision(Precision.FP32);
    PipelinedClassifier model = ModelFiles.open(Bundled.model(), how, card);
    SharedBatches shared = SharedBatches.of(model, 1, Duration.ofMillis(20));
    List<Image> pictures = new ArrayList<>();
    for (int i = 0; i < THREADS; i++) {
      pictures.add(
          ImageFiles.read(
              TestPictures.write(folder.resolve(i + ".png"), 60 + 4 * i, 64),
              ReadLimits.defaults()));
    }
    try (Explainer together = Explainer.of(shared, Labels.none());
        ExecutorService threads = Executors.newFixedThreadPool(THREADS)) {
      Explainer alone = Explainer.of(model, Labels.none());
      List<Explanation> expected = new ArrayList<>();
      for (Image picture : pictures) {
        expected.add(alone.explain(picture, OPTIONS, Progress.none()));
      }
      List<Future<Explanation>> running = new ArrayList<>();
      for (Image picture : pictures) {
        running.add(threads.submit(() -> together.explain(picture, OPTIONS, Progress.none())));
      }
      for (int i = 0; i < THREADS; i++) {
        Explanation got = running.get(i).get(200, TimeUnit.SECONDS);
        for (int c = 0; c < got.classes().size(); c++) {
          List<Double> own = expected.get(i).classes().get(c).fit().coefficients();
          List<Double> other = got.classes().get(c).fit().coefficients();
          for (int j = 0; j < own.size(); j++) {
            assertEquals(own.get(j), other.get(j), 1e-5);
          }
        }
      }
      // 42 rows are two full batches and ten rows.
      assertTrue(shared.forwards() < 3 * THREADS, shared.forwards() + " forward passes");
      assertTrue(shared.sharedRows() > 0);
    }
  }
}
