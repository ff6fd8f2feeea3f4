package dev.quicklime.report.figure;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.quicklime.ClassExplanation;
import dev.quicklime.ExplainOptions;
import dev.quicklime.Explanation;
import dev.quicklime.model.Target;
import dev.quicklime.report.Explained;
import dev.quicklime.report.drawing.Figure;
import dev.quicklime.report.drawing.FigureFiles;
import dev.quicklime.report.drawing.FigureFormat;
import dev.quicklime.report.drawing.Plate;
import dev.quicklime.segment.Tiles;
import java.awt.Color;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import javax.imageio.ImageIO;
import javax.xml.parsers.DocumentBuilderFactory;
import org.apache.pdfbox.Loader;
import org.apache.pdfbox.cos.COSName;
import org.apache.pdfbox.pdmodel.PDDocument;
import org.apache.pdfbox.pdmodel.PDResources;
import org.apache.pdfbox.pdmodel.graphics.form.PDFormXObject;
import org.apache.pdfbox.pdmodel.graphics.image.PDImageXObject;
import org.apache.pdfbox.rendering.PDFRenderer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;

/** Superpixels in files for papers: shapes over the picture's own pixels. */
class OutlineFilesTest {

  private static final Explanation EXPLANATION =
      Explained.of(
          2,
          pixels -> {
            double score = pixels[5] - 2 * pixels[500] + pixels[1000];
            return new double[] {score, -score};
          },
          ExplainOptions.defaults()
              .withSegmenter(new Tiles(3, 3))
              .withTarget(Target.LOGIT)
              .withSamples(80));

  @TempDir private Path folder;

  /** The figures over a picture, each with how many pictures of pixels it is made of. */
  private static Map<Figure, Integer> figures() {
    Subject subject = Subject.of("a.png", EXPLANATION, Show.BOTH);
    ClassExplanation positive =
        EXPLANATION.classes().stream()
            .filter(each -> each.fit().coefficients().stream().anyMatch(weight -> weight > 0))
            .findFirst()
            .orElseThrow();
    ClassFigures drawn = new ClassFigures(subject, positive);
    return Map.of(
        new PictureFigures(subject).boundaries(), 1,
        drawn.both(), 1,
        drawn.boundary(), 1,
        drawn.heatMap(), 1,
        // The pale picture, and the colours of what speaks for the class.
        drawn.parts(), 2);
  }

  private static Document parsed(String svg) throws Exception {
    return DocumentBuilderFactory.newDefaultNSInstance()
        .newDocumentBuilder()
        .parse(new ByteArrayInputStream(svg.getBytes(StandardCharsets.UTF_8)));
  }

  private static List<Element> elements(Document svg, String... names) {
    List<Element> found = new ArrayList<>();
    for (String name : names) {
      NodeList all = svg.getElementsByTagNameNS("http://www.w3.org/2000/svg", name);
      for (int i = 0; i < all.getLength(); i++) {
        found.add((Element) all.item(i));
      }
    }
    return found;
  }

  @Test
  void shouldHaveShapesInSvgAndThePictureAloneAsPixels() throws Exception {
    for (Map.Entry<Figure, Integer> each : figures().entrySet()) {
      Figure figure = each.getKey();
      Document svg = parsed(figure.svg());
      assertEquals(each.getValue(), elements(svg, "image").size(), figure.name());
      assertFalse(elements(svg, "path", "polygon", "rect").isEmpty(), figure.name());
      // Nine tiles, of which each has four corners.
      long corners =
          elements(svg, "path").stream()
              .mapToLong(path -> corners(path.getAttribute("d")))
              .max()
              .orElse(0);
      assertTrue(corners >= 4, figure.name() + " has shapes of " + corners + " corners");
      if (!figure.name().equals("boundaries")) {
        assertFalse(elements(svg, "text").isEmpty(), figure.name() + " has no numbers");
      }
    }
  }

  private static long corners(String path) {
    return path.chars().filter(c -> c == 'L' || c == 'H' || c == 'V').count();
  }

  @Test
  void shouldHaveThePictureAloneAsPixelsInPdf() throws IOException {
    for (Map.Entry<Figure, Integer> each : figures().entrySet()) {
      try (PDDocument pdf = Loader.loadPDF(each.getKey().pdf())) {
        assertEquals(each.getValue(), images(pdf.getPage(0).getResources()), each.getKey().name());
      }
    }
  }

  private static int images(PDResources resources) throws IOException {
    int found = 0;
    for (COSName name : resources.getXObjectNames()) {
      found +=
          switch (resources.getXObject(name)) {
            case PDImageXObject _ -> 1;
            case PDFormXObject form -> images(form.getResources());
            default -> 0;
          };
    }
    return found;
  }

  @Test
  void shouldLookAlikeOnPaperAndOnScreens() throws IOException {
    List<Figure> figures = new ArrayList<>(figures().keySet());
    // Some of these have nothing to show.
    for (Show show : Show.values()) {
      Subject subject = Subject.of("a.png", EXPLANATION, show);
      EXPLANATION.classes().forEach(each -> figures.add(new ClassFigures(subject, each).parts()));
    }
    for (Figure figure : figures) {
      BufferedImage drawn = ImageIO.read(new ByteArrayInputStream(figure.png()));
      try (PDDocument pdf = Loader.loadPDF(figure.pdf())) {
        float points = pdf.getPage(0).getMediaBox().getWidth();
        BufferedImage printed = new PDFRenderer(pdf).renderImage(0, figure.width() / points);
        int side = Math.min(drawn.getWidth(), drawn.getHeight()) / 8;
        for (int y = 0; y + side <= drawn.getHeight(); y += side) {
          for (int x = 0; x + side <= drawn.getWidth(); x += side) {
            for (int channel = 0; channel < 3; channel++) {
              assertEquals(
                  mean(drawn, x, y, side, channel),
                  mean(printed, x, y, side, channel),
                  12,
                  "%s at %s, %s".formatted(figure.name(), x, y));
            }
          }
        }
      }
    }
  }

  private static double mean(BufferedImage image, int left, int top, int side, int channel) {
    double sum = 0;
    for (int y = top; y < top + side; y++) {
      for (int x = left; x < left + side; x++) {
        Color colour =
            new Color(
                image.getRGB(
                    Math.min(x, image.getWidth() - 1), Math.min(y, image.getHeight() - 1)));
        sum += colour.getRGBColorComponents(null)[channel] * 255;
      }
    }
    return sum / (side * side);
  }

  @Test
  void shouldWriteTheFormatsThatAreAskedFor() throws IOException {
    BufferedImage image = new BufferedImage(20, 10, BufferedImage.TYPE_INT_RGB);
    Figure figure = Plate.of(image).figure("a", "A", "c", "d");
    FigureFiles.write(List.of(figure), folder, EnumSet.of(FigureFormat.SVG, FigureFormat.PDF));
    assertEquals(Set.of("a.svg", "a.pdf"), names());
    assertEquals(figure.svg(), Files.readString(folder.resolve("a.svg")));
    FigureFiles.write(List.of(figure), folder, EnumSet.of(FigureFormat.PNG));
    assertEquals(Set.of("a.svg", "a.pdf", "a.png"), names());
  }

  private Set<String> names() throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return Set.copyOf(files.map(file -> String.valueOf(file.getFileName())).toList());
    }
  }
}
