package dev.quicklime.testkit;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.quicklime.cam.CamInput;
import dev.quicklime.cam.CamLayer;
import dev.quicklime.cam.CamMap;
import dev.quicklime.cam.CamOptions;
import dev.quicklime.cam.CamResult;
import dev.quicklime.cam.FrameWeights;
import dev.quicklime.model.Device;
import dev.quicklime.model.Target;
import dev.quicklime.torch.architecture.Architecture;
import dev.quicklime.torch.cam.GradCam;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** What must hold for every kind of network. */
class GradCamNetworksTest {

  private static final int CLASSES = 5;
  private static final List<Integer> ALL = IntStream.range(0, CLASSES).boxed().toList();

  @TempDir Path folder;

  private GradCam open(Miniature miniature) throws IOException {
    Path file = folder.resolve(miniature + ".pt");
    RandomModel.save(miniature, CLASSES, 3, file);
    return GradCam.load(file, Device.cpu(), 1);
  }

  private static CamOptions all() {
    return CamOptions.defaults().withClasses(ALL);
  }

  @ParameterizedTest
  @CsvSource({
    // Before the last pooling, not the 4×4 that is flattened.
    "VGG, features.18, relu_, 32, 1, 8, 8",
    "INCEPTION, features, cat, 48, 1, 10, 10",
    "MOBILENET, features, hardswish, 64, 1, 8, 8",
    "R3D18, layer4, relu_, 24, 2, 3, 3",
    // Of the last block the class token alone is read.
    "VIT, layers.1, add, 32, 1, 6, 6",
  })
  void shouldFindTheLastLayerWithPlaces(
      Miniature miniature,
      String module,
      String operation,
      int channels,
      int frames,
      int height,
      int width)
      throws IOException {
    try (GradCam cam = open(miniature)) {
      List<CamLayer> layers = cam.layers(Inputs.of(miniature, 1).shape());
      CamLayer layer = layers.stream().filter(CamLayer::automatic).findFirst().orElseThrow();
      assertEquals(1, layers.stream().filter(CamLayer::automatic).count());
      assertEquals(module, layer.called());
      assertEquals(operation, layer.operation());
      assertEquals(channels, layer.channels());
      assertEquals(frames, layer.frames());
      assertEquals(List.of(height, width), List.of(layer.height(), layer.width()));
      assertEquals(miniature == Miniature.VIT, layer.tokens());
      assertTrue(layers.size() > 20, layers.size() + " layers");
      assertEquals(layer, cam.explain(Inputs.of(miniature, 1), all()).layer());
    }
  }

  @ParameterizedTest
  @EnumSource(Miniature.class)
  void shouldMapABatchAsEachAlone(Miniature miniature) throws IOException {
    CamInput batch = Inputs.of(miniature, 3);
    try (GradCam cam = open(miniature)) {
      CamResult together = cam.explain(batch, CamOptions.defaults().withTop(2));
      assertEquals(3, together.pictures().size());
      for (int i = 0; i < 3; i++) {
        List<CamMap> alone =
            cam.explain(Inputs.one(batch, i), CamOptions.defaults().withTop(2)).first();
        for (int c = 0; c < 2; c++) {
          CamMap map = together.pictures().get(i).get(c);
          assertEquals(alone.get(c).index(), map.index());
          assertEquals(alone.get(c).score(), map.score(), 1e-4);
          assertArrayEquals(
              alone.get(c).values(), map.values(), 1e-4f * Math.max(map.largest(), 1e-3f));
        }
      }
    }
  }

  @ParameterizedTest
  @EnumSource(Miniature.class)
  void shouldMapSeveralClassesAsOneAtATime(Miniature miniature) throws IOException {
    CamInput input = Inputs.of(miniature, 1);
    try (GradCam cam = open(miniature)) {
      List<CamMap> together = cam.explain(input, all()).first();
      boolean any = false;
      for (int c = 0; c < CLASSES; c++) {
        CamMap alone =
            cam.explain(input, CamOptions.defaults().withClasses(List.of(c))).first().getFirst();
        assertEquals(c, together.get(c).index());
        assertArrayEquals(alone.values(), together.get(c).values(), 1e-6f);
        assertArrayEquals(alone.alphas(), together.get(c).alphas(), 1e-6);
        any |= alone.largest() > 0;
      }
      assertTrue(any, "all maps are empty");
    }
  }

  @ParameterizedTest
  @EnumSource(Miniature.class)
  void shouldDifferentiateProbabilitiesByTheChainRule(Miniature miniature) throws IOException {
    CamInput input = Inputs.of(miniature, 1);
    try (GradCam cam = open(miniature)) {
      List<CamMap> logits = cam.explain(input, all()).first();
      List<CamMap> probabilities = cam.explain(input, all().withTarget(Target.PROBABILITY)).first();
      assertEquals(1, logits.stream().mapToDouble(CamMap::probability).sum(), 1e-12);
      for (int k = 0; k < logits.getFirst().alphas().length; k++) {
        double mean = 0;
        for (CamMap map : logits) {
          mean += map.probability() * map.alphas()[k];
        }
        for (int c = 0; c < CLASSES; c++) {
          double expected = logits.get(c).probability() * (logits.get(c).alphas()[k] - mean);
          assertEquals(expected, probabilities.get(c).alphas()[k], 1e-6);
        }
      }
    }
  }

  @ParameterizedTest
  @EnumSource(Miniature.class)
  void shouldMapAFrozenFileAlike(Miniature miniature) throws IOException {
    CamInput input = Inputs.of(miniature, 1);
    Path file = folder.resolve("plain.pt");
    RandomModel.save(miniature, CLASSES, 3, file);
    try (GradCam cam = GradCam.load(file, Device.cpu(), 1);
        GradCam frozen = GradCam.load(ScriptModules.freeze(file), Device.cpu(), 1)) {
      CamResult expected = cam.explain(input, all());
      CamResult got = frozen.explain(input, all());
      assertEquals(expected.layer().operation(), got.layer().operation());
      for (int c = 0; c < CLASSES; c++) {
        float[] values = expected.first().get(c).values();
        float largest = Math.max(expected.first().get(c).largest(), 1e-3f);
        assertArrayEquals(values, got.first().get(c).values(), 1e-4f * largest);
      }
    }
  }

  @Test
  void shouldWeightTheFramesOfAVideoTogetherOrEachAlone() throws IOException {
    CamInput input = Inputs.of(Miniature.R3D18, 1);
    try (GradCam cam = open(Miniature.R3D18)) {
      CamMap all = cam.explain(input, all().withLayer("layer3")).first().getFirst();
      CamMap each =
          cam.explain(input, all().withLayer("layer3").withFrames(FrameWeights.EACH_FRAME))
              .first()
              .getFirst();
      assertEquals(4, all.frames());
      assertEquals(16, all.alphas().length);
      assertEquals(4 * 16, each.alphas().length);
      for (int k = 0; k < 16; k++) {
        double sum = 0;
        for (int frame = 0; frame < 4; frame++) {
          sum += each.alphas()[frame * 16 + k];
        }
        assertEquals(all.alphas()[k], sum / 4, 1e-7);
      }
    }
  }

  @Test
  void shouldMapAResNet50() throws IOException {
    Path file = folder.resolve("resnet50.pt");
    RandomModel.save(Architecture.parse("resnet50"), 10, 1, file);
    try (GradCam cam = GradCam.load(file, Device.cpu(), 1)) {
      CamResult got = cam.explain(Inputs.of(1, 1, 3, 96, 96), CamOptions.defaults());
      assertEquals("layer4", got.layer().called());
      assertEquals(2048, got.layer().channels());
      assertEquals(9, got.first().getFirst().values().length);
      assertTrue(got.first().getFirst().largest() > 0);
    }
  }
}
