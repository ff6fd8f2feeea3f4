package dev.quicklime.image;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.quicklime.InvalidInputException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ImageBlurTest {
  @Test
  void shouldSpreadAPointIntoAGaussian() {
    int size = 41;
    float[] point = new float[size * size];
    point[20 * size + 20] = 1000;
    Image blurred = Image.ofFloat(size, size, 1, point).blurred(2.5);
    double variance = 2.5 * 2.5;
    for (int d = 0; d < 8; d++) {
      double expected = 1000 / (2 * Math.PI * variance) * Math.exp(-d * d / (2 * variance));
      assertEquals(expected, blurred.value(20 + d, 20, 0), 0.02);
      assertEquals(expected, blurred.value(20, 20 - d, 0), 0.02);
    }
  }

  @ParameterizedTest
  @ValueSource(doubles = {0.01, 0.5, 3, 1000})
  void shouldLeaveAFlatPictureFlatUpToItsBorder(double sigma) {
    for (int channels : new int[] {1, 2, 3, 5}) {
      byte[] flat = new byte[9 * 4 * channels];
      java.util.Arrays.fill(flat, (byte) 90);
      Image blurred = Image.of8(9, 4, channels, flat).blurred(sigma);
      for (float value : blurred.toFloats()) {
        assertEquals(90, value, 0.01);
      }
    }
  }

  @ParameterizedTest
  @ValueSource(doubles = {0, -1, 1001, Double.NaN, Double.POSITIVE_INFINITY})
  void shouldRefuseASigmaOutOfRange(double sigma) {
    Image image = Image.of8(8, 8, 1, new byte[64]);
    assertThrows(InvalidInputException.class, () -> image.blurred(sigma));
  }
}
