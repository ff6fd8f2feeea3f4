package dev.quicklime.model;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.quicklime.InvalidInputException;
import org.junit.jupiter.api.Test;

class MaskedPictureTest {

  @Test
  void shouldKeepItsLabelsWhateverHappensToTheArraysAround() {
    int[] labels = {0, 1, 1};
    MaskedPicture picture = new MaskedPicture(2, labels, _ -> {});
    labels[0] = 1;
    picture.labels()[1] = 0;
    assertArrayEquals(new int[] {0, 1, 1}, picture.labels());
    assertEquals(1, picture.wordsPerRow());
  }

  @Test
  void shouldRefuseLabelsOfNoSuperpixel() {
    assertRefused("labels must be between 0 and 1, got 2", 2, 0, 2);
    assertRefused("labels must be between 0 and 1, got -1", 2, -1, 0);
    assertRefused("superpixels must be at least 1, got 0", 0);
  }

  private static void assertRefused(String message, int superpixels, int... labels) {
    assertEquals(
        message,
        assertThrows(
                InvalidInputException.class, () -> new MaskedPicture(superpixels, labels, _ -> {}))
            .getMessage());
  }
}
