package dev.quicklime.report.chart;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.quicklime.report.drawing.Typeface;
import java.awt.Color;
import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.Test;

class ChartsTest {

  private static final int COLOURS = 6;

  private static double linear(int level) {
    double share = level / 255.0;
    return share <= 0.04045 ? share / 12.92 : Math.pow((share + 0.055) / 1.055, 2.4);
  }

  /** With white, as WCAG 2 has it. */
  private static double contrast(Color colour) {
    return 1.05
        / (0.2126 * linear(colour.getRed())
            + 0.7152 * linear(colour.getGreen())
            + 0.0722 * linear(colour.getBlue())
            + 0.05);
  }

  @Test
  void shouldDrawMarksThatAreSeenOnWhite() {
    Set<Color> all = new HashSet<>();
    for (int i = 0; i < COLOURS; i++) {
      assertTrue(contrast(Charts.colour(i)) >= 3, i + ": " + contrast(Charts.colour(i)));
      all.add(Charts.colour(i));
    }
    assertEquals(COLOURS, all.size());
    assertTrue(contrast(Typeface.AXIS) >= 3, "" + contrast(Typeface.AXIS));
    assertTrue(contrast(Typeface.MUTED) >= 4.5, "" + contrast(Typeface.MUTED));
  }
}
