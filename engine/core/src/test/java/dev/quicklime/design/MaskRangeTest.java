package dev.quicklime.design;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.quicklime.InvalidInputException;
import dev.quicklime.internal.kernel.Implementation;
import dev.quicklime.internal.kernel.KernelSet;
import dev.quicklime.internal.kernel.masks.MaskKernel;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class MaskRangeTest {

  private static final int[] COLUMNS = {1, 2, 63, 64, 65, 100, 197};

  private static Stream<Design> designs() {
    return Stream.of(
        new Bernoulli(0.5),
        new Bernoulli(0.3),
        new Bernoulli(0.999),
        new Bernoulli(1e-3),
        new Antithetic(),
        new FixedSize(),
        new Leverage(),
        new FoldedHadamard(),
        new TwoPhase());
  }

  private static void assertRange(MaskMatrix whole, MaskMatrix range, int from, int to) {
    assertEquals(whole.slice(from, to - from), range, () -> "rows " + from + " to " + to);
  }

  @ParameterizedTest
  @MethodSource("designs")
  void shouldDrawTheRowsThatTheWholeHas(Design design) {
    for (int d : COLUMNS) {
      // Folded and unfolded, with pairs whole and cut, past what is skipped at once.
      for (int n : new int[] {1, 2, 7, 150, 1001, 1600}) {
        MaskMatrix whole = MaskSampler.draw(design, n, d, 11);
        int rows = MaskSampler.rows(design, n, d);
        assertEquals(rows, whole.rows());
        int[] ends = {0, 1, 2, 3, 8, 9, 10, 16, 17, 64, 65, 129, 513, 514, 1025, n - 1, n, n + 1};
        for (int from : ends) {
          for (int to : ends) {
            if (0 <= from && from < to && to <= rows) {
              assertRange(whole, MaskSampler.draw(design, n, d, 11, from, to), from, to);
            }
          }
        }
      }
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 5, 12})
  void shouldEnumerateFromAnyRowOn(int d) {
    Design design = new Exhaustive();
    MaskMatrix whole = MaskSampler.draw(design, 3, d, 0);
    for (int from = 0; from < whole.rows(); from += Math.max(1, whole.rows() / 7)) {
      for (int to : new int[] {from + 1, (from + whole.rows() + 1) / 2, whole.rows()}) {
        if (to > from) {
          assertRange(whole, MaskSampler.draw(design, 3, d, 0, from, to), from, to);
        }
      }
    }
  }

  @ParameterizedTest
  @EnumSource(Implementation.class)
  void shouldDrawTheSameInAnyPiecesWithEveryFormOfTheKernel(Implementation form) {
    for (int d : COLUMNS) {
      for (double p : new double[] {0.5, 0.3, 0.001}) {
        int n = 700;
        MaskMatrix whole = MaskSampler.draw(new Bernoulli(p), n, d, 4);
        long[] generators = new long[MaskKernel.STATE];
        MaskKernel.seed(4, generators);
        BernoulliRows rows = new BernoulliRows(KernelSet.of(form).masks(), p, d, generators);
        int perRow = whole.wordsPerRow();
        long[] words = new long[n * perRow];
        int row = 0;
        for (int count : new int[] {8, 0, 64, 16, 496, n - 584}) {
          rows.next(words, row * perRow, count);
          row += count;
        }
        long[] expected = new long[n * perRow];
        whole.copyWords(1, n, expected);
        assertArrayEquals(expected, words);
      }
    }
  }

  @Test
  void shouldHoldNoRowsButThoseThatAreAskedFor() {
    // The whole would take 16 GB.
    MaskMatrix few =
        MaskSampler.draw(new Bernoulli(0.5), Integer.MAX_VALUE - 1, 64, 0, 100_000, 100_003);
    assertEquals(3, few.rows());
    assertEquals(MaskSampler.draw(new Bernoulli(0.5), 100_003, 64, 0).slice(100_000, 3), few);
  }

  @Test
  void shouldRefuseRangesThatAreNone() {
    for (int[] range : List.of(array(-1, 3), array(3, 3), array(4, 3), array(0, 12))) {
      assertThrows(
          InvalidInputException.class,
          () -> MaskSampler.draw(new Antithetic(), 10, 5, 0, range[0], range[1]));
    }
    assertThrows(
        InvalidInputException.class, () -> MaskSampler.draw(new Exhaustive(), 10, 3, 0, 0, 9));
    assertThrows(
        InvalidInputException.class, () -> MaskSampler.draw(new Antithetic(), 0, 5, 0, 0, 1));
  }

  private static int[] array(int from, int to) {
    return new int[] {from, to};
  }

  @Test
  void shouldSliceRowsAndRefuseOthers() {
    MaskMatrix masks = MaskSampler.draw(new Antithetic(), 10, 70, 0);
    MaskMatrix slice = masks.slice(4, 3);
    assertEquals(3, slice.rows());
    for (int row = 0; row < 3; row++) {
      assertEquals(masks.word(4 + row, 0), slice.word(row, 0));
      assertEquals(masks.word(4 + row, 1), slice.word(row, 1));
    }
    assertSame(masks, masks.slice(0, 11));
    for (int[] range : List.of(array(-1, 3), array(0, 0), array(11, 1), array(1, 11))) {
      assertThrows(InvalidInputException.class, () -> masks.slice(range[0], range[1]));
    }
    assertThrows(InvalidInputException.class, () -> masks.slice(2, Integer.MAX_VALUE));
  }
}
