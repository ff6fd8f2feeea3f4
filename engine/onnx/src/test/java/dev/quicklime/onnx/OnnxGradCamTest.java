package dev.quicklime.onnx;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
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
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class OnnxGradCamTest {

  private static final int SIDE = 32;

  private static final CamOptions LISTED = CamOptions.defaults().withClasses(List.of(0, 1, 2));

  private static double[] doubles(float[] values) {
    return IntStream.range(0, values.length).mapToDouble(i -> values[i]).toArray();
  }

  private static void assertKnown(CamResult result, int picture) {
    for (int slot = 0; slot < 3; slot++) {
      CamMap map = result.pictures().get(picture).get(slot);
      int index = map.index();
      assertEquals(slot, index);
      double[] expected =
          IntStream.range(0, map.alphas().length)
              .mapToDouble(k -> CamFiles.alpha(index, k % CamFiles.MAPS))
              .toArray();
      assertArrayEquals(expected, map.alphas(), 1e-7, "class " + index);
      if (expected.length == CamFiles.MAPS) {
        assertArrayEquals(CamFiles.map(picture, index), doubles(map.values()), 1e-7);
      }
      assertEquals(List.of(), map.notices());
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"pooled", "beside", "fixed1", "fixed3", "single", "sized", "asked", "last"})
  void shouldGiveTheLinearLayersWeightsWhereOnlyPoolingComesBefore(String file) {
    try (OnnxGradCam cam = CamFiles.open(file)) {
      // In a file of one picture whose batch is open, several fail as they would elsewhere.
      int count = file.equals("single") ? 1 : 4;
      CamResult result = cam.explain(CamFiles.pictures(count), LISTED);
      assertEquals(4, result.classes());
      assertEquals(List.of(), result.notices());
      for (int picture = 0; picture < count; picture++) {
        assertKnown(result, picture);
      }
      assertEquals(4, result.layer().height());
      assertEquals(4, result.layer().width());
      assertTrue(result.layer().automatic());
    }
  }

  @Test
  void shouldMapTheOutputThatIsNamed() {
    Path file = CamFiles.file("either");
    try (OnnxGradCam first = OnnxGradCam.load(file, Device.cpu(), 1, "first");
        OnnxGradCam second = OnnxGradCam.load(file, Device.cpu(), 1, "1");
        OnnxGradCam open = OnnxGradCam.load(file, Device.cpu(), 1)) {
      CamResult result = first.explain(CamFiles.pictures(2), LISTED);
      assertKnown(result, 1);
      CamResult turned = second.explain(CamFiles.pictures(2), LISTED);
      for (int slot = 0; slot < 3; slot++) {
        double[] alphas = result.pictures().get(1).get(slot).alphas();
        double[] others = turned.pictures().get(1).get(slot).alphas();
        assertArrayEquals(Arrays.stream(alphas).map(a -> -a).toArray(), others, 1e-7);
      }
      String refused =
          String.valueOf(
              assertThrows(
                      QuicklimeException.class, () -> open.explain(CamFiles.pictures(1), LISTED))
                  .getMessage());
      assertTrue(refused.contains("first") && refused.contains("second"), refused);
    }
  }

  /** Levels as they are, against the same pictures normalised before. */
  private static CamInput pictures(boolean levels) {
    double[] mean = {0.485, 0.456, 0.406};
    double[] std = {0.229, 0.224, 0.225};
    float[] values = new float[2 * 3 * SIDE * SIDE];
    for (int i = 0; i < values.length; i++) {
      int channel = i / (SIDE * SIDE) % 3;
      int level = i * 37 % 256;
      values[i] = levels ? level : (float) ((level / 255.0 - mean[channel]) / std[channel]);
    }
    return CamInput.of(values, 2, 3, SIDE, SIDE);
  }

  @ParameterizedTest
  @ValueSource(strings = {"bytes", "bytesnhwc"})
  void shouldMapModelsOfLevelsAsThoseOfNormalisedPictures(String file) {
    try (OnnxGradCam plain = OnnxGradCam.load(OnnxFiles.file("nhwc"), Device.cpu(), 1);
        OnnxGradCam levels = OnnxGradCam.load(OnnxFiles.file(file), Device.cpu(), 1)) {
      CamResult expected = plain.explain(pictures(false), CamOptions.defaults());
      CamResult found = levels.explain(pictures(true), CamOptions.defaults());
      assertEquals(expected.layer().height(), found.layer().height());
      for (int picture = 0; picture < 2; picture++) {
        for (int slot = 0; slot < expected.pictures().get(picture).size(); slot++) {
          CamMap one = expected.pictures().get(picture).get(slot);
          CamMap other = found.pictures().get(picture).get(slot);
          assertEquals(one.index(), other.index());
          assertArrayEquals(one.alphas(), other.alphas(), 1e-5);
          assertArrayEquals(doubles(one.values()), doubles(other.values()), 1e-5);
        }
      }
      assertThrows(
          InvalidInputException.class,
          () -> levels.explain(pictures(false), CamOptions.defaults()));
    }
  }

  @Test
  void shouldCutAtTheLastValueBeforeItIsPooled() {
    try (OnnxGradCam cam = CamFiles.open("pooled")) {
      List<CamLayer> layers = cam.layers(1, 3, 4, 4);
      assertEquals(List.of("conv", "maps"), layers.stream().map(CamLayer::name).toList());
      assertEquals(
          new CamLayer("maps", null, "Relu", CamFiles.MAPS, 1, 4, 4, false, true),
          layers.getLast());
    }
  }

  @Test
  void shouldTakeTheValueCalledActivationOrTheOneThatIsNamed() {
    try (OnnxGradCam cam = CamFiles.open("named")) {
      assertEquals("activation", cam.explain(CamFiles.pictures(1), LISTED).layer().name());
      CamResult later = cam.explain(CamFiles.pictures(1), LISTED.withLayer("maps"));
      assertEquals("maps", later.layer().name());
      assertKnown(later, 0);
      assertEquals("activation", cam.explain(CamFiles.pictures(1), LISTED).layer().name());
    }
    try (OnnxGradCam cam = CamFiles.open("copied")) {
      assertEquals("conv", cam.explain(CamFiles.pictures(1), LISTED).layer().name());
      assertEquals(
          "conv", cam.explain(CamFiles.pictures(1), LISTED.withLayer("activation")).layer().name());
    }
  }

  @Test
  void shouldHaveTheSameMapsForPicturesAloneAndTogether() {
    try (OnnxGradCam cam = CamFiles.open("smooth")) {
      CamResult together = cam.explain(CamFiles.pictures(3), LISTED);
      float[] all = CamFiles.pictures(3).values();
      for (int picture = 0; picture < 3; picture++) {
        float[] own = Arrays.copyOfRange(all, picture * 48, (picture + 1) * 48);
        CamResult alone = cam.explain(CamInput.of(own, 1, 3, 4, 4), LISTED);
        for (int slot = 0; slot < 3; slot++) {
          assertArrayEquals(
              alone.first().get(slot).values(),
              together.pictures().get(picture).get(slot).values(),
              1e-6f);
        }
      }
    }
  }

  /** What autograd gives in double precision; make_cam.py prints it. */
  @ParameterizedTest
  @CsvSource({
    "LOGIT, 0, .983511594 1.7930758 .14419987 -1.9313534 -.989433869",
    "LOGIT, 2, -.552705199 .300816467 .215999072 -.44418127 .480070929",
    "PROBABILITY, 0, 1.22808565e-5 3.82081705e-5 3.1478406e-6 -3.63757795e-5 -1.72610881e-5",
    "PROBABILITY, 2, 5.815999e-4 .0271639889 .0037400019 -.0253485008 -.00613708982",
  })
  void shouldAgreeWithAutogradWhereWhatFollowsIsNotLinear(Target target, int index, String known) {
    double[] expected = Arrays.stream(known.split(" ")).mapToDouble(Double::parseDouble).toArray();
    double size = Math.sqrt(Arrays.stream(expected).map(a -> a * a).sum());
    try (OnnxGradCam cam = CamFiles.open("smooth")) {
      CamMap map =
          cam.explain(
                  CamFiles.pictures(1),
                  CamOptions.defaults().withTarget(target).withClasses(List.of(index)))
              .first()
              .getFirst();
      assertArrayEquals(expected, map.alphas(), 1e-3 * size);
    }
  }

  @Test
  void shouldMakeWeightsAddUpToOneWhereThatIsAsked() {
    try (OnnxGradCam cam = CamFiles.open("pooled")) {
      CamMap map =
          cam.explain(CamFiles.pictures(1), LISTED.withNormalization(AlphaNormalization.SUM_TO_ONE))
              .first()
              .getFirst();
      assertEquals(1, Arrays.stream(map.alphas()).sum(), 1e-6);
    }
  }

  @Test
  void shouldGiveTheScoresOfTheWholeModel() {
    try (OnnxGradCam cam = CamFiles.open("fixed3")) {
      double[][] scores = cam.scores(CamFiles.pictures(4));
      CamResult result = cam.explain(CamFiles.pictures(4), LISTED);
      for (int picture = 0; picture < 4; picture++) {
        double[][] activation = CamFiles.activation(picture);
        double expected = .5;
        for (int k = 0; k < CamFiles.MAPS; k++) {
          expected += CamFiles.alpha(0, k) * Arrays.stream(activation[k]).sum();
        }
        assertEquals(expected, scores[picture][0], 1e-6);
        assertEquals(scores[picture][0], result.pictures().get(picture).getFirst().score());
      }
    }
  }

  @Test
  void shouldCarryGraphsWithinStepsOverTheCut() {
    try (OnnxGradCam cam = CamFiles.open("inner")) {
      CamMap map = cam.explain(CamFiles.pictures(1), LISTED).first().getFirst();
      for (int k = 0; k < CamFiles.MAPS; k++) {
        assertEquals(CamFiles.alpha(0, k) / 2, map.alphas()[k], 1e-7);
      }
    }
  }

  @Test
  void shouldFindWeightsBesideALink(@TempDir Path folder) throws Exception {
    Path link = Files.createSymbolicLink(folder.resolve("link.onnx"), CamFiles.file("beside"));
    try (OnnxGradCam cam = OnnxGradCam.load(link, Device.cpu(), 1)) {
      assertKnown(cam.explain(CamFiles.pictures(1), LISTED), 0);
    }
  }

  @Test
  void shouldMapFromSeveralThreads() {
    try (OnnxGradCam cam = CamFiles.open("pooled")) {
      IntStream.range(0, 16)
          .parallel()
          .forEach(i -> assertKnown(cam.explain(CamFiles.pictures(1 + i % 3), LISTED), 0));
    }
  }
}
