package dev.quicklime.surrogate;

import static dev.quicklime.surrogate.SumAssertions.assertNear;
import static dev.quicklime.surrogate.SumAssertions.assertSameBits;
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
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class ShardSumsTest {

  private static final int BLOCK = ShardFrame.BLOCK;

  /** A few sizes, in every form of the kernels; {@link ShardedDesignsTest} has the others. */
  @ParameterizedTest
  @MethodSource("dev.quicklime.surrogate.ShardedDesignsTest#designs")
  void shouldSumAsOneProcess(Design design) {
    for (int d : new int[] {2, 65}) {
      ShardedScores all = ShardedScores.of(design, BLOCK + 77, d, 1, d);
      SampleSums once = all.together().finished();
      assertNear(all.whole().sums(), once, 1e-11);
      assertSameBits(once, all.shuffled(1).finished());
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

  @Test
  void shouldCountRowsOfOneWeightTogetherHoweverManyTheyShow() {
    Locality flat = new Locality(Distance.COSINE, 1e12);
    ShardedScores all =
        ShardedScores.of(new Bernoulli(0.5), 3 * BLOCK, 70, flat, ShardedScores.level(1, 1), 1, 4);
    SampleSums got = all.shuffled(2).finished();
    assertArrayEquals(all.whole().sums().gram().products(), got.gram().products());
    assertEquals(3 * BLOCK + 1, got.effectiveSamples());
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
