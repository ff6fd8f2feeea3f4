package dev.quicklime.internal.cam;

import static dev.quicklime.internal.cam.MapShape.Order.MAPS_FIRST;
import static dev.quicklime.internal.cam.MapShape.Order.MAPS_LAST;
import static dev.quicklime.internal.cam.MapShape.Order.TOKENS;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import org.junit.jupiter.api.Test;

class MapShapeTest {

  private static final long[] PICTURE = {1, 3, 32, 48};
  private static final long[] VIDEO = {1, 3, 8, 32, 48};

  @Test
  void shouldReadMapsOfPicturesAndOfVideos() {
    assertEquals(
        new MapShape(MAPS_FIRST, 7, 1, 4, 6, 0),
        MapShape.of(new long[] {1, 7, 4, 6}, PICTURE, null));
    assertEquals(
        new MapShape(MAPS_FIRST, 7, 2, 4, 6, 0),
        MapShape.of(new long[] {1, 7, 2, 4, 6}, VIDEO, null));
    assertEquals(2 * 4 * 6, new MapShape(MAPS_FIRST, 7, 2, 4, 6, 0).places());
  }

  @Test
  void shouldReadMapsLastWhereThisAloneGivesThemThePicturesShape() {
    assertEquals(
        new MapShape(MAPS_LAST, 24, 1, 4, 6, 0),
        MapShape.of(new long[] {1, 4, 6, 24}, PICTURE, null));
    assertEquals(
        new MapShape(MAPS_LAST, 24, 2, 4, 6, 0),
        MapShape.of(new long[] {1, 2, 4, 6, 24}, VIDEO, null));
    // Either would do.
    assertEquals(
        new MapShape(MAPS_FIRST, 6, 1, 6, 6, 0),
        MapShape.of(new long[] {1, 6, 6, 6}, PICTURE, null));
    // Neither would.
    assertEquals(
        new MapShape(MAPS_FIRST, 7, 1, 1, 9, 0),
        MapShape.of(new long[] {1, 7, 1, 9}, PICTURE, null));
  }

  @Test
  void shouldFindNoPlacesWhereThereIsOneOrNone() {
    assertNull(MapShape.of(new long[] {1, 7, 1, 1}, PICTURE, null));
    assertNull(MapShape.of(new long[] {1, 7}, PICTURE, null));
    assertNull(MapShape.of(new long[] {1, 7, 0, 6}, PICTURE, null));
    assertNull(MapShape.of(new long[] {2, 7, 4, 6}, PICTURE, null));
    assertNull(MapShape.of(new long[] {1, 7, 4, 6}, VIDEO, null));
    assertNull(MapShape.of(new long[] {1, 24, 7}, VIDEO, null));
  }

  @Test
  void shouldReadTokensByTheGridBeforeThem() {
    long[] grid = {4, 6};
    assertEquals(
        new MapShape(TOKENS, 9, 1, 4, 6, 0), MapShape.of(new long[] {1, 24, 9}, PICTURE, grid));
    assertEquals(
        new MapShape(TOKENS, 9, 1, 4, 6, 1), MapShape.of(new long[] {1, 25, 9}, PICTURE, grid));
    // A class token and four registers.
    assertEquals(
        new MapShape(TOKENS, 9, 1, 4, 6, 5), MapShape.of(new long[] {1, 29, 9}, PICTURE, grid));
    // 24 maps whose 24 places were put in a row are no tokens of 2×3 patches.
    assertNull(MapShape.of(new long[] {1, 6, 24}, PICTURE, grid));
  }

  @Test
  void shouldReadTokensByTheShapeOfThePicture() {
    assertEquals(
        new MapShape(TOKENS, 9, 1, 2, 3, 0), MapShape.of(new long[] {1, 6, 9}, PICTURE, null));
    assertEquals(
        new MapShape(TOKENS, 9, 1, 2, 3, 1), MapShape.of(new long[] {1, 7, 9}, PICTURE, null));
    assertNull(MapShape.of(new long[] {1, 8, 9}, PICTURE, null));
    // One patch is no map.
    assertNull(MapShape.of(new long[] {1, 1, 9}, new long[] {1, 3, 32, 32}, null));
  }
}
