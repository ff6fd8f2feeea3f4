package dev.quicklime.internal.fit.sums;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.quicklime.InvalidInputException;
import dev.quicklime.design.Bernoulli;
import dev.quicklime.design.MaskMatrix;
import dev.quicklime.design.MaskSampler;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class GramTest {

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 63, 64, 65, 130})
  void shouldEqualTheDenseProducts(int d) {
    MaskMatrix masks = MaskSampler.draw(Bernoulli.defaults(), 77, d, 9);
    double[][] x = Dense.matrix(masks);
    Random random = new Random(4);
    double[] w = random.doubles(masks.rows()).toArray();
    w[5] = 0;
    double[] y = random.doubles(masks.rows(), 1e6, 1e6 + 1).toArray();
    Gram gram = Gram.of(masks, w);
    Moments moments = Moments.of(masks, w, y, 1, 0);
    double total = Arrays.stream(w).sum();
    assertEquals(total, gram.totalWeight(), 1e-12);
    double mean = 0;
    for (int i = 0; i < y.length; i++) {
      mean += w[i] * (y[i] - 1e6) / total;
    }
    assertEquals(mean + 1e6, moments.mean(), 1e-9);
    double deviation = 0;
    double[] products = new double[d];
    for (int i = 0; i < y.length; i++) {
      double centred = y[i] - 1e6 - mean;
      deviation += w[i] * centred * centred;
      for (int j = 0; j < d; j++) {
        products[j] += w[i] * x[i][j] * centred;
      }
    }
    assertEquals(deviation, moments.deviation(), 1e-7);
    for (int j = 0; j < d; j++) {
      assertEquals(products[j], moments.product(j), 1e-7);
      for (int k = 0; k < d; k++) {
        double expected = 0;
        for (int i = 0; i < y.length; i++) {
          expected += w[i] * x[i][j] * x[i][k];
        }
        assertEquals(expected, gram.product(j, k), 1e-12);
      }
      assertEquals(gram.product(j, j), gram.sum(j));
    }
  }

  @Test
  void shouldReadTheColumnThatWasMeant() {
    MaskMatrix masks = MaskSampler.draw(Bernoulli.defaults(), 9, 5, 9);
    double[] w = new double[10];
    Arrays.fill(w, 1);
    double[] scores = new double[30];
    double[] second = new double[10];
    for (int i = 0; i < scores.length; i++) {
      scores[i] = Math.sin(i);
      if (i % 3 == 1) {
        second[i / 3] = scores[i];
      }
    }
    Moments interleaved = Moments.of(masks, w, scores, 3, 1);
    Moments alone = Moments.of(masks, w, second, 1, 0);
    assertEquals(alone.mean(), interleaved.mean());
    assertEquals(alone.product(4), interleaved.product(4));
  }

  @Test
  void shouldRefuseWhatWouldGiveNaN() {
    MaskMatrix masks = MaskSampler.draw(Bernoulli.defaults(), 2, 5, 9);
    assertThrows(InvalidInputException.class, () -> Gram.of(masks, new double[] {1, 1}));
    assertThrows(InvalidInputException.class, () -> Gram.of(masks, new double[] {0, 0, 0}));
    assertThrows(InvalidInputException.class, () -> Gram.of(masks, new double[] {1, -1, 1}));
    assertThrows(
        InvalidInputException.class, () -> Gram.of(masks, new double[] {1, Double.NaN, 1}));
    double[] ones = {1, 1, 1};
    assertThrows(
        InvalidInputException.class,
        () -> Moments.of(masks, ones, new double[] {1e200, -1e200, 0}, 1, 0));
    assertThrows(InvalidInputException.class, () -> Moments.of(masks, ones, new double[2], 1, 0));
  }
}
