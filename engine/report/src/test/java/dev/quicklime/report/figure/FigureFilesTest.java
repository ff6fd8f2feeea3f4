package dev.quicklime.report.figure;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.quicklime.report.chart.BoxChart;
import dev.quicklime.report.chart.Charts;
import dev.quicklime.report.drawing.Figure;
import dev.quicklime.report.drawing.Plate;
import dev.quicklime.report.drawing.Typeface;
import dev.quicklime.report.statistics.Spread;
import java.awt.Color;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import javax.imageio.ImageIO;
import org.apache.pdfbox.Loader;
import org.apache.pdfbox.pdmodel.PDDocument;
import org.apache.pdfbox.rendering.PDFRenderer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Files of figures, as programs for papers read them. */
class FigureFilesTest {

  private static final double METRES = 0.0254;

  @TempDir private Path folder;

  private static Figure chart() {
    List<BoxChart.Box> boxes =
        List.of(new BoxChart.Box("star", Spread.of(new double[] {1, 2, 3, 4, 9})));
    return BoxChart.draw(boxes, "score", false, 240).figure("boxes", "Boxes", "c", "a");
  }

  private static Figure picture(int width, int height) {
    BufferedImage image = new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB);
    image.setRGB(width / 2, height / 2, 0xff8800);
    return Plate.of(image).figure("picture", "Picture", "c", "a");
  }

  /** Pixels of a metre as a file says; fails unless it says so once and before the pixels. */
  private static int density(byte[] png) {
    int found = 0;
    int density = 0;
    int at = 8;
    while (at < png.length) {
      int length = ByteBuffer.wrap(png, at, 4).getInt();
      String name = new String(png, at + 4, 4, StandardCharsets.US_ASCII);
      if (name.equals("pHYs")) {
        found++;
        density = ByteBuffer.wrap(png, at + 8, 4).getInt();
        assertEquals(density, ByteBuffer.wrap(png, at + 12, 4).getInt(), "as many down as across");
        assertEquals(1, png[at + 16], "of a metre");
      }
      assertTrue(found == 1 || !name.equals("IDAT"), "density before the pixels");
      at += length + 12;
    }
    assertEquals(1, found);
    return density;
  }

  @Test
  void shouldSayHowLargeAPictureIsOnPaper() throws IOException {
    Figure figure = chart();
    assertEquals(Math.round(200 / METRES), density(figure.png()));
    // Small letters are drawn twice as large as charts have them.
    double points = 2 * Charts.TYPE.small().getSize2D() * 72 / 200;
    assertTrue(points >= 8, "small letters have " + points + " pt");
    BufferedImage read = ImageIO.read(new ByteArrayInputStream(figure.png()));
    assertEquals(figure.width(), read.getWidth());
    assertEquals(figure.height(), read.getHeight());
  }

  @Test
  void shouldHaveLettersOfEightPointsOnPicturesOfAnyWidth() {
    for (int width : new int[] {300, 480, 560, 900, 1400, 3000}) {
      double density = density(picture(width, 20).png()) * METRES;
      double smallest = Typeface.forWidth(width).tag().getSize2D();
      double points = smallest * 72 / density;
      assertTrue(points >= 7.9, "at " + width + " pixels " + points + " pt");
    }
  }

  @Test
  void shouldWriteEveryFigureInThreeFormats() throws IOException {
    for (Figure figure : List.of(chart(), picture(420, 300))) {
      figure.write(folder, figure.name());
      assertArrayEquals(
          figure.png(), Files.readAllBytes(folder.resolve(figure.name() + ".png")), "PNG");
      assertTrue(Files.readString(folder.resolve(figure.name() + ".svg")).contains("<svg"));
      try (PDDocument pdf = Loader.loadPDF(folder.resolve(figure.name() + ".pdf").toFile())) {
        assertEquals(1, pdf.getNumberOfPages());
        double points = 72 / (density(figure.png()) * METRES);
        assertEquals(figure.width() * points, pdf.getPage(0).getMediaBox().getWidth(), 0.5);
        assertEquals(figure.height() * points, pdf.getPage(0).getMediaBox().getHeight(), 0.5);
        assertEquals(figure.title(), pdf.getDocumentInformation().getTitle());
        assertLike(figure, new PDFRenderer(pdf).renderImageWithDPI(0, (float) (72 / points)));
      }
    }
  }

  /** Each tenth of the picture is about as bright on paper as it is on the screen. */
  private static void assertLike(Figure figure, BufferedImage printed) throws IOException {
    BufferedImage drawn = ImageIO.read(new ByteArrayInputStream(figure.png()));
    int tenth = drawn.getHeight() / 10;
    for (int part = 0; part < 10; part++) {
      assertEquals(
          brightness(drawn, part * tenth, tenth),
          brightness(printed, part * tenth, tenth),
          4,
          figure.name() + " in tenth " + part);
    }
  }

  private static double brightness(BufferedImage image, int top, int rows) {
    double sum = 0;
    for (int y = top; y < top + rows; y++) {
      for (int x = 0; x < image.getWidth(); x++) {
        Color colour = new Color(image.getRGB(x, Math.min(y, image.getHeight() - 1)));
        sum += (colour.getRed() + colour.getGreen() + colour.getBlue()) / 3.0;
      }
    }
    return sum / ((double) rows * image.getWidth());
  }

  @Test
  void shouldBeTheSameFileEachTime() {
    assertArrayEquals(chart().pdf(), chart().pdf());
  }
}
