package dev.quicklime.locality;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.quicklime.InvalidInputException;
import dev.quicklime.design.Exhaustive;
import dev.quicklime.design.MaskMatrix;
import dev.quicklime.design.MaskSampler;
import org.junit.jupiter.api.Test;

class LocalityTest {

  @Test
  void shouldMeasureDistancesFromTheOriginal() {
    assertEquals(0, Distance.COSINE.of(8, 8));
    assertEquals(0.5, Distance.COSINE.of(2, 8));
    assertEquals(1, Distance.COSINE.of(0, 8));
    assertEquals(0.75, Distance.HAMMING.of(2, 8));
    assertEquals(Math.sqrt(0.75), Distance.EUCLIDEAN.of(2, 8));
    assertThrows(InvalidInputException.class, () -> Distance.COSINE.of(9, 8));
    assertThrows(InvalidInputException.class, () -> Distance.COSINE.of(-1, 8));
  }

  @Test
  void shouldWeighAsTheOriginalPaperDoes() {
    Locality locality = Locality.defaults();
    for (int shown = 0; shown <= 50; shown++) {
      double distance = 1 - Math.sqrt(shown / 50.0);
      double lime = Math.sqrt(Math.exp(-distance * distance / (0.25 * 0.25)));
      assertEquals(lime, locality.weight(shown, 50), 1e-15);
    }
  }

  @Test
  void shouldWeighRowsByTheNumberOfPartsShown() {
    MaskMatrix masks = MaskSampler.draw(new Exhaustive(), 1, 7, 0);
    for (Distance distance : Distance.values()) {
      Locality locality = new Locality(distance, 0.4);
      double[] weights = locality.weights(masks);
      for (int row = 0; row < weights.length; row++) {
        assertEquals(locality.weight(masks.countShown(row), 7), weights[row]);
      }
      assertEquals(1, weights[0]);
    }
  }

  @Test
  void shouldCountEffectiveSamples() {
    assertEquals(4, Locality.effectiveSamples(new double[] {2, 2, 2, 2}));
    assertEquals(1, Locality.effectiveSamples(new double[] {0, 3, 0}));
    assertEquals(0, Locality.effectiveSamples(new double[] {0, 0}));
  }

  @Test
  void shouldRefuseAWidthThatIsNoPositiveNumber() {
    for (double width : new double[] {0, -1, Double.NaN, Double.POSITIVE_INFINITY}) {
      assertThrows(InvalidInputException.class, () -> new Locality(Distance.COSINE, width));
    }
  }
}
