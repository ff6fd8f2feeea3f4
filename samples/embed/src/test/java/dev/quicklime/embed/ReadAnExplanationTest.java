package dev.quicklime.embed;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.quicklime.Explainer;
import dev.quicklime.Explanation;
import dev.quicklime.image.Image;
import dev.quicklime.image.ImageFiles;
import dev.quicklime.scenes.Bundled;
import java.awt.Color;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;

class ReadAnExplanationTest {

  /** White on the left, black on the right. */
  private static BufferedImage halves() {
    BufferedImage picture = new BufferedImage(96, 48, BufferedImage.TYPE_3BYTE_BGR);
    for (int y = 0; y < 48; y++) {
      for (int x = 0; x < 48; x++) {
        picture.setRGB(x, y, Color.WHITE.getRGB());
      }
    }
    return picture;
  }

  @Test
  void shouldTellAWeightAndItsIntervalForEachPixelOfThePicture() {
    try (Explainer explainer = ReadAnExplanation.lightOrDark()) {
      Explanation explanation = ReadAnExplanation.explain(explainer, halves());
      assertEquals(2, explanation.outputs());
      assertEquals(96 * 48, explanation.superpixels().labels().length);
      String label = explanation.classes().getFirst().scored().label();
      char left = label.equals("light") ? '+' : '-';
      String number = "\\d\\.\\d{4}";
      String form =
          "superpixel \\d+ adds \\%s"
              + number
              + " ± "
              + number
              + " to the PROBABILITY of %s, one of 2 outputs";
      String white = ReadAnExplanation.at(explanation, 5, 24);
      String black = ReadAnExplanation.at(explanation, 90, 24);
      assertTrue(white.matches(form.formatted(left, label)), white);
      assertTrue(black.matches(form.formatted(left == '+' ? '-' : '+', label)), black);
      assertTrue(ReadAnExplanation.json(explanation).startsWith("{\n  \"schema\" : 1,"));
    }
  }

  @Test
  void shouldExplainABufferedImageAndItsFileAlike() throws IOException {
    ByteArrayOutputStream file = new ByteArrayOutputStream();
    assertTrue(ImageIO.write(halves(), "png", file));
    try (Explainer explainer = ReadAnExplanation.lightOrDark()) {
      Explanation java = ReadAnExplanation.explain(explainer, halves());
      Explanation bytes = ReadAnExplanation.explain(explainer, file.toByteArray());
      assertEquals(java.classes(), bytes.classes());
    }
  }

  @Test
  void shouldSayWhyThereIsNoInterval() {
    try (Explainer explainer = ReadAnExplanation.exact(Bundled.model())) {
      Image picture = ImageFiles.read(Bundled.pictures().getFirst());
      Explanation explanation = explainer.explain(Bundled.pictures().getFirst());
      assertEquals("fp32", explanation.provenance().model().precision());
      assertEquals(2, explanation.provenance().model().threads());
      String middle = ReadAnExplanation.at(explanation, picture.width() / 2, picture.height() / 2);
      assertTrue(middle.contains("without an interval: "), middle);
    }
  }
}
