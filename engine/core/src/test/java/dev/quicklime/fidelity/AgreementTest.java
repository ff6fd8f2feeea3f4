package dev.quicklime.fidelity;

import static java.util.Objects.requireNonNull;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.quicklime.InvalidInputException;
import dev.quicklime.segment.SegmentMap;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

class AgreementTest {

  /** Five columns of two rows: superpixels of 4, 4 and 2 pixels. */
  private static final SegmentMap SEGMENTS =
      SegmentMap.of(5, 2, new int[] {0, 0, 1, 1, 2, 0, 0, 1, 1, 2});

  @Test
  void shouldAverageAMapOverSuperpixels() {
    double[] map = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10};
    assertArrayEquals(new double[] {4, 6, 7.5}, Agreement.means(SEGMENTS, map), 1e-12);
    assertThrows(InvalidInputException.class, () -> Agreement.means(SEGMENTS, new double[] {1, 2}));
    map[3] = Double.NaN;
    assertThrows(InvalidInputException.class, () -> Agreement.means(SEGMENTS, map));
  }

  @Test
  void shouldCorrelateRanks() {
    double[] rising = {1, 2, 3, 4};
    assertEquals(1, correlation(rising, -1, 0, 10, 1000), 1e-12);
    assertEquals(-1, correlation(rising, 4, 3, 2, -9), 1e-12);
    // Ranks 1, 2.5, 2.5, 4 against 1, 3, 2, 4.
    assertEquals(4.5 / Math.sqrt(4.5 * 5), correlation(rising(1, 2, 2, 3), 1, 3, 2, 4), 1e-12);
    assertNull(Agreement.rankCorrelation(rising, new double[] {7, 7, 7, 7}));
    assertNull(Agreement.rankCorrelation(new double[1], new double[1]));
    assertThrows(
        InvalidInputException.class, () -> Agreement.rankCorrelation(rising, new double[3]));
  }

  private static double[] rising(double... values) {
    return values;
  }

  private static double correlation(double[] one, double... other) {
    return requireNonNull(Agreement.rankCorrelation(one, other));
  }

  @Test
  void shouldCompareTopAreasOfOneSize() {
    double[] map = {9, 8, 7, 0, 0, 6, 0, 0, 0, 0};
    // Four pixels of superpixel 0, three of them among the map's four strongest.
    assertEquals(3.0 / 5, topAreas(map, 1, -1, 0.5), 1e-12);
    // Superpixel 2 covers a fifth by itself, and the map's two strongest are elsewhere.
    assertEquals(0, topAreas(map, 1, -1, 5), 1e-12);
    // Only two values of the map are above 0.
    assertEquals(2.0 / 4, topAreas(new double[] {1, 0, -3, 0, 0, 2, 0, 0, 0, 0}, 1, 0, 0), 1e-12);
    assertNull(Agreement.topAreas(SEGMENTS, List.of(-1.0, 0.0, -2.0), map, 0.2));
    assertNull(Agreement.topAreas(SEGMENTS, List.of(1.0, 0.0, 0.0), new double[10], 0.2));
  }

  private static double topAreas(double[] map, double... weights) {
    List<Double> listed = Arrays.stream(weights).boxed().toList();
    return requireNonNull(Agreement.topAreas(SEGMENTS, listed, map, 0.2));
  }

  @Test
  void shouldTakeTheStrongestPixelsByPlaceWhereTheyAreEqual() {
    double[] map = {1, 5, 0, 5, -7, 2};
    assertArrayEquals(new int[] {1, 3, 5}, Agreement.strongest(map, 3));
    assertArrayEquals(new int[] {1, 3, 5, 0}, Agreement.strongest(map, 100));
  }
}
