package dev.quicklime.report.profile;

import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.quicklime.report.drawing.ColourVision;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class DesignColoursTest {

  /** Three times what is just seen. */
  private static final double APART = 0.06;

  private static final List<Integer> COLOURS =
      Stream.of("bernoulli", "antithetic", "hadamard", "two-phase", "fixed-size")
          .map(design -> DesignStyle.of(design, 0).colour().getRGB() & 0xffffff)
          .toList();

  @Test
  void shouldBeSeenOnWhite() {
    for (int colour : COLOURS) {
      double contrast = ColourVision.contrast(colour, 0xffffff);
      assertTrue(contrast >= 3, Integer.toHexString(colour) + ": " + contrast);
    }
  }

  @Test
  void shouldBeToldApartByAllKindsOfEyes() {
    double all = ColourVision.nearest(COLOURS, colour -> colour);
    double green = ColourVision.nearest(COLOURS, ColourVision::deuteranopia);
    double red = ColourVision.nearest(COLOURS, ColourVision::protanopia);
    assertTrue(Math.min(all, Math.min(green, red)) > APART, all + ", " + green + ", " + red);
  }
}
