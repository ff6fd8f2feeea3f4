package dev.quicklime.report.figure;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.quicklime.segment.SegmentMap;
import java.awt.geom.Path2D;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class ContoursTest {

  private static List<Contours.Outline> outlines(int width, int... labels) {
    return Contours.of(SegmentMap.of(width, labels.length / width, labels));
  }

  @Test
  void shouldGoRoundARectangleOnce() {
    List<Contours.Outline> found = outlines(3, 0, 0, 1, 0, 0, 1);
    assertEquals("M0 0h2v2h-2v-2z", found.get(0).path());
    assertEquals("M2 0h1v2h-1v-2z", found.get(1).path());
  }

  @Test
  void shouldGoRoundAHoleTheOtherWay() {
    List<Contours.Outline> found = outlines(3, 0, 0, 0, 0, 1, 0, 0, 0, 0);
    assertEquals(2, found.get(0).loops().size());
    assertEquals("M1 1h1v1h-1v-1z", found.get(1).path());
  }

  @Test
  void shouldKeepPixelsApartThatTouchInACorner() {
    List<Contours.Outline> found = outlines(2, 0, 1, 1, 0);
    assertEquals("M0 0h1v1h-1v-1zM1 1h1v1h-1v-1z", found.get(0).path());
  }

  @Test
  void shouldHoldThePixelsOfItsSuperpixelAndNoOthers() {
    Random random = new Random(7);
    for (int[] size : new int[][] {{1, 1}, {1, 7}, {13, 1}, {2, 2}, {7, 5}, {33, 21}, {48, 32}}) {
      int width = size[0];
      int height = size[1];
      int count = Math.min(6, width * height);
      int[] labels = new int[width * height];
      for (int i = 0; i < labels.length; i++) {
        // Every label occurs.
        labels[i] = i < count ? i : random.nextInt(count);
      }
      List<Contours.Outline> found = Contours.of(SegmentMap.of(width, height, labels));
      for (int label = 0; label < count; label++) {
        Path2D shape = new Path2D.Double(Path2D.WIND_NON_ZERO);
        found.get(label).appendTo(shape);
        for (int i = 0; i < labels.length; i++) {
          assertEquals(
              labels[i] == label,
              shape.contains(i % width + 0.5, Math.floorDiv(i, width) + 0.5),
              "%d × %d, label %d at %d".formatted(width, height, label, i));
        }
      }
    }
  }
}
