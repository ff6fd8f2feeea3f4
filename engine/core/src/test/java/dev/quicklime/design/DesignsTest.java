package dev.quicklime.design;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class DesignsTest {

  static Stream<Design> drawn() {
    return Stream.of(
        Bernoulli.defaults(),
        new Antithetic(),
        new FoldedHadamard(),
        new FixedSize(),
        new Leverage());
  }

  private static void assertPrefix(MaskMatrix many, MaskMatrix few) {
    assertEquals(many.prefix(few.rows()), few);
  }

  @ParameterizedTest
  @MethodSource("drawn")
  void shouldShowEverythingInRowZeroAndNothingPastTheLastColumn(Design design) {
    for (int d : new int[] {1, 2, 3, 7, 31, 63, 64, 65, 100, 127, 128, 129, 400}) {
      for (int n : new int[] {1, 2, 3, 50, 1001}) {
        MaskMatrix masks = MaskSampler.draw(design, n, d, 3);
        assertEquals(n + 1, masks.rows());
        assertEquals(d, masks.countShown(0));
        for (int row = 0; row <= n; row++) {
          long last = masks.word(row, masks.wordsPerRow() - 1);
          int used = d - 64 * (masks.wordsPerRow() - 1);
          assertEquals(0, used == 64 ? 0 : last >>> used, "bits past column " + d);
        }
      }
    }
  }

  @ParameterizedTest
  @MethodSource("drawn")
  void shouldDependOnTheSeedAlone(Design design) {
    MaskMatrix masks = MaskSampler.draw(design, 300, 70, 42);
    assertEquals(masks, MaskSampler.draw(design, 300, 70, 42));
    assertNotEquals(masks, MaskSampler.draw(design, 300, 70, 43));
  }

  @Test
  void shouldDrawTheSameMasksOnEveryMachine() {
    assertEquals(HASH_ANTITHETIC, MaskSampler.draw(new Antithetic(), 999, 100, 42).hashCode());
    assertEquals(HASH_HADAMARD, MaskSampler.draw(new FoldedHadamard(), 999, 100, 42).hashCode());
    assertEquals(HASH_FIXED, MaskSampler.draw(new FixedSize(), 999, 100, 42).hashCode());
    assertEquals(HASH_LEVERAGE, MaskSampler.draw(new Leverage(), 999, 100, 42).hashCode());
  }

  private static final int HASH_ANTITHETIC = -1055500675;
  private static final int HASH_HADAMARD = -498255199;
  private static final int HASH_FIXED = 211232801;
  private static final int HASH_LEVERAGE = -433127482;

  @ParameterizedTest
  @MethodSource("drawn")
  void shouldBeginWithTheRowsOfFewerSamples(Design design) {
    for (int d : new int[] {5, 20, 64, 70, 300}) {
      MaskMatrix many = MaskSampler.draw(design, 2001, d, 5);
      for (int n : new int[] {2000, 1701, 1300, 700, 100, 33, 12, 3, 2, 1}) {
        if (MaskSampler.blockRows(design, n, d) == MaskSampler.blockRows(design, 2001, d)) {
          assertPrefix(many, MaskSampler.draw(design, n, d, 5));
        }
      }
    }
  }

  @Test
  void shouldBeginWithTheRowsOfFewerSamplesAsLongAsNoneAreFolded() {
    MaskMatrix many = MaskSampler.draw(new FoldedHadamard(), 600, 300, 5);
    for (int n : new int[] {599, 400, 308, 307, 100, 1}) {
      assertPrefix(many, MaskSampler.draw(new FoldedHadamard(), n, 300, 5));
    }
  }

  @ParameterizedTest
  @MethodSource("drawn")
  void shouldFollowEveryMaskByItsComplementWhereItSaysSo(Design design) {
    for (int d : new int[] {1, 2, 64, 100}) {
      MaskMatrix masks = MaskSampler.draw(design, 501, d, 9);
      boolean complements = true;
      for (int row = 1; row + 1 <= 501; row += 2) {
        for (int j = 0; j < d; j++) {
          complements &= masks.shown(row, j) != masks.shown(row + 1, j);
        }
      }
      assertEquals(MaskSampler.blockRows(design, 501, d) == 2, complements, design + ", " + d);
    }
  }

  @Test
  void shouldBlockRowsByDesign() {
    assertEquals(1, MaskSampler.blockRows(Bernoulli.defaults(), 100, 10));
    assertEquals(1, MaskSampler.blockRows(new Exhaustive(), 100, 10));
    assertEquals(2, MaskSampler.blockRows(new Antithetic(), 1, 10));
    assertEquals(2, MaskSampler.blockRows(new FixedSize(), 100, 10));
    assertEquals(2, MaskSampler.blockRows(new Leverage(), 100, 10));
    assertEquals(1, MaskSampler.blockRows(new FoldedHadamard(), 135, 64));
    assertEquals(2, MaskSampler.blockRows(new FoldedHadamard(), 136, 64));
  }

  /** ±1 of a mask. */
  private static int sign(MaskMatrix masks, int row, int column) {
    return masks.shown(row, column) ? 1 : -1;
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 10, 27, 64, 100})
  void shouldKeepMainEffectsApartAndEvenInteractionsOutInAFoldedBlock(int d) {
    int block = 2 * HadamardMatrix.atLeast(d + 1).order();
    MaskMatrix masks = MaskSampler.draw(new FoldedHadamard(), 2 * block, d, d);
    for (int first = 1; first <= block + 1; first += block) {
      for (int a = 0; a < d; a++) {
        int sum = 0;
        for (int row = first; row < first + block; row++) {
          sum += sign(masks, row, a);
        }
        assertEquals(0, sum, "shown as often as filled");
        for (int b = 0; b < a; b++) {
          int product = 0;
          int three = 0;
          for (int row = first; row < first + block; row++) {
            int pair = sign(masks, row, a) * sign(masks, row, b);
            product += pair;
            three += pair * sign(masks, row, (a + 3 * b) % d);
          }
          assertEquals(0, product, "two main effects");
          assertEquals(0, three, "a main effect and an interaction of two");
        }
      }
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 10, 27, 64, 100})
  void shouldKeepMainEffectsApartFromEachOtherAndTheInterceptInAnUnfoldedBlock(int d) {
    int order = HadamardMatrix.atLeast(d + 1).order();
    MaskMatrix masks = MaskSampler.draw(new FoldedHadamard(), order, d, d);
    for (int a = 0; a < d; a++) {
      for (int b = 0; b <= a; b++) {
        int sum = 0;
        int product = 0;
        for (int row = 1; row <= order; row++) {
          sum += sign(masks, row, a);
          product += sign(masks, row, a) * sign(masks, row, b);
        }
        assertEquals(0, sum);
        assertEquals(a == b ? order : 0, product);
      }
    }
  }

  @ParameterizedTest
  @MethodSource("drawn")
  void shouldShowEachSuperpixelHalfOfTheTime(Design design) {
    int runs = 400;
    for (int d : new int[] {3, 20, 70}) {
      // The first rows alone, whose marginals no balance over a block can mend.
      int[] shown = new int[d];
      for (int seed = 0; seed < runs; seed++) {
        MaskMatrix masks = MaskSampler.draw(design, 5, d, seed);
        for (int j = 0; j < d; j++) {
          shown[j] += masks.shown(5, j) ? 1 : 0;
        }
      }
      for (int j = 0; j < d; j++) {
        assertTrue(
            Math.abs(shown[j] - runs / 2) < 5 * Math.sqrt(runs) / 2, design + " " + shown[j]);
      }
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {2, 3, 10, 63, 64, 101})
  void shouldShowEverySizeAndWithinItEverySuperpixelEquallyOften(int d) {
    int rounds = 2 * d;
    int pairs = rounds * (d / 2);
    MaskMatrix masks = MaskSampler.draw(new Leverage(), 2 + 2 * pairs, d, 7);
    assertEquals(0, masks.countShown(1));
    int[] sizes = new int[d + 1];
    int[][] shown = new int[d + 1][d];
    for (int row = 3; row < masks.rows(); row++) {
      int size = masks.countShown(row);
      sizes[size]++;
      for (int j = 0; j < d; j++) {
        shown[size][j] += masks.shown(row, j) ? 1 : 0;
      }
    }
    for (int k = 1; k < d; k++) {
      assertEquals(2 * k == d ? 2 * rounds : rounds, sizes[k], "masks of size " + k);
      for (int j = 0; 2 * k < d && j < d; j++) {
        assertEquals(2 * k, shown[k][j], "decks of all superpixels that were dealt to their ends");
      }
    }
  }

  @Test
  void shouldDrawSizesByTheLawOfKernelShap() {
    int d = 10;
    int pairs = 40_000;
    MaskMatrix masks = MaskSampler.draw(new FixedSize(), 2 * pairs, d, 1);
    int[] sizes = new int[d + 1];
    int[] shown = new int[d];
    for (int row = 1; row < masks.rows(); row += 2) {
      sizes[masks.countShown(row)]++;
      for (int j = 0; j < d; j++) {
        shown[j] += masks.countShown(row) == 3 && masks.shown(row, j) ? 1 : 0;
      }
    }
    double total = 0;
    for (int s = 1; s < d; s++) {
      total += (d - 1.0) / (s * (d - s));
    }
    assertEquals(0, sizes[0] + sizes[d]);
    for (int s = 1; s < d; s++) {
      double p = (d - 1.0) / (s * (d - s)) / total;
      assertEquals(p * pairs, sizes[s], 5 * Math.sqrt(pairs * p));
    }
    for (int j = 0; j < d; j++) {
      assertEquals(0.3 * sizes[3], shown[j], 5 * Math.sqrt(0.3 * sizes[3]), "all sets alike");
    }
  }
}
