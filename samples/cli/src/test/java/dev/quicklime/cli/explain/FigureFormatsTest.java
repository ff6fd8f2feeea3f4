package dev.quicklime.cli.explain;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.quicklime.cli.Ran;
import dev.quicklime.cli.TestPictures;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import javax.imageio.ImageIO;
import javax.xml.parsers.DocumentBuilderFactory;
import org.apache.pdfbox.Loader;
import org.apache.pdfbox.pdmodel.PDDocument;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Figures beside pages as PNG, SVG and PDF, of all commands that write some. */
class FigureFormatsTest {

  @TempDir private Path folder;

  private Path run(String out, List<String> arguments) throws IOException {
    List<String> all = new ArrayList<>(arguments);
    all.addAll(List.of("--quiet", "--out", folder.resolve(out).toString()));
    Ran ran = Ran.command(all.toArray(String[]::new));
    assertEquals(0, ran.code(), ran.err());
    return Path.of(ran.out().strip()).resolveSibling("");
  }

  private static Set<String> names(Path folder, String ending) throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return new TreeSet<>(
          files
              .map(file -> String.valueOf(file.getFileName()))
              .filter(name -> name.endsWith(ending))
              .map(name -> name.replace(ending, ""))
              .toList());
    }
  }

  /** Runs a command with and without other formats, and looks at all that is written. */
  private Path written(String... arguments) throws Exception {
    Path usual = run("usual", List.of(arguments));
    Set<String> figures = names(usual, ".png");
    assertFalse(figures.isEmpty());
    assertEquals(Set.of(), names(usual, ".svg"));
    assertEquals(Set.of(), names(usual, ".pdf"));
    List<String> more = new ArrayList<>(List.of(arguments));
    more.add("--figure-formats=png,svg,pdf");
    Path folder = run("more", more);
    for (String ending : List.of(".png", ".svg", ".pdf")) {
      assertEquals(figures, names(folder, ending));
    }
    for (String figure : figures) {
      byte[] png = Files.readAllBytes(usual.resolve(figure + ".png"));
      assertArrayEquals(png, Files.readAllBytes(folder.resolve(figure + ".png")), figure);
      BufferedImage image = ImageIO.read(usual.resolve(figure + ".png").toFile());
      var svg =
          DocumentBuilderFactory.newDefaultNSInstance()
              .newDocumentBuilder()
              .parse(folder.resolve(figure + ".svg").toFile())
              .getDocumentElement();
      assertEquals("" + image.getWidth(), svg.getAttribute("width"), figure);
      assertEquals("" + image.getHeight(), svg.getAttribute("height"), figure);
      try (PDDocument pdf = Loader.loadPDF(folder.resolve(figure + ".pdf").toFile())) {
        assertEquals(1, pdf.getNumberOfPages());
        assertFalse(pdf.getDocumentInformation().getTitle().isBlank(), figure);
        assertEquals(
            (double) image.getWidth() / image.getHeight(),
            pdf.getPage(0).getMediaBox().getWidth() / pdf.getPage(0).getMediaBox().getHeight(),
            1e-3,
            figure);
      }
    }
    return folder;
  }

  @Test
  void shouldWriteThoseOfAnExplanation() throws Exception {
    Path picture = TestPictures.write(folder.resolve("cat.png"), 100, 80);
    Path written =
        written(
            "explain",
            picture.toString(),
            "--samples=60",
            "--tiles=3x3",
            "--precision=fp32",
            "--batch=16",
            "--threads=1",
            "--figures=first");
    assertTrue(names(written, ".pdf").contains("boundaries"));
    Path alone =
        run(
            "alone",
            List.of(
                "explain",
                picture.toString(),
                "--samples=60",
                "--tiles=3x3",
                "--figures=first",
                "--figure-formats=svg"));
    assertEquals(names(written, ".png"), names(alone, ".svg"));
    assertEquals(Set.of(), names(alone, ".png"));
    assertTrue(Files.exists(alone.resolve("report.html")));
  }

  @Test
  void shouldWriteThoseOfGradCam() throws Exception {
    Path picture = TestPictures.write(folder.resolve("cat.png"), 60, 80);
    Path written = written("gradcam", picture.toString(), "--top=1", "--threads=1");
    assertTrue(names(written, ".svg").contains("original"));
  }

  @Test
  void shouldWriteThoseOfARow() throws Exception {
    Path written = written("tabular", "--samples=200", "--threads=1");
    // Charts are shapes and text, without a pixel.
    for (String figure : names(written, ".svg")) {
      String svg = Files.readString(written.resolve(figure + ".svg"));
      assertTrue(svg.contains("<text") && !svg.contains("<image"), figure);
    }
  }

  @Test
  void shouldRefuseOtherFormats() {
    for (String command : List.of("explain", "gradcam", "tabular")) {
      Ran ran = Ran.command(command, "--figure-formats=png,eps");
      assertEquals(2, ran.code());
      assertEquals(1, ran.errors().size(), ran.err());
      assertTrue(
          ran.err().startsWith("quicklime: --figure-formats must be one of png, svg, pdf, got eps"),
          ran.err());
    }
  }
}
