package dev.quicklime.torch.cam;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.quicklime.InvalidInputException;
import dev.quicklime.QuicklimeException;
import dev.quicklime.cam.AlphaNormalization;
import dev.quicklime.cam.CamInput;
import dev.quicklime.cam.CamLayer;
import dev.quicklime.cam.CamMap;
import dev.quicklime.cam.CamOptions;
import dev.quicklime.cam.CamResult;
import dev.quicklime.model.Device;
import dev.quicklime.model.Target;
import dev.quicklime.torch.internal.TestModules;
import dev.quicklime.torch.internal.TorchRuntime;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.SplittableRandom;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Known answers, and what is said where there are none. */
class GradCamTest {

  private static final int MAPS = 4;
  private static final int CLASSES = 3;
  private static final int SIDE = 5;
  private static final int PLACES = SIDE * SIDE;

  /** Global average pooling and a linear layer, which class activation maps are made of. */
  private static final String POOLED =
      "x = torch.relu(x)\nreturn torch.linear(x.mean([2, 3]), self.w)";

  private static final String FLAT =
      "x = torch.relu(x)\nreturn torch.linear(torch.flatten(x, 1), self.w)";

  private static final CamOptions ALL = CamOptions.defaults().withClasses(List.of(0, 1, 2));

  @TempDir Path folder;

  private final CamInput picture = noise(5, 1, 3, SIDE, SIDE);

  private Path pooled() {
    return TestModules.saveMaps(folder, MAPS, POOLED, CLASSES, MAPS);
  }

  private Path flat() {
    return TestModules.saveMaps(folder, MAPS, FLAT, CLASSES, MAPS * PLACES);
  }

  private static GradCam open(Path file) {
    return GradCam.load(file, Device.cpu(), 1);
  }

  @Test
  void shouldBeTheClassActivationMapWhereThatIsDefined() {
    Path file = pooled();
    float[] w = TestModules.parameter(file, "w");
    try (GradCam cam = open(file)) {
      List<CamMap> maps = cam.explain(picture, ALL).first();
      for (int c = 0; c < CLASSES; c++) {
        for (int k = 0; k < MAPS; k++) {
          assertEquals(w[c * MAPS + k] / (double) PLACES, maps.get(c).alphas()[k], 1e-6);
        }
      }
    }
  }

  @Test
  void shouldAddUpToTheScoreWhereNoPlaceIsNegative() {
    String head = POOLED.replace("self.w", "torch.abs(self.w)");
    try (GradCam cam = open(TestModules.saveMaps(folder, MAPS, head, CLASSES, MAPS))) {
      for (CamMap map : cam.explain(picture, ALL).first()) {
        assertTrue(map.score() > 0.1, "a score of " + map.score());
        assertEquals(map.score(), sum(map), 1e-5 * map.score());
      }
    }
  }

  private static double sum(CamMap map) {
    double sum = 0;
    for (float value : map.values()) {
      sum += value;
    }
    return sum;
  }

  @Test
  void shouldHaveTheGradientOfASoftmax() {
    Path file = flat();
    float[] w = TestModules.parameter(file, "w");
    try (GradCam cam = open(file)) {
      List<CamMap> maps = cam.explain(picture, ALL.withTarget(Target.PROBABILITY)).first();
      double[] y = maps.stream().mapToDouble(CamMap::probability).toArray();
      for (int c = 0; c < CLASSES; c++) {
        for (int k = 0; k < MAPS; k++) {
          double alpha = 0;
          for (int i = k * PLACES; i < (k + 1) * PLACES; i++) {
            double mean = 0;
            for (int j = 0; j < CLASSES; j++) {
              mean += y[j] * w[j * MAPS * PLACES + i];
            }
            alpha += y[c] * (w[c * MAPS * PLACES + i] - mean) / PLACES;
          }
          assertEquals(alpha, maps.get(c).alphas()[k], 1e-6);
        }
      }
    }
  }

  @Test
  void shouldTakeAModelsOwnSoftmaxForItsScore() {
    String head = FLAT.replace("return ", "x = ") + "\nreturn torch.softmax(x, 1)";
    Path file = TestModules.saveMaps(folder, MAPS, head, CLASSES, MAPS * PLACES);
    float[] w = TestModules.parameter(file, "w");
    try (GradCam cam = open(file)) {
      List<CamMap> maps = cam.explain(picture, ALL).first();
      double mean = 0;
      double alpha = 0;
      for (int i = 0; i < PLACES; i++) {
        mean = 0;
        for (CamMap map : maps) {
          mean += map.score() * w[map.index() * MAPS * PLACES + i];
        }
        alpha += maps.get(1).score() * (w[MAPS * PLACES + i] - mean) / PLACES;
      }
      assertEquals(alpha, maps.get(1).alphas()[0], 1e-6);
    }
  }

  @ParameterizedTest
  @CsvSource({"'x = torch.relu_(x)'", "'torch.relu_(x)'", "'y = x * 1.0\ntorch.relu_(x)'"})
  void shouldTakeWhatAnActivationOverwrites(String rectified) {
    String head = "\nreturn torch.linear(x.mean([2, 3]), torch.abs(self.w))";
    Path file =
        TestModules.saveMaps(folder, MAPS, rectified.replace("\\n", "\n") + head, CLASSES, MAPS);
    try (GradCam cam = open(file)) {
      CamResult result = cam.explain(picture, ALL);
      assertEquals("relu_", result.layer().operation());
      // A linear model of rectified maps with no negative weight: the map adds up to the score.
      CamMap map = result.first().getFirst();
      assertTrue(map.score() > 0.1, "a score of " + map.score());
      assertEquals(map.score(), sum(map), 1e-5 * map.score());
      assertEquals(MAPS, map.alphas().length);
    }
  }

  @Test
  void shouldNormaliseWeightsToAddUpToOne() {
    Path file = pooled();
    try (GradCam cam = open(file)) {
      List<CamMap> means = cam.explain(picture, ALL).first();
      List<CamMap> ones =
          cam.explain(picture, ALL.withNormalization(AlphaNormalization.SUM_TO_ONE)).first();
      for (int c = 0; c < CLASSES; c++) {
        double sum = 0;
        for (double alpha : means.get(c).alphas()) {
          sum += alpha;
        }
        if (sum > 0) {
          assertTrue(ones.get(c).notices().isEmpty());
          for (int k = 0; k < MAPS; k++) {
            assertEquals(means.get(c).alphas()[k] / sum, ones.get(c).alphas()[k], 1e-9);
          }
        } else {
          assertTrue(ones.get(c).notices().getFirst().contains("add up to 1"));
          assertArrayEquals(means.get(c).alphas(), ones.get(c).alphas());
        }
      }
    }
  }

  @Test
  void shouldTakeTheOutputOfAModelWithOne() {
    Path file =
        TestModules.saveMaps(folder, MAPS, POOLED.replace(", self.w)", ", self.w)[:, 0]"), 1, MAPS);
    try (GradCam cam = open(file)) {
      CamResult plain = cam.explain(picture, CamOptions.defaults());
      CamResult result = cam.explain(picture, CamOptions.defaults().withTarget(Target.PROBABILITY));
      assertEquals(1, result.first().size());
      assertArrayEquals(plain.first().getFirst().alphas(), result.first().getFirst().alphas());
      assertTrue(result.notices().getFirst().contains("one output"));
    }
  }

  @Test
  void shouldTakeLayersByModuleAndByValue() {
    try (GradCam cam = open(pooled())) {
      List<CamLayer> layers = cam.layers(1, 3, SIDE, SIDE);
      assertEquals(List.of("conv2d", "relu"), layers.stream().map(CamLayer::operation).toList());
      assertNull(layers.getFirst().module());
      CamResult result = cam.explain(picture, ALL.withLayer(layers.getFirst().name()));
      assertEquals("conv2d", result.layer().operation());
      assertFalse(result.layer().automatic());
    }
  }

  @Test
  void shouldFindPatchesWithoutAConvolution() {
    // 2×3 patches of a 4×6 picture, averaged without a class token.
    String head =
        """
        x = x[:, :3].reshape([x.size(0), 3, 2, 2, 3, 2]).permute([0, 2, 4, 1, 3, 5])
        x = x.reshape([x.size(0), 6, 12]).matmul(self.w)
        return torch.gelu(x).mean(1)\
        """;
    Path file = TestModules.saveMaps(folder, MAPS, head, 12, CLASSES);
    try (GradCam cam = open(file)) {
      CamLayer layer = cam.explain(noise(1, 2, 3, 4, 6), ALL).layer();
      assertEquals("gelu", layer.operation());
      assertTrue(layer.tokens());
      assertEquals(List.of(2, 3), List.of(layer.height(), layer.width()));
    }
  }

  @Test
  void shouldReadMapsThatAreTheLastDimension() {
    String first = "x = torch.relu(x)\nreturn torch.linear(x.mean([2, 3]), self.w)";
    String last =
        "x = torch.relu(x).permute([0, 2, 3, 1]).contiguous()\n"
            + "return torch.linear(x.mean([1, 2]), self.w)";
    int maps = 40;
    for (String head : List.of(first, last)) {
      Path file = TestModules.saveMaps(folder, maps, head, CLASSES, maps);
      float[] w = TestModules.parameter(file, "w");
      try (GradCam cam = open(file)) {
        CamResult result = cam.explain(picture, ALL);
        assertEquals(head.equals(last) ? "contiguous" : "relu", result.layer().operation());
        assertEquals(maps, result.layer().channels());
        assertEquals(List.of(SIDE, SIDE), List.of(result.layer().height(), result.layer().width()));
        for (int k = 0; k < maps; k++) {
          assertEquals(w[k] / (double) PLACES, result.first().getFirst().alphas()[k], 1e-6);
        }
      }
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "return torch.linear((x.mean([2, 3]) > 0).to(6), self.w) | do not depend on layer",
        "return torch.linear(x.mean([2, 3]), self.w) * 0 | is 0 at all places of layer",
        "return torch.linear(x.mean([2, 3]), self.w) / 0 | must return finite scores",
        "return torch.linear(torch.sqrt(x.mean([2, 3]) * 0), self.w) | must be finite, got",
        "return x | one of shape [1, 4, 5, 5]",
        "return (x, x) | a tensor of",
        "return x.view(-1)[:7].view(1, 7).long() | a tensor of long",
        "return torch.linear(x.flatten(1), self.w) | failed on an input of [1, 3, 5, 5]",
      })
  void shouldSayInOneLineWhatTheModelDid(String body, String expected) {
    Path file = TestModules.saveMaps(folder, MAPS, body.strip(), CLASSES, MAPS);
    try (GradCam cam = open(file)) {
      QuicklimeException e =
          assertThrows(QuicklimeException.class, () -> cam.explain(picture, CamOptions.defaults()));
      assertTrue(e.toString().contains(expected), e.getMessage());
      assertTrue(e.toString().contains(String.valueOf(file.getFileName())), e.getMessage());
      assertEquals(1, e.toString().lines().count());
    }
  }

  @Test
  void shouldSayThatNothingHasPlaces() {
    Path file = TestModules.save(folder, "return x.mean([2, 3])");
    try (GradCam cam = open(file)) {
      QuicklimeException e =
          assertThrows(QuicklimeException.class, () -> cam.explain(picture, CamOptions.defaults()));
      assertTrue(e.toString().contains("no layer with places"), e.getMessage());
      assertThrows(QuicklimeException.class, () -> cam.layers(1, 3, SIDE, SIDE));
    }
  }

  @Test
  void shouldNameLayersThatAreNearTheOneAskedFor() {
    try (GradCam cam = open(pooled())) {
      String name = cam.layers(1, 3, SIDE, SIDE).getLast().name();
      InvalidInputException e =
          assertThrows(
              InvalidInputException.class, () -> cam.explain(picture, ALL.withLayer(name + "q")));
      assertTrue(String.valueOf(e.getMessage()).contains("near ones are " + name), e.getMessage());
    }
  }

  @Test
  void shouldRefuseWhatNoModelTakes() throws IOException {
    Path file = pooled();
    try (GradCam cam = open(file)) {
      assertThrows(
          InvalidInputException.class, () -> cam.explain(picture, ALL.withClasses(List.of(3))));
      assertThrows(
          QuicklimeException.class,
          () -> cam.explain(noise(1, 1, 4, SIDE, SIDE), CamOptions.defaults()));
      assertThrows(InvalidInputException.class, () -> cam.layers(1, 3, SIDE));
    }
    assertThrows(InvalidInputException.class, () -> open(folder.resolve("missing.pt")));
    Path text = Files.writeString(folder.resolve("text.pt"), "not a model");
    assertThrows(QuicklimeException.class, () -> open(text));
    Path compiled = folder.resolve("model.pt2");
    try (InputStream in = GradCamTest.class.getResourceAsStream("/dev/quicklime/torch/tiny.pt2")) {
      Files.copy(Objects.requireNonNull(in), compiled);
    }
    QuicklimeException e = assertThrows(QuicklimeException.class, () -> open(compiled));
    assertTrue(e.toString().contains("no gradients"), e.getMessage());
    assertThrows(InvalidInputException.class, () -> GradCam.load(file, Device.parse("cuda:0,1")));
    assertThrows(InvalidInputException.class, () -> GradCam.load(file, Device.cpu(), -1));
    assertThrows(InvalidInputException.class, () -> ALL.withTarget(Target.TOP1));
    assertThrows(InvalidInputException.class, () -> ALL.withTop(0));
    assertThrows(InvalidInputException.class, () -> ALL.withLayer(" "));
    assertThrows(InvalidInputException.class, () -> ALL.withClasses(List.of(1, 1)));
  }

  @Test
  void shouldGiveAllNativeMemoryBackAndBeClosedOnce() {
    Path file = pooled();
    open(file).close();
    long before = TorchRuntime.nativeBytes();
    GradCam cam = open(file);
    String other = cam.layers(1, 3, SIDE, SIDE).getFirst().name();
    for (int i = 0; i < 20; i++) {
      cam.explain(picture, ALL.withLayer(i % 2 == 0 ? null : other));
    }
    cam.close();
    cam.close();
    assertEquals(before, TorchRuntime.nativeBytes());
    assertThrows(IllegalStateException.class, () -> cam.explain(picture, ALL));
  }

  @Test
  void shouldServeSeveralThreadsAtOnce() {
    try (GradCam cam = open(flat())) {
      float[] expected = cam.explain(picture, ALL).first().getFirst().values();
      List<CompletableFuture<float[]>> others =
          IntStream.range(0, 4)
              .mapToObj(
                  _ ->
                      CompletableFuture.supplyAsync(
                          () -> cam.explain(picture, ALL).first().getFirst().values()))
              .toList();
      others.forEach(other -> assertArrayEquals(expected, other.join()));
    }
  }

  private static CamInput noise(long seed, int... shape) {
    SplittableRandom random = new SplittableRandom(seed);
    float[] values = new float[Arrays.stream(shape).reduce(1, (a, b) -> a * b)];
    for (int i = 0; i < values.length; i++) {
      values[i] = (float) random.nextGaussian();
    }
    return CamInput.of(values, shape);
  }
}
