package dev.quicklime.report.figure;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.quicklime.ExplainOptions;
import dev.quicklime.Explainer;
import dev.quicklime.Explanation;
import dev.quicklime.InvalidInputException;
import dev.quicklime.design.Exhaustive;
import dev.quicklime.image.Image;
import dev.quicklime.image.Preprocessing;
import dev.quicklime.image.Resize;
import dev.quicklime.model.ClassChoice;
import dev.quicklime.model.Classifier;
import dev.quicklime.model.Labels;
import dev.quicklime.model.Target;
import dev.quicklime.perturb.Fill;
import dev.quicklime.report.drawing.Heat;
import dev.quicklime.report.drawing.Pixels;
import dev.quicklime.report.drawing.Prints;
import dev.quicklime.run.Progress;
import dev.quicklime.segment.Tiles;
import dev.quicklime.surrogate.Lasso;
import java.awt.image.BufferedImage;
import java.util.List;
import org.junit.jupiter.api.Test;

/**
 * Four tiles of a model's input: the first speaks for class 0, the second half as much against it,
 * the other two say nothing.
 */
class HeatMapsTest {

  private static final int SIDE = 32;
  private static final int WIDTH = 200;
  private static final int HEIGHT = 100;
  private static final int COLOUR = 0x3c78b4;

  private static double[] scores(float[] nchw) {
    return new double[] {2.0 * nchw[0] - nchw[SIDE - 1], nchw[0]};
  }

  private static Explanation explained(Resize resize, ClassChoice classes) {
    byte[] pixels = new byte[WIDTH * HEIGHT * 3];
    for (int i = 0; i < WIDTH * HEIGHT; i++) {
      pixels[3 * i] = (byte) (COLOUR >> 16);
      pixels[3 * i + 1] = (byte) (COLOUR >> 8);
      pixels[3 * i + 2] = (byte) COLOUR;
    }
    Preprocessing input =
        Preprocessing.imageNet()
            .withSize(SIDE, SIDE)
            .withResize(resize)
            .withNormalization(List.of(0.0, 0.0, 0.0), List.of(1.0, 1.0, 1.0));
    ExplainOptions options =
        ExplainOptions.defaults()
            .withSegmenter(new Tiles(2, 2))
            .withDesign(new Exhaustive())
            .withFill(Fill.black())
            .withTarget(Target.LOGIT)
            .withClasses(classes)
            .withSurrogate(Lasso.defaults().withAlpha(0.001));
    try (Explainer explainer =
        Explainer.of(
            Classifier.of("two tiles", input, 16, HeatMapsTest::scores),
            Labels.of(List.of("first", "second")))) {
      return explainer.explain(Image.of8(WIDTH, HEIGHT, 3, pixels), options, Progress.none());
    }
  }

  private static int rgb(BufferedImage image, int x, int y) {
    return image.getRGB(x, y) & 0xffffff;
  }

  private static int red(int rgb) {
    return rgb >> 16;
  }

  private static int blue(int rgb) {
    return rgb & 0xff;
  }

  private static void assertSize(BufferedImage image) {
    assertEquals(WIDTH, image.getWidth());
    assertEquals(HEIGHT, image.getHeight());
    assertEquals(BufferedImage.TYPE_INT_RGB, image.getType());
  }

  @Test
  void shouldColourEachSuperpixelByItsWeight() {
    Explanation explanation = explained(Resize.STRETCH, ClassChoice.of(0));
    BufferedImage image = HeatMaps.heatMap(explanation, 0);
    assertSize(image);
    float[][] weights = explanation.heatMap(0);
    assertTrue(weights[20][50] > 0.4 && weights[20][150] < -0.2, weights[20][150] + "");
    Heat heat = Heat.upTo(weights[20][50]);
    assertEquals(heat.rgb(weights[20][50]), rgb(image, 50, 20));
    assertEquals(heat.rgb(weights[20][150]), rgb(image, 150, 20));
    assertTrue(red(rgb(image, 50, 20)) > blue(rgb(image, 50, 20)) + 100, "orange speaks for it");
    assertTrue(blue(rgb(image, 150, 20)) > red(rgb(image, 150, 20)) + 50, "blue against it");
    assertEquals(0xffffff, rgb(image, 50, 80));
    // No edge is drawn: the last pixel of one and the first of the next superpixel.
    assertEquals(rgb(image, 50, 20), rgb(image, 99, 20));
    assertEquals(rgb(image, 150, 20), rgb(image, 100, 20));
  }

  @Test
  void shouldLayColoursOverThePaledPicture() {
    Explanation explanation = explained(Resize.STRETCH, ClassChoice.of(0));
    BufferedImage image = HeatMaps.overlay(explanation, 0);
    assertSize(image);
    int pale = Prints.pale(COLOUR);
    BufferedImage map = HeatMaps.heatMap(explanation, 0);
    for (int x : new int[] {50, 150}) {
      int drawn = rgb(image, x, 20);
      int wanted = Pixels.mix(pale, rgb(map, x, 20), 0.78);
      for (int shift = 0; shift <= 16; shift += 8) {
        assertEquals(wanted >> shift & 0xff, drawn >> shift & 0xff, 1.5);
      }
    }
    assertTrue(red(rgb(image, 50, 20)) > blue(rgb(image, 50, 20)) + 100, "orange speaks for it");
    assertTrue(blue(rgb(image, 150, 20)) > red(rgb(image, 150, 20)) + 40, "blue against it");
    assertEquals(pale, rgb(image, 50, 80));
    // The edge between the two is darker than either.
    int edge = Pixels.gray(rgb(image, 99, 20));
    assertTrue(edge < Pixels.gray(rgb(image, 50, 20)) && edge < Pixels.gray(rgb(image, 150, 20)));
  }

  @Test
  void shouldLeaveWhatWasCroppedAwayAsItIs() {
    Explanation explanation = explained(Resize.CROP, ClassChoice.of(0));
    BufferedImage overlay = HeatMaps.overlay(explanation, 0);
    BufferedImage map = HeatMaps.heatMap(explanation, 0);
    assertSize(overlay);
    assertSize(map);
    // The square in the middle is what the model gets.
    for (int x : new int[] {0, 49, 150, 199}) {
      for (int y : new int[] {0, 50, 99}) {
        assertEquals(COLOUR, rgb(overlay, x, y));
        assertEquals(0xffffff, rgb(map, x, y));
      }
    }
    assertTrue(red(rgb(overlay, 70, 20)) > blue(rgb(overlay, 70, 20)) + 100);
    assertTrue(blue(rgb(overlay, 130, 20)) > red(rgb(overlay, 130, 20)) + 40);
  }

  @Test
  void shouldRefuseAClassThatWasNotExplained() {
    Explanation explanation = explained(Resize.STRETCH, ClassChoice.of(1));
    String message = "class must be one of the explained ones, [1], got 0";
    assertEquals(
        message,
        assertThrows(InvalidInputException.class, () -> HeatMaps.heatMap(explanation, 0))
            .getMessage());
    assertEquals(
        message,
        assertThrows(InvalidInputException.class, () -> HeatMaps.overlay(explanation, 0))
            .getMessage());
  }
}
