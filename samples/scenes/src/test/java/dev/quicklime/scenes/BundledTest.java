package dev.quicklime.scenes;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.quicklime.ExplainOptions;
import dev.quicklime.Explainer;
import dev.quicklime.Explanation;
import dev.quicklime.QuicklimeException;
import dev.quicklime.files.card.ModelCard;
import dev.quicklime.image.ImageFiles;
import dev.quicklime.model.ClassChoice;
import dev.quicklime.model.Labels;
import dev.quicklime.model.ModelOptions;
import dev.quicklime.model.PipelinedClassifier;
import dev.quicklime.run.Progress;
import dev.quicklime.scenes.model.SceneAccuracy;
import dev.quicklime.scenes.model.SceneModel;
import dev.quicklime.segment.Tiles;
import dev.quicklime.torch.Models;
import dev.quicklime.torch.TorchScript;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BundledTest {

  @TempDir static Path cache;

  /** The most a clone should have to carry for the model. */
  private static final long MAX_MODEL_BYTES = 3 << 20;

  private static final ExplainOptions ONE_SAMPLE =
      ExplainOptions.defaults()
          .withSegmenter(new Tiles(2, 2))
          .withSamples(1)
          .withClasses(ClassChoice.top(1));

  @BeforeAll
  static void unpackIntoAFolderOfTheTest() {
    System.setProperty("dev.quicklime.cache", cache.toString());
  }

  @Test
  void shouldCallItsPicturesByNameAndOthersByPath() {
    Path first = Bundled.pictures().getFirst();
    assertEquals(first.getFileName().toString(), Bundled.called(first));
    assertEquals("photos/cat.png", Bundled.called(Path.of("photos/cat.png")));
    assertEquals("cat.png", Bundled.called(Path.of("cat.png")));
  }

  @Test
  void shouldComeWithAModelThatDescribesItself() throws IOException {
    ModelCard card = Models.card(Bundled.model());
    assertEquals(SceneModel.preprocessing(), card.preprocessing());
    assertEquals(SceneModel.labels(), card.labels());
    assertEquals(SceneModel.labels(), Labels.read(Bundled.labels()).names());
    assertTrue(Files.size(Bundled.model()) <= MAX_MODEL_BYTES);
  }

  @Test
  void shouldRecogniseTheBundledPictures() {
    assertTrue(Bundled.pictures().size() >= 4);
    try (Explainer explainer = Explainer.open(Bundled.model())) {
      for (Path picture : Bundled.pictures()) {
        Explanation got = explainer.explain(picture, ONE_SAMPLE, Progress.none());
        assertTrue(got.picture().width() >= 192 && got.picture().height() >= 192);
        String name = String.valueOf(picture.getFileName());
        assertTrue(
            name.startsWith(got.scores().getFirst().label() + "-"),
            name + " was taken for " + got.scores());
      }
    }
  }

  @Test
  void shouldRecogniseUnseenScenes() {
    ModelOptions options = ModelOptions.of(SceneModel.preprocessing());
    try (PipelinedClassifier classifier = TorchScript.open(Bundled.model(), options)) {
      double accuracy = SceneAccuracy.measure(classifier, SceneAccuracy.UNSEEN, 640, done -> {});
      assertTrue(accuracy >= 0.95, "accuracy " + accuracy);
    }
  }

  @Test
  void shouldSayWhereItCannotUnpack() throws IOException {
    Path file = Files.createFile(cache.resolve("a-file"));
    QuicklimeException e = assertThrows(QuicklimeException.class, () -> Bundled.unpack(file));
    assertTrue(e.toString().contains("dev.quicklime.cache"), e.toString());
  }

  @Test
  void shouldUnpackOnceThoughSeveralAskAtOnce() throws Exception {
    Path folder = cache.resolve("together");
    try (ExecutorService threads = Executors.newFixedThreadPool(8)) {
      List<Future<Path>> unpacked = new ArrayList<>();
      for (int i = 0; i < 8; i++) {
        unpacked.add(threads.submit(() -> Bundled.unpack(folder)));
      }
      for (Future<Path> path : unpacked) {
        assertEquals(unpacked.getFirst().get(), path.get());
      }
    }
    try (Stream<Path> left = Files.list(folder)) {
      assertEquals(1, left.count());
    }
    for (Path picture : Bundled.pictures()) {
      assertEquals(256, ImageFiles.read(picture).width());
    }
  }
}
