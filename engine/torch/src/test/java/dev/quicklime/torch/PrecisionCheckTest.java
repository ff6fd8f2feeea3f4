package dev.quicklime.torch;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

class PrecisionCheckTest {

  private static final double[] SINGLE = {0, 32, 16, 31.5, 5, 4, 3, 2};

  private static double[] but(int index, double value) {
    double[] bfloat16 = SINGLE.clone();
    bfloat16[index] = value;
    return bfloat16;
  }

  @Test
  void shouldAllowAThirtySecondOfTheRange() {
    PrecisionCheck check = PrecisionCheck.of(SINGLE, but(7, 3), 2);
    assertEquals(1, check.bound());
    assertEquals(1, check.largest());
    assertTrue(check.passed());
    assertFalse(PrecisionCheck.of(SINGLE, but(7, 3.001), 2).passed());
  }

  @Test
  void shouldLetOnlyNearClassesChangePlaces() {
    // 31.5 overtakes 32: they are half the bound apart.
    assertTrue(PrecisionCheck.of(SINGLE, but(3, 32.4), 2).passed());
    double[] single = {0, 32, 10, 11.5};
    double[] bfloat16 = {0, 32, 10.9, 10.6};
    PrecisionCheck check = PrecisionCheck.of(single, bfloat16, 1);
    assertTrue(check.largest() <= check.bound());
    assertEquals(1, check.swapped());
    assertFalse(check.passed());
    assertTrue(check.toString().contains("change places"), check.toString());
  }

  @Test
  void shouldRefuseWhatIsNotFiniteAndScoresWithoutARange() {
    assertFalse(PrecisionCheck.of(SINGLE, but(2, Double.NaN), 2).passed());
    assertFalse(PrecisionCheck.of(SINGLE, but(2, Double.POSITIVE_INFINITY), 2).passed());
    assertFalse(PrecisionCheck.of(new double[] {3, 3}, new double[] {3, 3.001}, 2).passed());
  }
}
