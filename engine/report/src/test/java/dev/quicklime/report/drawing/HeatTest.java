package dev.quicklime.report.drawing;

import static dev.quicklime.report.drawing.ColourVision.contrast;
import static dev.quicklime.report.drawing.ColourVision.deuteranopia;
import static dev.quicklime.report.drawing.ColourVision.distance;
import static dev.quicklime.report.drawing.ColourVision.protanopia;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

class HeatTest {

  private static final int STEPS = 20;
  private static final Heat HEAT = new Heat(1);

  /** What is just seen. */
  private static final double SEEN = 0.02;

  @Test
  void shouldTakeEqualStepsForEqualWeights() {
    double step =
        (distance(0xffffff, HEAT.rgb(0.5)) + distance(HEAT.rgb(0.5), Heat.POSITIVE)) / STEPS;
    assertTrue(step > SEEN, "" + step);
    for (int sign : new int[] {1, -1}) {
      for (int i = 0; i < STEPS; i++) {
        double found =
            distance(HEAT.rgb(sign * i / (double) STEPS), HEAT.rgb(sign * (i + 1.0) / STEPS));
        // A screen has 256 levels of each colour, some tenth of a step apart.
        assertEquals(step, found, 0.2 * step, sign + " " + i);
      }
    }
    assertEquals(0xffffff, HEAT.rgb(0));
    assertEquals(Heat.POSITIVE, HEAT.rgb(1));
    assertEquals(Heat.NEGATIVE, HEAT.rgb(-2));
  }

  @Test
  void shouldMakeOppositeWeightsEquallyStrong() {
    for (int i = 0; i <= STEPS; i++) {
      double weight = i / (double) STEPS;
      assertEquals(
          Oklab.of(HEAT.rgb(weight)).lightness(),
          Oklab.of(HEAT.rgb(-weight)).lightness(),
          SEEN / 2);
      assertEquals(
          distance(0xffffff, HEAT.rgb(weight)), distance(0xffffff, HEAT.rgb(-weight)), SEEN / 2);
    }
  }

  @Test
  void shouldBeToldApartByTheColourBlind() {
    for (int i = 1; i <= STEPS; i++) {
      double weight = i / (double) STEPS;
      double full = distance(HEAT.rgb(weight), HEAT.rgb(-weight));
      double green = distance(deuteranopia(HEAT.rgb(weight)), deuteranopia(HEAT.rgb(-weight)));
      double red = distance(protanopia(HEAT.rgb(weight)), protanopia(HEAT.rgb(-weight)));
      assertTrue(green > 0.6 * full, weight + ": " + green + " of " + full);
      assertTrue(red > 0.6 * full, weight + ": " + red + " of " + full);
    }
    // A tenth of the strongest weight is seen, and on which side it is.
    assertTrue(distance(deuteranopia(HEAT.rgb(0.1)), deuteranopia(HEAT.rgb(-0.1))) > SEEN);
    double before = 1;
    for (int i = 1; i <= STEPS; i++) {
      double lightness = Oklab.of(deuteranopia(HEAT.rgb(i / (double) STEPS))).lightness();
      assertTrue(lightness < before, i + ": " + lightness);
      before = lightness;
    }
  }

  @Test
  void shouldContrastWithWhatBarsAndNumbersAreDrawnOn() {
    assertTrue(contrast(Heat.POSITIVE, 0xffffff) >= 4.5);
    assertTrue(contrast(Heat.NEGATIVE, 0xffffff) >= 4.5);
    // The ground of charts in the dark.
    assertTrue(contrast(Heat.POSITIVE, 0x1c2024) >= 3);
    assertTrue(contrast(Heat.NEGATIVE, 0x1c2024) >= 3);
  }

  @Test
  void shouldTintInProportion() {
    Heat heat = new Heat(0.2);
    assertEquals(0, heat.tint(0));
    assertEquals(heat.tint(0.1) / 2, heat.tint(-0.05), 1e-12);
    assertEquals(heat.tint(0.2), heat.tint(0.3));
    // Over a gray a weight that is 200 times as large looks otherwise, not like a hair more.
    for (int gray : new int[] {0x404040, 0x808080, 0xffffff}) {
      int strong = Pixels.mix(gray, Heat.POSITIVE, heat.tint(0.187));
      int weak = Pixels.mix(gray, Heat.POSITIVE, heat.tint(0.001));
      assertTrue(distance(strong, weak) > 5 * SEEN, Integer.toHexString(gray));
      assertTrue(distance(weak, gray) < SEEN, Integer.toHexString(gray));
    }
  }
}
