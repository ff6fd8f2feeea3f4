package dev.quicklime.report.profile;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.awt.Color;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ProfilePageTest {

  private static final List<String> DESIGNS = List.of("bernoulli", "hadamard", "<b>mine</b>");

  @TempDir Path folder;

  private String write(List<ProfileLine> lines, List<String> designs) throws IOException {
    ObjectNode settings = new JsonMapper().createObjectNode().put("heldOut", 50);
    ObjectNode provenance = new JsonMapper().createObjectNode().put("cpu", "a & b");
    provenance.putObject("model").put("name", "tiny.pt");
    new ProfilePage(ProfileSummary.of(lines, designs, null), settings, provenance).write(folder);
    return Files.readString(folder.resolve("profile.html"));
  }

  private static List<ProfileLine> falling() {
    List<ProfileLine> lines = new ArrayList<>();
    for (String design : DESIGNS) {
      lines.add(Lines.reference(design, 1e-5));
      for (int samples : new int[] {64, 256, 1024}) {
        for (int seed = 0; seed < 3; seed++) {
          double error = (10.0 + seed - DESIGNS.indexOf(design)) / samples;
          lines.add(Lines.line(design, samples, seed, error, "1 2"));
        }
      }
    }
    return lines;
  }

  private List<Path> charts() throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files.filter(file -> file.toString().endsWith(".png")).sorted().toList();
    }
  }

  private static boolean holds(BufferedImage image, int rgb) {
    for (int y = 0; y < image.getHeight(); y++) {
      for (int x = 0; x < image.getWidth(); x++) {
        if ((image.getRGB(x, y) & 0xffffff) == rgb) {
          return true;
        }
      }
    }
    return false;
  }

  /** A page without its pictures, whose encoding spells every short word somewhere. */
  private static String text(String page) {
    return page.replaceAll("base64,[A-Za-z0-9+/=]+", "");
  }

  @Test
  void shouldWriteAPageThatNeedsNothingBesideIt() throws IOException {
    String page = write(falling(), DESIGNS);
    assertTrue(page.contains("On logits, a relative squared error of"), page.substring(0, 2000));
    assertEquals(charts().size(), page.split("<svg ", -1).length - 1);
    assertFalse(page.contains("<img"), "pictures would stay white on a dark page");
    String linked = page.replaceAll("xmlns(:xlink)?=\"[^\"]*\"", "");
    assertFalse(linked.contains("http:") || linked.contains("https:"));
    assertFalse(page.contains("<script"));
    assertTrue(page.contains("&lt;b&gt;mine"), "names are to be escaped");
    assertFalse(page.contains("<b>mine"), "names are to be escaped");
    assertTrue(page.contains("held out"));
    assertTrue(page.contains("a &amp; b"));
    assertFalse(text(page).contains("NaN") || text(page).contains("null"));
  }

  /** Lines need a contrast of 3 to 1, as the guidelines for accessible pages say. */
  @Test
  void shouldBeReadOnWhiteAndOnADarkPage() throws IOException {
    String page = write(falling(), DESIGNS);
    double ground = luminance(new Color(0x1c2024));
    for (int place = 0; place < 7; place++) {
      double contrast = 1.05 / (luminance(DesignStyle.of("another", place).colour()) + 0.05);
      assertTrue(contrast >= 3, "on white " + place + " has a contrast of " + contrast);
    }
    for (String design :
        List.of("bernoulli", "antithetic", "hadamard", "two-phase", "fixed-size")) {
      Color colour = DesignStyle.of(design, 0).colour();
      String name = "rgb(%s,%s,%s)".formatted(colour.getRed(), colour.getGreen(), colour.getBlue());
      double contrast = (luminance(colour) + 0.05) / (ground + 0.05);
      assertTrue(
          contrast >= 3 || page.contains(".charts .drawn [stroke=\"" + name + "\"]"),
          design + " has a contrast of " + contrast);
    }
  }

  private static double luminance(Color colour) {
    return 0.2126 * linear(colour.getRed())
        + 0.7152 * linear(colour.getGreen())
        + 0.0722 * linear(colour.getBlue());
  }

  private static double linear(int channel) {
    double share = channel / 255.0;
    return share <= 0.04045 ? share / 12.92 : Math.pow((share + 0.055) / 1.055, 2.4);
  }

  @Test
  void shouldWriteWhatPapersTake() throws IOException {
    write(falling(), DESIGNS);
    for (Path chart : charts()) {
      for (String format : List.of(".svg", ".pdf")) {
        assertTrue(Files.exists(Path.of(chart.toString().replace(".png", format))), chart + format);
      }
    }
    assertEquals(
        "samples,bernoulli,hadamard,<b>mine</b>",
        Files.readAllLines(folder.resolve("logit-error.csv")).getFirst());
    assertTrue(Files.readString(folder.resolve("logit-error.tex")).contains("$<$b$>$mine"));
    assertTrue(Files.exists(folder.resolve("quicklime.bib")));
  }

  @Test
  void shouldDrawADesignInTheSameColourInEveryChart() throws IOException {
    write(falling(), DESIGNS);
    assertTrue(charts().size() >= 4, "" + charts());
    for (Path chart : charts()) {
      BufferedImage image = ImageIO.read(chart.toFile());
      assertNotNull(image, chart.toString());
      for (String design : DESIGNS) {
        int rgb = DesignStyle.of(design, DESIGNS.indexOf(design)).colour().getRGB() & 0xffffff;
        assertTrue(holds(image, rgb), design + " in " + chart);
      }
    }
  }

  @Test
  void shouldNotDrawWhatWasNotMeasured() throws IOException {
    write(falling(), DESIGNS);
    assertEquals(
        List.of(
            "logit-error-seconds.png",
            "logit-error.png",
            "logit-held-out-r2.png",
            "logit-likeness.png"),
        charts().stream().map(file -> String.valueOf(file.getFileName())).toList());
  }

  @Test
  void shouldPutTheNumbersIntoTheAlternativeTexts() throws IOException {
    String page = write(falling(), DESIGNS);
    // (10 + 11 + 12) / 3 / 1024
    assertTrue(
        page.matches("(?s).*aria-label=\"[^\"]*bernoulli: [^\"]*0\\.0107 with 1024.*"), "label");
  }

  @Test
  void shouldWriteNumbersForProgramsWithoutNaN() throws IOException {
    write(falling(), DESIGNS);
    JsonNode json = new JsonMapper().readTree(folder.resolve("profile.json").toFile());
    JsonNode target = json.get("targets").get(0);
    assertEquals("logit", target.get("target").textValue());
    assertEquals(11.0 / 1000, target.get("error").doubleValue(), 1e-9);
    assertTrue(target.get("warning").isNull());
    JsonNode hadamard = target.get("designs").get(1);
    assertEquals("hadamard", hadamard.get("design").textValue());
    assertEquals(1.1, hadamard.get("timesFewer").doubleValue(), 0.001);
    assertEquals(1e-5, hadamard.get("referenceError").doubleValue());
    JsonNode point = hadamard.get("points").get(0);
    assertEquals(64, point.get("samples").intValue());
    assertEquals(10.0 / 64, point.get("error").get("mean").doubleValue(), 1e-12);
    // The quantile .16 of 9, 10 and 11.
    assertEquals(9.32 / 64, point.get("error").get("low").doubleValue(), 1e-12);
    assertTrue(point.get("coverage").isNull());
    assertEquals("tiny.pt", json.get("provenance").get("model").get("name").textValue());
    assertEquals(50, json.get("settings").get("heldOut").intValue());
  }

  @Test
  void shouldStandErrorsThatNoLogarithmicAxisCanShow() throws IOException {
    List<ProfileLine> lines = new ArrayList<>();
    double[] errors = {0, 1e-30, 1e9, Double.POSITIVE_INFINITY};
    for (int i = 0; i < errors.length; i++) {
      lines.add(Lines.line("bernoulli", 10 << i, 0, errors[i], "1"));
    }
    String page = write(lines, List.of("bernoulli"));
    assertTrue(page.contains("Errors above 10 are cut off"));
    lines.subList(1, lines.size()).clear();
    assertTrue(write(lines, List.of("bernoulli")).contains("Figure 1"));
    lines.set(0, Lines.line("bernoulli", 10, 0, null, "1"));
    assertFalse(text(write(lines, List.of("bernoulli"))).contains("NaN"));
  }
}
