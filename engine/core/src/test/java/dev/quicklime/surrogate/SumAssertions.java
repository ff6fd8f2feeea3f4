package dev.quicklime.surrogate;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.quicklime.internal.fit.sums.Moments;
import dev.quicklime.internal.fit.sums.SampleSums;

/** Whether sums are those that were expected. */
final class SumAssertions {

  private SumAssertions() {}

  static void assertSameBits(SampleSums expected, SampleSums got) {
    assertArrayEquals(expected.gram().products(), got.gram().products());
    assertEquals(expected.gram().totalWeight(), got.gram().totalWeight());
    assertEquals(expected.effectiveSamples(), got.effectiveSamples());
    for (int c = 0; c < expected.classes(); c++) {
      Moments own = expected.moments(c);
      Moments other = got.moments(c);
      assertEquals(own.mean(), other.mean());
      assertEquals(own.deviation(), other.deviation());
      for (int j = 0; j < own.columns(); j++) {
        assertEquals(own.product(j), other.product(j));
      }
    }
  }

  static void assertNear(SampleSums expected, SampleSums got, double tolerance) {
    assertEquals(expected.weightyRows(), got.weightyRows());
    assertEquals(expected.weightExponent(), got.weightExponent());
    assertEquals(expected.blockRows(), got.blockRows());
    assertEquals(expected.balancedRows(), got.balancedRows());
    assertEquals(1, got.gram().totalWeight() / expected.gram().totalWeight(), tolerance);
    assertEquals(1, got.effectiveSamples() / expected.effectiveSamples(), tolerance);
    for (int c = 0; c < expected.classes(); c++) {
      Moments own = expected.moments(c);
      Moments other = got.moments(c);
      assertEquals(expected.scoreExponent(c), got.scoreExponent(c));
      assertEquals(own.mean(), other.mean(), tolerance * Math.abs(own.mean()));
      assertEquals(own.deviation(), other.deviation(), tolerance * own.deviation());
      double scale = Math.sqrt(own.deviation() * expected.gram().totalWeight());
      for (int j = 0; j < own.columns(); j++) {
        assertEquals(own.product(j), other.product(j), tolerance * scale);
      }
    }
  }
}
