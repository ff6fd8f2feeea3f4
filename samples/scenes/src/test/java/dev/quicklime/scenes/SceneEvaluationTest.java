package dev.quicklime.scenes;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.quicklime.InvalidInputException;
import dev.quicklime.segment.SegmentMap;
import java.util.List;
import org.junit.jupiter.api.Test;

class SceneEvaluationTest {

  /** Four tiles of 20×20 pixels; the object is the left half of the first one. */
  private static final SegmentMap TILES = tiles();

  private static SegmentMap tiles() {
    int[] labels = new int[1600];
    for (int i = 0; i < labels.length; i++) {
      labels[i] = (i / 40 < 20 ? 0 : 2) + (i % 40 < 20 ? 0 : 1);
    }
    return SegmentMap.of(40, 40, labels);
  }

  private static boolean[] object(int right) {
    boolean[] object = new boolean[1600];
    for (int i = 0; i < object.length; i++) {
      object[i] = i / 40 < 20 && i % 40 < right;
    }
    return object;
  }

  @Test
  void shouldCountPositiveWeightAlone() {
    SceneEvaluation got = SceneEvaluation.of(TILES, List.of(3.0, 1.0, -5.0, 0.0), object(10));
    assertEquals(0.75 * 0.5, got.inside(), 1e-12);
    assertEquals(200.0 / 1600, got.area(), 1e-12);
    assertEquals(200.0 / 400, got.iou(), 1e-12);
    assertTrue(got.hit());
  }

  @Test
  void shouldEqualTheAreaForAnEvenSpread() {
    SceneEvaluation got = SceneEvaluation.of(TILES, List.of(1.0, 1.0, 1.0, 1.0), object(13));
    assertEquals(13 * 20 / 1600.0, got.inside(), 1e-12);
    assertEquals(13 * 20 / 1600.0, got.area(), 1e-12);
  }

  @Test
  void shouldMissWhenTheStrongestPartIsElsewhere() {
    SceneEvaluation got = SceneEvaluation.of(TILES, List.of(1.0, 0.0, 0.0, 2.0), object(20));
    assertFalse(got.hit());
    assertEquals(1.0 / 3, got.inside(), 1e-12);
    assertEquals(0, got.iou());
  }

  @Test
  void shouldForgiveTheToleranceAndNoMore() {
    // The middle of the first tile is column 9 or 10; the tolerance is 1.6 pixels.
    assertTrue(SceneEvaluation.of(TILES, List.of(1.0, 0.0, 0.0, 0.0), object(9)).hit());
    assertFalse(SceneEvaluation.of(TILES, List.of(1.0, 0.0, 0.0, 0.0), object(7)).hit());
  }

  @Test
  void shouldTakeAsManyPartsAsCoverTheObject() {
    boolean[] object = object(40);
    SceneEvaluation got = SceneEvaluation.of(TILES, List.of(3.0, 2.0, 1.0, 0.5), object);
    assertEquals(1, got.iou());
    SceneEvaluation half = SceneEvaluation.of(TILES, List.of(3.0, 1.0, 2.0, 0.5), object);
    assertEquals(400.0 / 1200, half.iou(), 1e-12);
  }

  @Test
  void shouldBeZeroWithoutPositiveWeight() {
    SceneEvaluation got = SceneEvaluation.of(TILES, List.of(-1.0, 0.0, 0.0, -2.0), object(10));
    assertEquals(0, got.inside());
    assertEquals(0, got.iou());
    assertFalse(got.hit());
  }

  @Test
  void shouldRefuseWhatDoesNotFit() {
    assertThrows(
        InvalidInputException.class, () -> SceneEvaluation.of(TILES, List.of(1.0), object(10)));
    assertThrows(
        InvalidInputException.class,
        () -> SceneEvaluation.of(TILES, List.of(1.0, 1.0, 1.0, 1.0), new boolean[1600]));
    assertThrows(
        InvalidInputException.class,
        () -> SceneEvaluation.of(TILES, List.of(1.0, 1.0, 1.0, 1.0), new boolean[5]));
  }
}
