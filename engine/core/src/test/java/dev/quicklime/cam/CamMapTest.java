package dev.quicklime.cam;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.quicklime.InvalidInputException;
import java.util.List;
import org.junit.jupiter.api.Test;

class CamMapTest {

  private static final CamLayer LAYER = new CamLayer("x", null, "relu", 1, 2, 1, 2, false, true);

  private final CamMap map =
      new CamMap(0, 1, 1, LAYER, new float[] {1, 3, 5, 9}, new double[] {1}, List.of());

  @Test
  void shouldInterpolateBetweenCentresAndBeConstantBeyond() {
    assertEquals(1, map.at(0, 0, 0));
    assertEquals(1, map.at(0.25, 0.5, 0.25));
    assertEquals(2, map.at(0.1, 0.5, 0.5));
    assertEquals(3, map.at(0, 1, 1));
    assertEquals(4.5, map.at(0.5, 0.5, 0.5));
    assertEquals(9, map.at(1, 1, 1));
  }

  @Test
  void shouldGiveCopiesAndRefuseWhatIsOutside() {
    float[] values = {1, 3, 5, 9};
    double[] alphas = {1};
    CamMap map = new CamMap(0, 1, 1, LAYER, values, alphas, List.of());
    values[0] = 7;
    alphas[0] = 7;
    map.values()[0] = 7;
    map.alphas()[0] = 7;
    assertEquals(1, map.value(0, 0, 0));
    assertEquals(9, map.value(1, 0, 1));
    assertEquals(9, map.largest());
    assertEquals(1, map.alphas()[0]);
    assertThrows(IndexOutOfBoundsException.class, () -> map.value(2, 0, 0));
    assertThrows(IndexOutOfBoundsException.class, () -> map.value(0, 1, 0));
    assertThrows(IndexOutOfBoundsException.class, () -> map.value(0, 0, -1));
    assertThrows(InvalidInputException.class, () -> map.upsampled(0, 0, 4));
  }

  @Test
  void shouldTakeWeightsOfAllFramesOfEachOrNone() {
    float[] values = new float[4];
    for (int count : new int[] {0, 1, 2}) {
      assertEquals(
          count, new CamMap(0, 1, 1, LAYER, values, new double[count], List.of()).alphas().length);
    }
    assertEquals(0, map.compact().alphas().length);
    assertEquals(9, map.compact().value(1, 0, 1));
  }

  @Test
  void shouldRefuseNumbersThatNoMapHas() {
    assertRefused("index must be 0 or more, got -1", -1, 1, 1, new float[4], 1);
    assertRefused("score must be finite, got NaN", 0, Double.NaN, 1, new float[4], 1);
    assertRefused("probability must be from 0 to 1, got 1.5", 0, 1, 1.5, new float[4], 1);
    assertRefused("probability must be from 0 to 1, got NaN", 0, 1, Double.NaN, new float[4], 1);
    assertRefused(
        "values of 2 frames of 2×1 must be as many numbers, got 5", 0, 1, 1, new float[5], 1);
    for (float bad : new float[] {-1, Float.NaN, Float.POSITIVE_INFINITY}) {
      assertRefused(
          "values must be finite and 0 or more, got " + bad,
          0,
          1,
          1,
          new float[] {0, 1, bad, 2},
          1);
    }
    assertRefused("alphas must be 0, 1 or 2 numbers, got 3", 0, 1, 1, new float[4], 1, 1, 1);
    assertRefused("alphas must be finite, got NaN", 0, 1, 1, new float[4], Double.NaN);
    assertThrows(
        InvalidInputException.class,
        () -> new CamLayer("x", null, "relu", 1, 0, 1, 2, false, true));
  }

  private static void assertRefused(
      String message,
      int index,
      double score,
      double probability,
      float[] values,
      double... alphas) {
    assertEquals(
        message,
        assertThrows(
                InvalidInputException.class,
                () -> new CamMap(index, score, probability, LAYER, values, alphas, List.of()))
            .getMessage());
  }
}
