package dev.quicklime.perturb;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.quicklime.InvalidInputException;
import dev.quicklime.design.MaskMatrix;
import dev.quicklime.image.Image;
import dev.quicklime.segment.SegmentMap;
import java.util.List;
import org.junit.jupiter.api.Test;

class PerturbationTest {

  /** 2 × 2 pixels, 3 channels; the left column is part 0, the right one part 1. */
  private static final Image IMAGE =
      Image.of8(2, 2, 3, new byte[] {0, 1, 2, 10, 11, 12, 1, 2, 3, 20, 21, (byte) 200});

  private static final SegmentMap SEGMENTS = SegmentMap.of(2, 2, new int[] {0, 1, 0, 1});

  private static float[] filled(Fill fill) {
    return Perturbation.of(IMAGE, SEGMENTS, fill).filledLevels();
  }

  @Test
  void shouldFillWithTheMeanOfEachPartWithoutCuttingItToAnInteger() {
    assertArrayEquals(
        new float[] {0.5f, 1.5f, 2.5f, 15, 16, 106, 0.5f, 1.5f, 2.5f, 15, 16, 106},
        filled(new Fill.SegmentMean()));
  }

  @Test
  void shouldFillWithTheMeanOfThePicture() {
    float[] mean = filled(new Fill.ImageMean());
    assertArrayEquals(new float[] {7.75f, 8.75f, 54.25f}, new float[] {mean[0], mean[1], mean[2]});
    assertEquals(mean[2], mean[11]);
  }

  @Test
  void shouldFillWithAColourOrOneLevel() {
    assertEquals(128, filled(Fill.gray())[5]);
    assertEquals(0, filled(Fill.black())[5]);
    float[] colour = filled(new Fill.Constant(List.of(1.0, 2.0, 3.0)));
    assertArrayEquals(
        new float[] {1, 2, 3, 1}, new float[] {colour[0], colour[1], colour[2], colour[3]});
    assertThrows(InvalidInputException.class, () -> filled(new Fill.Constant(List.of(1.0, 2.0))));
    assertThrows(InvalidInputException.class, () -> new Fill.Constant(List.of(256.0)));
    assertThrows(InvalidInputException.class, () -> new Fill.Constant(List.of(Double.NaN)));
    assertThrows(InvalidInputException.class, () -> new Fill.Blur(0));
  }

  @Test
  void shouldFillWithAnotherPicture() {
    Image other = Image.of8(2, 2, 3, new byte[] {9, 8, 7, 6, 5, 4, 3, 2, 1, 0, 1, 2});
    Perturbation perturbation = Perturbation.of(IMAGE, SEGMENTS, other);
    assertArrayEquals(other.toFloats(), perturbation.filledLevels());
    Image right = perturbation.render(MaskMatrix.of(new boolean[][] {{false, true}}), 0);
    assertArrayEquals(new float[] {9, 8, 7, 10, 11, 12, 3, 2, 1, 20, 21, 200}, right.toFloats());
    Image wider = Image.of8(4, 1, 3, new byte[12]);
    Image gray = Image.of8(2, 2, 1, new byte[4]);
    assertThrows(InvalidInputException.class, () -> Perturbation.of(IMAGE, SEGMENTS, wider));
    assertThrows(InvalidInputException.class, () -> Perturbation.of(IMAGE, SEGMENTS, gray));
    assertThrows(InvalidInputException.class, () -> Perturbation.of(wider, SEGMENTS, wider));
  }

  @Test
  void shouldBlurTowardsTheNeighbours() {
    byte[] step = new byte[32 * 32];
    int[] labels = new int[32 * 32];
    for (int i = 0; i < step.length; i++) {
      step[i] = i % 32 < 16 ? 0 : (byte) 200;
      labels[i] = i % 32 < 16 ? 0 : 1;
    }
    Image image = Image.of8(32, 32, 1, step);
    float[] blurred =
        Perturbation.of(image, SegmentMap.of(32, 32, labels), new Fill.Blur(3)).filledLevels();
    assertTrue(blurred[15] > 60 && blurred[15] < 100, "left of the step: " + blurred[15]);
    assertTrue(blurred[0] < 5, "far from the step: " + blurred[0]);
  }

  @Test
  void shouldRenderASampleForPeople() {
    MaskMatrix masks = MaskMatrix.of(new boolean[][] {{true, true}, {false, true}});
    Perturbation perturbation = Perturbation.of(IMAGE, SEGMENTS, Fill.gray());
    assertArrayEquals(IMAGE.toFloats(), perturbation.render(masks, 0).toFloats());
    assertArrayEquals(
        new float[] {128, 128, 128, 10, 11, 12, 128, 128, 128, 20, 21, 200},
        perturbation.render(masks, 1).toFloats());
    assertThrows(
        InvalidInputException.class,
        () -> perturbation.render(MaskMatrix.of(new boolean[][] {{true}}), 0));
  }

  @Test
  void shouldRefuseSuperpixelsOfAnotherSize() {
    SegmentMap other = SegmentMap.of(1, 2, new int[] {0, 1});
    assertThrows(InvalidInputException.class, () -> Perturbation.of(IMAGE, other, Fill.gray()));
  }
}
