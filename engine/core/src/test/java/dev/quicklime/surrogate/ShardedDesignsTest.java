package dev.quicklime.surrogate;

import static dev.quicklime.surrogate.SumAssertions.assertNear;
import static dev.quicklime.surrogate.SumAssertions.assertSameBits;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.quicklime.design.Antithetic;
import dev.quicklime.design.Design;
import dev.quicklime.internal.fit.sums.SampleSums;
import dev.quicklime.locality.Distance;
import dev.quicklime.locality.Locality;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Sums of many rows, of any number of superpixels, design and size of scores. Its kernels are
 * compared in all their forms by other tests.
 */
class ShardedDesignsTest {

  private static final int BLOCK = ShardFrame.BLOCK;

  static Stream<Design> designs() {
    return ShardedScores.DESIGNS.stream();
  }

  @ParameterizedTest
  @MethodSource("designs")
  void shouldSumAsOneProcessInAnyPartsAndOrder(Design design) {
    for (int d : new int[] {1, 2, 63, 64, 65, 100, 197}) {
      for (int classes : new int[] {1, 3, 5}) {
        if (classes > 1 && d != 2 && d != 65) {
          continue;
        }
        ShardedScores all = ShardedScores.of(design, 5 * BLOCK + 77, d, classes, d + classes);
        SampleSums whole = all.whole().sums();
        SampleSums once = all.together().finished();
        assertArrayEquals(whole.gram().products(), once.gram().products());
        assertNear(whole, once, 1e-11);
        for (int seed = 0; seed < 3; seed++) {
          assertSameBits(once, all.shuffled(seed).finished());
        }
      }
    }
  }

  @ParameterizedTest
  @ValueSource(doubles = {1e-300, 1e-200, 1e-60, 1, 1e60, 1e200, 1e300})
  void shouldSumScoresOfAnySizeWithWeightsOfAnySize(double spread) {
    for (double width : new double[] {0.02, 0.25, 1e9}) {
      Locality locality = new Locality(Distance.EUCLIDEAN, width);
      double[] levels = {0, 3 * spread};
      ShardedScores all =
          ShardedScores.of(new Antithetic(), 2 * BLOCK + 5, 30, locality, levels, spread, 4);
      SampleSums got = all.shuffled(1).finished();
      assertNear(all.whole().sums(), got, 1e-12);
      assertSameBits(all.together().finished(), got);
    }
  }

  @ParameterizedTest
  @MethodSource("designs")
  void shouldBeTheSameAfterTravelling(Design design) {
    ShardedScores all = ShardedScores.of(design, 9 * BLOCK + 300, 100, 3, 6);
    assertEquals(all.frame(), Travelling.sent(all.frame()));
    ShardSums sum =
        all.frame().shards(BLOCK).stream()
            .map(all::sums)
            .map(Travelling::sent)
            .reduce((one, other) -> Travelling.sent(one.plus(other)))
            .orElseThrow();
    int size = Travelling.bytes(sum).length;
    assertTrue(size < 1_200_000, () -> "took " + size);
    assertEquals(List.of(new RowRange(0, all.frame().rows())), sum.rows());
    assertSameBits(all.together().finished(), sum.finished());
  }
}
