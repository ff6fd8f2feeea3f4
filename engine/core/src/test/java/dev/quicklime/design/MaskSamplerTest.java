package dev.quicklime.design;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.quicklime.InvalidInputException;
import dev.quicklime.internal.kernel.Implementation;
import dev.quicklime.internal.kernel.KernelSet;
import dev.quicklime.internal.kernel.masks.MaskKernel;
import java.util.HashSet;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class MaskSamplerTest {

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 63, 64, 65, 100, 127, 128, 129, 400})
  void shouldShowEverythingInRowZeroAndNothingPastTheLastColumn(int d) {
    for (Design design : new Design[] {new Bernoulli(0.5), new Bernoulli(0.9)}) {
      MaskMatrix masks = MaskSampler.draw(design, 50, d, 3);
      assertEquals(51, masks.rows());
      assertEquals(d, masks.countShown(0));
      for (int row = 0; row < masks.rows(); row++) {
        long last = masks.word(row, masks.wordsPerRow() - 1);
        int used = d - 64 * (masks.wordsPerRow() - 1);
        assertEquals(0, used == 64 ? 0 : last >>> used, "bits past column " + d);
      }
    }
  }

  @Test
  void shouldDrawTheSameMasksForASeedOnEveryMachine() {
    MaskMatrix masks = MaskSampler.draw(Bernoulli.defaults(), 1000, 100, 42);
    assertEquals(masks, MaskSampler.draw(Bernoulli.defaults(), 1000, 100, 42));
    assertNotEquals(masks, MaskSampler.draw(Bernoulli.defaults(), 1000, 100, 43));
    assertEquals(-435421344, masks.hashCode());
  }

  @Test
  void shouldNotChangeTheFirstRowsWhenMoreAreDrawn() {
    for (double p : new double[] {0.5, 0.3, 0.999}) {
      for (int d : new int[] {20, 70, 500, 1000}) {
        MaskMatrix many = MaskSampler.draw(new Bernoulli(p), 90, d, 5);
        for (int n : new int[] {1, 2, 3, 7, 8, 10, 63}) {
          MaskMatrix few = MaskSampler.draw(new Bernoulli(p), n, d, 5);
          for (int i = 0; i < few.rows() * few.wordsPerRow(); i++) {
            int row = i / few.wordsPerRow();
            int index = i % few.wordsPerRow();
            assertEquals(many.word(row, index), few.word(row, index));
          }
        }
      }
    }
  }

  @Test
  void shouldPutTheWordsThatAreDrawnBehindRowZero() {
    long[] generators = new long[MaskKernel.STATE];
    MaskKernel.seed(9, generators);
    long[] words = new long[24];
    KernelSet.of(Implementation.SCALAR)
        .masks()
        .draw(generators, MaskKernel.threshold(0.3), words, 0, words.length);
    MaskMatrix masks = MaskSampler.draw(new Bernoulli(0.3), 10, 100, 9);
    for (int row = 1; row <= 10; row++) {
      assertEquals(words[2 * row - 2], masks.word(row, 0));
      assertEquals(words[2 * row - 1] & (1L << 36) - 1, masks.word(row, 1));
    }
  }

  @ParameterizedTest
  @ValueSource(doubles = {1e-3, 0.1, 0.3, 0.5, 0.7, 0.999})
  void shouldShowEachPartWithTheProbabilityAskedFor(double p) {
    int n = 20_000;
    int d = 70;
    MaskMatrix masks = MaskSampler.draw(new Bernoulli(p), n, d, 1);
    double deviation = Math.sqrt(p * (1 - p) / n);
    for (int j = 0; j < d; j++) {
      int shown = 0;
      for (int row = 1; row <= n; row++) {
        shown += masks.shown(row, j) ? 1 : 0;
      }
      assertEquals(p, (double) shown / n, 5 * deviation, "column " + j);
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 5, 12})
  void shouldEnumerateEveryMaskOnce(int d) {
    MaskMatrix masks = MaskSampler.draw(new Exhaustive(), 7, d, 0);
    Set<Long> seen = new HashSet<>();
    for (int row = 0; row < masks.rows(); row++) {
      seen.add(masks.word(row, 0));
    }
    assertEquals(1 << d, masks.rows());
    assertEquals(1 << d, seen.size());
    assertEquals(d, masks.countShown(0));
  }

  @Test
  void shouldRefuseNumbersOutOfRange() {
    assertThrows(InvalidInputException.class, () -> new Bernoulli(Double.NaN));
    assertThrows(InvalidInputException.class, () -> new Bernoulli(0));
    assertThrows(InvalidInputException.class, () -> new Bernoulli(1));
    assertThrows(
        InvalidInputException.class, () -> MaskSampler.draw(Bernoulli.defaults(), 0, 5, 0));
    assertThrows(
        InvalidInputException.class, () -> MaskSampler.draw(Bernoulli.defaults(), 5, 0, 0));
    assertThrows(InvalidInputException.class, () -> MaskSampler.draw(new Exhaustive(), 5, 21, 0));
    assertThrows(
        InvalidInputException.class,
        () -> MaskSampler.draw(Bernoulli.defaults(), Integer.MAX_VALUE - 1, 4096, 0));
  }

  @Test
  void shouldReadBackWhatWasPacked() {
    boolean[][] rows = new boolean[3][130];
    rows[1][0] = true;
    rows[1][64] = true;
    rows[2][129] = true;
    MaskMatrix masks = MaskMatrix.of(rows);
    for (int row = 0; row < 3; row++) {
      for (int j = 0; j < 130; j++) {
        assertEquals(rows[row][j], masks.shown(row, j));
      }
    }
    assertTrue(masks.shown(2, 129));
    assertFalse(masks.shown(2, 128));
    assertThrows(IndexOutOfBoundsException.class, () -> masks.shown(0, 130));
    assertThrows(IndexOutOfBoundsException.class, () -> masks.shown(3, 0));
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 63, 64, 65, 128, 130, 200, 700})
  void shouldLookUpNumbersByHowManyPartsARowShows(int d) {
    MaskMatrix masks = MaskSampler.draw(new Bernoulli(0.4), 37, d, 8);
    double[] table = IntStream.rangeClosed(0, d).mapToDouble(k -> k * k).toArray();
    double[] into = new double[40];
    masks.lookUpByCount(table, into);
    for (int row = 0; row < 40; row++) {
      assertEquals(row < 38 ? table[masks.countShown(row)] : 0, into[row]);
    }
    assertThrows(InvalidInputException.class, () -> masks.lookUpByCount(new double[d], into));
    assertThrows(InvalidInputException.class, () -> masks.lookUpByCount(new double[d + 2], into));
    assertThrows(InvalidInputException.class, () -> masks.lookUpByCount(table, new double[37]));
  }

  @Test
  void shouldCopyThePackedWordsOfSomeRows() {
    MaskMatrix masks = MaskSampler.draw(Bernoulli.defaults(), 10, 130, 3);
    long[] words = new long[7];
    masks.copyWords(4, 2, words);
    for (int i = 0; i < 6; i++) {
      assertEquals(masks.word(4 + i / 3, i % 3), words[i]);
    }
    assertEquals(0, words[6]);
    assertThrows(IndexOutOfBoundsException.class, () -> masks.copyWords(10, 2, words));
  }
}
