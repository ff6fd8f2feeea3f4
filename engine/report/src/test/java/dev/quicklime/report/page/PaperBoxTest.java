package dev.quicklime.report.page;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.quicklime.report.drawing.FigureSize;
import org.junit.jupiter.api.Test;

class PaperBoxTest {

  private static final PaperBox BOX = new PaperBox(160, 120);

  @Test
  void shouldSayHowManyPixelsAreAsHighAsTheSmallestLetters() {
    // 800 pixels in 160 points, of which 8 and 4 % more are 41.6.
    assertEquals(41.6, BOX.least(800, 200), 1e-9);
    // 600 in 120, the other way up.
    assertEquals(41.6, BOX.least(100, 600), 1e-9);
  }

  @Test
  void shouldEnlargeNumbersThatAreTooSmallAndNoOthers() {
    // Of a picture of 800 pixels they are 20 high.
    assertEquals(2.08, BOX.tags(new FigureSize(800, 200)), 1e-6);
    assertEquals(1.04, BOX.tags(new FigureSize(800, 200, 2)), 1e-6);
    assertEquals(1, BOX.tags(new FigureSize(800, 200, 3)));
    assertEquals("2.08", PaperBox.css(BOX.tags(new FigureSize(800, 200))));
  }
}
