package dev.quicklime.design;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.quicklime.InvalidInputException;
import org.junit.jupiter.api.Test;

class MaskMatrixTest {

  @Test
  void shouldTakeACopyOfPackedWords() {
    long[] words = {1L << 63, 1, 5, 0};
    MaskMatrix masks = MaskMatrix.ofWords(2, 65, words);
    words[0] = 0;
    assertTrue(masks.shown(0, 63));
    assertTrue(masks.shown(0, 64));
    assertFalse(masks.shown(1, 64));
    assertTrue(masks.shown(1, 0) && masks.shown(1, 2));
    boolean[][] rows = new boolean[2][65];
    rows[0][63] = rows[0][64] = rows[1][0] = rows[1][2] = true;
    assertEquals(MaskMatrix.of(rows), masks);
    assertEquals(64, MaskMatrix.ofWords(1, 64, new long[] {-1}).countShown(0));
  }

  @Test
  void shouldHaveTheRowsOfOneMatrixBehindThoseOfAnother() {
    for (int columns : new int[] {1, 63, 64, 65, 130}) {
      MaskMatrix all = MaskSampler.draw(new Antithetic(), 8, columns, 3);
      assertEquals(all, all.slice(0, 4).followedBy(all.slice(4, 5)));
      assertEquals(all.slice(2, 1), all.repeating(2).slice(9, 1));
      assertEquals(10, all.repeating(2).rows());
      MaskMatrix others = MaskSampler.draw(new Antithetic(), 8, columns + 1, 3);
      assertThrows(InvalidInputException.class, () -> all.followedBy(others));
    }
  }

  @Test
  void shouldSumTheNumbersOfTheShownSuperpixels() {
    MaskMatrix masks = MaskMatrix.ofWords(2, 65, new long[] {1L << 63 | 4, 1, 0, 0});
    double[] numbers = new double[65];
    numbers[0] = 100;
    numbers[2] = 8;
    numbers[63] = 0.25;
    numbers[64] = -2;
    assertEquals(1.5 + 8 + 0.25 - 2, masks.sumShown(0, 1.5, numbers));
    assertEquals(1.5, masks.sumShown(1, 1.5, numbers));
    assertThrows(IndexOutOfBoundsException.class, () -> masks.sumShown(2, 0, numbers));
  }

  @Test
  void shouldRefuseWordsThatDoNotMakeUpTheMasks() {
    assertThrows(InvalidInputException.class, () -> MaskMatrix.ofWords(0, 3, new long[0]));
    assertThrows(InvalidInputException.class, () -> MaskMatrix.ofWords(1, 0, new long[0]));
    assertThrows(InvalidInputException.class, () -> MaskMatrix.ofWords(1, 65, new long[1]));
    InvalidInputException e =
        assertThrows(
            InvalidInputException.class, () -> MaskMatrix.ofWords(2, 3, new long[] {7, 8}));
    assertEquals("bits past the last column must be 0, got one in row 1", e.getMessage());
  }
}
