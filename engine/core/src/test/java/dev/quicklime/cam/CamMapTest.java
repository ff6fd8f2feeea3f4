package dev.quicklime.cam;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

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
    map.values()[0] = 7;
    map.alphas()[0] = 7;
    assertEquals(1, map.value(0, 0, 0));
    assertEquals(9, map.value(1, 0, 1));
    assertEquals(9, map.largest());
    assertEquals(1, map.alphas()[0]);
    assertThrows(IndexOutOfBoundsException.class, () -> map.value(2, 0, 0));
    assertThrows(IndexOutOfBoundsException.class, () -> map.value(0, 1, 0));
    assertThrows(IndexOutOfBoundsException.class, () -> map.value(0, 0, -1));
  }
}
