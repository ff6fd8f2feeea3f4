package dev.quicklime.surrogate;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.quicklime.InvalidInputException;
import dev.quicklime.design.Antithetic;
import dev.quicklime.design.Bernoulli;
import dev.quicklime.design.Design;
import dev.quicklime.design.MaskMatrix;
import dev.quicklime.design.TwoPhase;
import dev.quicklime.internal.fit.sums.Moments;
import dev.quicklime.internal.fit.sums.SampleSums;
import dev.quicklime.locality.Distance;
import dev.quicklime.locality.Locality;
import java.math.BigDecimal;
import java.math.MathContext;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class ShardSumsTest {

  private static final int BLOCK = ShardFrame.BLOCK;

  private static Stream<Design> designs() {
    return ShardedScores.DESIGNS.stream();
  }

  private static void assertSameBits(SampleSums expected, SampleSums got) {
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

  private static void assertNear(SampleSums expected, SampleSums got, double tolerance) {
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
  @ValueSource(ints = {1, 5, 13})
  void shouldSumAllMasksAsOneProcess(int d) {
    ShardedScores all = ShardedScores.exhaustive(d, 3);
    SampleSums whole = all.whole().sums();
    SampleSums once = all.together().finished();
    assertNear(whole, once, 1e-12);
    assertSameBits(once, all.shuffled(1).finished());
    assertTrue(once.columns().exhaustive());
  }

  /** The definition, in numbers of sixty digits. */
  private static void assertDefinition(ShardedScores all, SampleSums got, double tolerance) {
    MathContext digits = new MathContext(60);
    ShardFrame frame = all.frame();
    RowRange rows = new RowRange(0, frame.rows());
    MaskMatrix masks = frame.masks(rows);
    double[] weights = frame.weights(rows, masks);
    int classes = frame.classes();
    for (int c = 0; c < classes; c++) {
      BigDecimal total = BigDecimal.ZERO;
      BigDecimal sum = BigDecimal.ZERO;
      for (int row = 0; row < frame.rows(); row++) {
        BigDecimal w = new BigDecimal(weights[row]);
        total = total.add(w, digits);
        sum = sum.add(w.multiply(new BigDecimal(all.scores()[row * classes + c])), digits);
      }
      BigDecimal mean = sum.divide(total, digits);
      BigDecimal[] products = new BigDecimal[frame.superpixels()];
      Arrays.fill(products, BigDecimal.ZERO);
      BigDecimal deviation = BigDecimal.ZERO;
      for (int row = 0; row < frame.rows(); row++) {
        BigDecimal y = new BigDecimal(all.scores()[row * classes + c]).subtract(mean);
        BigDecimal wy = new BigDecimal(weights[row]).multiply(y, digits);
        deviation = deviation.add(wy.multiply(y, digits), digits);
        for (int j = 0; j < products.length; j++) {
          products[j] = masks.shown(row, j) ? products[j].add(wy, digits) : products[j];
        }
      }
      Moments moments = got.moments(c);
      double scale = Math.sqrt(deviation.doubleValue() * total.doubleValue());
      assertEquals(1, moments.deviation() / deviation.doubleValue(), tolerance);
      for (int j = 0; j < products.length; j++) {
        assertEquals(products[j].doubleValue(), moments.product(j), tolerance * scale);
      }
    }
  }

  @Test
  void shouldLoseNoDigitsOfScoresThatVaryLittleAroundALargeValue() {
    Locality locality = Locality.defaults();
    double[] levels = {12_345.678};
    ShardedScores all =
        ShardedScores.of(new Antithetic(), 2 * BLOCK + 5, 20, locality, levels, 1e-7, 4);
    assertDefinition(all, all.shuffled(1).finished(), 1e-13);
    // Each block at a level of its own.
    double[] steps = all.scores();
    for (int row = 0; row < steps.length; row++) {
      steps[row] += (row - 1) / BLOCK * 100;
    }
    assertDefinition(all, all.shuffled(1).finished(), 1e-13);
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

  @Test
  void shouldCountRowsOfOneWeightTogetherHoweverManyTheyShow() {
    Locality flat = new Locality(Distance.COSINE, 1e12);
    ShardedScores all =
        ShardedScores.of(new Bernoulli(0.5), 3 * BLOCK, 70, flat, ShardedScores.level(1, 1), 1, 4);
    SampleSums got = all.shuffled(2).finished();
    assertArrayEquals(all.whole().sums().gram().products(), got.gram().products());
    assertEquals(3 * BLOCK + 1, got.effectiveSamples());
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

  @Test
  void shouldNameRowsThatAreMissingAndRefuseThoseThatComeTwice() {
    ShardedScores all = ShardedScores.of(new Antithetic(), 4 * BLOCK + 9, 10, 1, 6);
    List<RowRange> shards = all.frame().shards(1);
    assertEquals(5, shards.size());
    ShardSums some = all.sums(shards.get(3)).plus(all.sums(shards.get(0)));
    assertEquals(
        List.of(
            new RowRange(BLOCK + 1, 3 * BLOCK + 1), new RowRange(4 * BLOCK + 1, 4 * BLOCK + 10)),
        some.missing());
    InvalidInputException gone = assertThrows(InvalidInputException.class, () -> FitInput.of(some));
    assertTrue(gone.toString().contains("rows 4097 to 12288 and of 1 more"), gone.getMessage());
    ShardSums again = all.sums(shards.get(3));
    InvalidInputException twice = assertThrows(InvalidInputException.class, () -> some.plus(again));
    assertTrue(twice.toString().contains("rows 12289 to 16384"), twice.getMessage());
    assertThrows(InvalidInputException.class, () -> some.plus(some));
    ShardedScores other = ShardedScores.of(new Antithetic(), 4 * BLOCK + 9, 10, 1, 7);
    assertThrows(InvalidInputException.class, () -> some.plus(other.sums(shards.get(1))));
  }

  @Test
  void shouldRefuseShardsThatAreNoWholeBlocksAndScoresThatDoNotFit() {
    ShardedScores all = ShardedScores.of(new Antithetic(), 2 * BLOCK, 10, 1, 6);
    for (int[] range : new int[][] {{0, BLOCK}, {1, BLOCK}, {BLOCK, 2 * BLOCK + 1}, {2, 3}}) {
      assertThrows(InvalidInputException.class, () -> all.sums(new RowRange(range[0], range[1])));
    }
    ShardFrame frame = all.frame();
    RowRange first = new RowRange(0, BLOCK + 1);
    assertThrows(InvalidInputException.class, () -> ShardSums.of(frame, first, new double[BLOCK]));
    double[] bad = new double[BLOCK + 1];
    bad[7] = Double.NaN;
    assertThrows(InvalidInputException.class, () -> ShardSums.of(frame, first, bad));
    assertThrows(
        InvalidInputException.class,
        () -> ShardSums.of(frame, new RowRange(0, 3 * BLOCK + 1), new double[3 * BLOCK + 1]));
    MaskMatrix few = frame.masks(new RowRange(0, 5));
    assertThrows(
        InvalidInputException.class, () -> ShardSums.of(frame, first, few, new double[BLOCK + 1]));
    assertThrows(InvalidInputException.class, () -> new RowRange(3, 3));
    assertThrows(InvalidInputException.class, () -> new RowRange(-1, 3));
    assertThrows(InvalidInputException.class, () -> frame.shards(0));
    Locality locality = Locality.defaults();
    Antithetic design = new Antithetic();
    assertThrows(
        InvalidInputException.class, () -> new ShardFrame(design, 10, 513, 0, locality, 1));
    assertThrows(InvalidInputException.class, () -> new ShardFrame(design, 0, 5, 0, locality, 1));
    assertThrows(InvalidInputException.class, () -> new ShardFrame(design, 10, 5, 0, locality, 0));
  }

  @Test
  void shouldDealOutAllRows() {
    for (int samples : new int[] {1, BLOCK - 1, BLOCK, BLOCK + 1, 10 * BLOCK, 10_000_000}) {
      for (int each : new int[] {1, BLOCK, 3 * BLOCK + 5, 100_000, Integer.MAX_VALUE}) {
        ShardFrame frame = new ShardFrame(new TwoPhase(), samples, 9, 0, Locality.defaults(), 1);
        int next = 0;
        for (RowRange shard : frame.shards(each)) {
          assertEquals(next, shard.from());
          next = shard.to();
        }
        assertEquals(samples + 1, next);
      }
    }
  }
}
