package dev.quicklime.internal.fit.twophase;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.quicklime.design.Bernoulli;
import dev.quicklime.design.MaskMatrix;
import dev.quicklime.design.MaskSampler;
import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ShownSumsTest {

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 7, 8, 9, 15, 16, 17, 63, 64, 65, 71, 72, 73, 100, 127, 128, 129, 200})
  void shouldAddUpWhatIsShownAsOneByOne(int superpixels) {
    double[] numbers = new Random(superpixels).doubles(superpixels, -1, 1).toArray();
    MaskMatrix masks = MaskSampler.draw(Bernoulli.defaults(), 50, superpixels, 3);
    double[] sums = new ShownSums(numbers).of(masks, 0.25);
    assertEquals(masks.rows(), sums.length);
    for (int row = 0; row < sums.length; row++) {
      assertEquals(masks.sumShown(row, 0.25, numbers), sums[row], 1e-12);
    }
  }
}
