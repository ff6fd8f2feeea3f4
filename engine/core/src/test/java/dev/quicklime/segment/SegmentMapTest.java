package dev.quicklime.segment;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.quicklime.InvalidInputException;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

class SegmentMapTest {
  @Test
  void shouldCountAndMeasureItsLabels() {
    SegmentMap map = SegmentMap.of(3, 2, new int[] {0, 0, 1, 2, 2, 2});
    assertEquals(3, map.count());
    assertArrayEquals(new int[] {2, 1, 3}, map.areas());
    assertEquals(1, map.label(2, 0));
    assertEquals(2, map.label(0, 1));
  }

  @Test
  void shouldRefuseLabelsWithAGapOrOutOfRange() {
    assertThrows(InvalidInputException.class, () -> SegmentMap.of(3, 1, new int[] {0, 2, 2}));
    assertThrows(InvalidInputException.class, () -> SegmentMap.of(3, 1, new int[] {1, 1, 2}));
    assertThrows(InvalidInputException.class, () -> SegmentMap.of(3, 1, new int[] {-1, 0, 1}));
    assertThrows(
        InvalidInputException.class, () -> SegmentMap.of(2, 1, new int[] {0, Integer.MAX_VALUE}));
    assertThrows(InvalidInputException.class, () -> SegmentMap.of(2, 2, new int[3]));
    assertThrows(InvalidInputException.class, () -> SegmentMap.of(0, 0, new int[0]));
    assertThrows(InvalidInputException.class, () -> SegmentMap.of(65536, 65536, new int[0]));
  }

  @Test
  void shouldNumberAnyLabelsInTheOrderOfTheirAppearance() {
    SegmentMap map = SegmentMap.relabel(3, 2, new int[] {7, -5, 7, Integer.MIN_VALUE, -5, -5});
    assertArrayEquals(new int[] {0, 1, 0, 2, 1, 1}, map.labels());
  }

  @Test
  void shouldNumberLabelsAlikeWhateverTheirValues() {
    int[] labels = {3, 3, 11, 3, 0, 0, 11, 5, 5, 3, 5, 0};
    int[] numbers = {0, 0, 1, 0, 2, 2, 1, 3, 3, 0, 3, 2};
    for (int offset : new int[] {0, 1, -1, 12, -12, Integer.MAX_VALUE - 11, Integer.MIN_VALUE}) {
      int[] moved = Arrays.stream(labels).map(label -> label + offset).toArray();
      SegmentMap map = SegmentMap.relabel(4, 3, moved);
      assertArrayEquals(numbers, map.labels());
      assertArrayEquals(new int[] {4, 2, 3, 3}, map.areas());
    }
  }

  @Test
  void shouldKeepItsLabelsWhateverHappensToTheArraysAround() {
    int[] labels = {0, 1};
    SegmentMap map = SegmentMap.of(2, 1, labels);
    labels[0] = 1;
    map.labels()[0] = 1;
    map.areas()[0] = 9;
    assertArrayEquals(new int[] {0, 1}, map.labels());
    assertArrayEquals(new int[] {1, 1}, map.areas());
  }

  @Test
  void shouldFindBoundariesAmongFourNeighbours() {
    SegmentMap map = SegmentMap.of(3, 3, new int[] {0, 0, 0, 0, 0, 0, 0, 0, 1});
    assertTrue(map.isBoundary(2, 2));
    assertTrue(map.isBoundary(1, 2));
    assertTrue(map.isBoundary(2, 1));
    assertFalse(map.isBoundary(1, 1));
    assertFalse(map.isBoundary(0, 0));
    assertThrows(IndexOutOfBoundsException.class, () -> map.isBoundary(3, 0));
  }
}
