package dev.quicklime.report.figure;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.quicklime.InvalidInputException;
import dev.quicklime.cam.CamLayer;
import dev.quicklime.cam.CamMap;
import dev.quicklime.cam.CamStatistics;
import dev.quicklime.image.Image;
import dev.quicklime.image.Placement;
import dev.quicklime.image.Preprocessing;
import dev.quicklime.image.Resize;
import dev.quicklime.report.drawing.Heat;
import dev.quicklime.report.drawing.Pixels;
import java.util.List;
import org.junit.jupiter.api.Test;

class CamOverlayTest {

  private static final int PLACES = 12;
  private static final Preprocessing INPUT = Preprocessing.imageNet().withSize(96, 96);

  /** A map of 12 × 12 places that falls from one of them. */
  private static CamMap map() {
    float[] values = new float[PLACES * PLACES];
    for (int row = 0; row < PLACES; row++) {
      for (int column = 0; column < PLACES; column++) {
        values[row * PLACES + column] = (float) (3 / (1 + Math.hypot(row - 3, column - 8)));
      }
    }
    CamLayer layer = new CamLayer("x", null, "relu", 1, 1, PLACES, PLACES, false, true);
    return new CamMap(0, 1, 0.5, layer, values, new double[] {1}, List.of());
  }

  /** A disc of red on blue. */
  private static Image picture(int width, int height) {
    byte[] pixels = new byte[3 * width * height];
    for (int y = 0; y < height; y++) {
      for (int x = 0; x < width; x++) {
        boolean inside = Math.hypot(x - 30, y - 30) < 15;
        pixels[3 * (y * width + x) + (inside ? 0 : 2)] = (byte) 255;
      }
    }
    return Image.of8(width, height, 3, pixels);
  }

  private static int rgb(Image image, int x, int y) {
    return (int) image.value(x, y, 0) << 16
        | (int) image.value(x, y, 1) << 8
        | (int) image.value(x, y, 2);
  }

  @Test
  void shouldMixThePicturesBrightnessWithTheMapsColour() {
    Image picture = picture(96, 96);
    CamMap map = map();
    Placement placement = INPUT.placement(96, 96);
    double limit = CamOverlay.limit(map.largest());
    assertTrue(limit >= map.largest() && limit < 2 * map.largest());
    Image none = CamOverlay.of(picture, placement, 96, 96, 0, 96, 96).draw(map, 0, limit);
    Image all = CamOverlay.of(picture, placement, 96, 96, 1, 96, 96).draw(map, 0, limit);
    assertEquals(0x010101 * Pixels.gray(0x0000ff), rgb(none, 90, 5));
    assertEquals(0x010101 * Pixels.gray(0xff0000), rgb(none, 30, 30));
    for (int y = 0; y < 96; y += 5) {
      for (int x = 0; x < 96; x += 5) {
        int expected = new Heat(limit).rgb(map.at(0, (y + 0.5) / 96, (x + 0.5) / 96));
        assertEquals(expected, rgb(all, x, y));
      }
    }
  }

  @Test
  void shouldHideWhatWasCroppedAway() {
    Image picture = picture(200, 100);
    Preprocessing input = INPUT.withResize(Resize.CROP);
    CamMap map = map();
    CamOverlay overlay = CamOverlay.of(picture, input.placement(200, 100), 96, 96, 0, 200, 100);
    assertTrue(overlay.cropped());
    Image drawn = overlay.draw(map, 0, 1);
    int gray = 0x010101 * Pixels.gray(0x0000ff);
    assertEquals(gray, rgb(drawn, 100, 90));
    assertTrue(gray != rgb(drawn, 10, 90));
    Preprocessing whole = INPUT.withResize(Resize.PAD);
    assertFalse(CamOverlay.of(picture, whole.placement(200, 100), 96, 96, 0.5, 200, 100).cropped());
  }

  @Test
  void shouldFindThePeakInThePicture() {
    CamMap map = map();
    CamStatistics statistics = CamStatistics.of(map);
    Placement placement = INPUT.placement(192, 96);
    assertEquals(map.largest(), statistics.max(), 0);
    assertEquals(
        map.largest(), map.value(statistics.frame(), statistics.row(), statistics.column()), 0);
    assertEquals(16 * statistics.column() + 8, statistics.x(map, placement, INPUT.width()), 1e-9);
    assertEquals(8 * statistics.row() + 4, statistics.y(map, placement, INPUT.height()), 1e-9);
    assertEquals(3, statistics.row());
    assertEquals(8, statistics.column());
    double sum = 0;
    double least = Double.POSITIVE_INFINITY;
    for (float value : map.values()) {
      sum += value;
      least = Math.min(least, value);
    }
    assertEquals(least, statistics.min(), 0);
    assertEquals(sum / map.values().length, statistics.mean(), 1e-12);
  }

  @Test
  void shouldRefuseAnOpacityThatIsNone() {
    Placement placement = INPUT.placement(8, 8);
    Image picture = picture(8, 8);
    for (double opacity : new double[] {-0.1, 1.1, Double.NaN}) {
      assertThrows(
          InvalidInputException.class, () -> CamOverlay.of(picture, placement, 96, 96, opacity));
    }
  }
}
