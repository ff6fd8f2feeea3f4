package dev.quicklime.report.drawing;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.function.IntUnaryOperator;
import org.apache.pdfbox.Loader;
import org.apache.pdfbox.cos.COSName;
import org.apache.pdfbox.pdmodel.PDDocument;
import org.apache.pdfbox.pdmodel.PDResources;
import org.apache.pdfbox.pdmodel.graphics.form.PDFormXObject;
import org.apache.pdfbox.pdmodel.graphics.image.PDImageXObject;
import org.junit.jupiter.api.Test;

/** Pictures in files for papers, pixel by pixel. */
class PdfTest {

  private static final int WIDTH = 61;
  private static final int HEIGHT = 37;

  private static BufferedImage picture(int type, IntUnaryOperator colour) {
    BufferedImage picture = new BufferedImage(WIDTH, HEIGHT, type);
    for (int i = 0; i < WIDTH * HEIGHT; i++) {
      picture.setRGB(i % WIDTH, i / WIDTH, colour.applyAsInt(i));
    }
    return picture;
  }

  private static BufferedImage opaque(IntUnaryOperator colour) {
    return picture(BufferedImage.TYPE_INT_RGB, colour);
  }

  private static Figure figure(BufferedImage... pictures) {
    List<DrawnLayer> layers = new ArrayList<>();
    for (BufferedImage picture : pictures) {
      layers.add(DrawnLayer.of(g -> g.drawImage(picture, 0, 0, null)));
    }
    return new Figure(
        "figure",
        "Figure",
        "A figure.",
        "A figure.",
        new Drawing(WIDTH, HEIGHT, 150, layers, null));
  }

  private static List<BufferedImage> embedded(byte[] pdf) throws IOException {
    try (PDDocument document = Loader.loadPDF(pdf)) {
      return embedded(document.getPage(0).getResources());
    }
  }

  private static List<BufferedImage> embedded(PDResources resources) throws IOException {
    List<BufferedImage> found = new ArrayList<>();
    for (COSName name : resources.getXObjectNames()) {
      switch (resources.getXObject(name)) {
        case PDImageXObject image -> found.add(image.getImage());
        case PDFormXObject form -> found.addAll(embedded(form.getResources()));
        default -> {}
      }
    }
    return found;
  }

  private static void assertSame(BufferedImage expected, BufferedImage got, String what) {
    for (int y = 0; y < HEIGHT; y++) {
      for (int x = 0; x < WIDTH; x++) {
        assertEquals(expected.getRGB(x, y), got.getRGB(x, y), what + " at " + x + ", " + y);
      }
    }
  }

  @Test
  void shouldHoldPicturesPixelByPixel() throws IOException {
    Random random = new Random(3);
    int[] few = random.ints(11, 0, 1 << 24).toArray();
    List<BufferedImage> pictures =
        List.of(
            opaque(_ -> random.nextInt(1 << 24)),
            opaque(_ -> 0x010101 * random.nextInt(256)),
            opaque(i -> i * 40503),
            opaque(_ -> few[random.nextInt(few.length)]),
            opaque(i -> (i / 5) % 2 == 0 ? 0xffffff : 0x20a060),
            opaque(_ -> 0x123456),
            picture(BufferedImage.TYPE_INT_ARGB, _ -> 0xff000000 | random.nextInt(1 << 24)));
    for (int i = 0; i < pictures.size(); i++) {
      List<BufferedImage> held = embedded(figure(pictures.get(i)).pdf());
      assertEquals(1, held.size());
      assertSame(pictures.get(i), held.getFirst(), "picture " + i);
    }
  }

  @Test
  void shouldHoldAPictureThatIsDrawnTwiceOnce() throws IOException {
    Random random = new Random(4);
    BufferedImage one = opaque(_ -> random.nextInt(1 << 24));
    BufferedImage other = opaque(_ -> random.nextInt(1 << 24));
    int once = figure(one).pdf().length;
    assertEquals(once, figure(one, one).pdf().length, 0.1 * once);
    assertEquals(2 * once, figure(one, other).pdf().length, 0.2 * once);
  }
}
