package dev.quicklime.cli.explain;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import dev.quicklime.Preset;
import dev.quicklime.cli.Ran;
import dev.quicklime.cli.Results;
import dev.quicklime.cli.TestPictures;
import dev.quicklime.scenes.Bundled;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The whole way from the command line to the files, with the bundled model. */
class ExplainCommandTest {

  @TempDir Path folder;

  private Path out() {
    return folder.resolve("out");
  }

  private List<String> names(Path folder) throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files.map(Path::getFileName).map(String::valueOf).sorted().toList();
    }
  }

  private JsonNode json(String name) throws IOException {
    return Results.read(out().resolve(name).resolve("explanation.json"));
  }

  @Test
  void shouldExplainTheBundledPicturesWithTheBundledModel() throws IOException {
    Ran ran = Ran.command("explain", "--samples=80", "--tiles=4x4", "--quiet", "--out", "" + out());
    assertEquals(0, ran.code(), ran.err());
    assertEquals("", ran.err());
    List<String> reports = names(out());
    assertEquals(
        Bundled.pictures().stream()
            .map(file -> String.valueOf(file.getFileName()).replace(".png", ""))
            .sorted()
            .toList(),
        reports);
    assertEquals(
        reports.stream()
            .map(name -> out().resolve(name).resolve("report.html").toString())
            .toList(),
        ran.out().lines().toList());
    for (String report : reports) {
      List<String> files = names(out().resolve(report));
      assertTrue(files.contains("report.html"), "" + files);
      assertTrue(files.contains("explanation.json"), "" + files);
      assertTrue(files.stream().anyMatch(file -> file.endsWith(".png")), "" + files);
      assertFalse(files.contains("run.npz"), "" + files);
      // Every bundled picture is named after the class that it shows.
      String label = json(report).get("scores").get(0).get("label").textValue();
      assertTrue(report.startsWith(label), report + " is taken for " + label);
    }
  }

  @Test
  void shouldGiveTheSameExplanationWhateverTheBatch() throws IOException {
    Path picture = TestPictures.write(folder.resolve("cat.png"), 100, 80);
    JsonNode last = null;
    double largest = 0;
    for (String batch : List.of("64", "7")) {
      Ran ran =
          Ran.command(
              "explain",
              picture.toString(),
              "--samples=120",
              "--segments=9",
              "--quiet",
              "--export",
              "--threads=1",
              "--batch",
              batch,
              "--out",
              "" + out());
      assertEquals(0, ran.code(), ran.err());
      assertTrue(names(out().resolve("cat")).contains("run.npz"));
      JsonNode coefficients = json("cat").get("classes").get(0).get("coefficients");
      if (last != null) {
        assertEquals(last.size(), coefficients.size());
        for (int i = 0; i < last.size(); i++) {
          assertEquals(last.get(i).doubleValue(), coefficients.get(i).doubleValue(), 1e-5);
          largest = Math.max(largest, Math.abs(last.get(i).doubleValue()));
        }
      }
      last = coefficients;
    }
    assertTrue(largest > 1e-3, "coefficients up to " + largest + " would be equal anyway");
    assertEquals(List.of("cat"), names(out()));
  }

  @Test
  void shouldGiveTheSameNumbersHoweverMuchIsDrawn() throws IOException {
    Path picture = TestPictures.write(folder.resolve("cat.png"), 100, 80);
    JsonNode all = null;
    for (String figures : List.of("all", "first", "none")) {
      Ran ran =
          Ran.command(
              "explain",
              picture.toString(),
              "--samples=60",
              "--tiles=3x3",
              "--precision=fp32",
              "--batch=16",
              "--threads=1",
              "--figures",
              figures,
              "--quiet",
              "--out",
              "" + out());
      assertEquals(0, ran.code(), ran.err());
      JsonNode classes = json("cat").get("classes");
      assertEquals(all == null ? classes : all, classes);
      all = classes;
      List<String> files = names(out().resolve("cat"));
      long drawn = files.stream().filter(name -> name.matches("class-\\d+-heatmap\\.png")).count();
      assertEquals(Map.of("all", 3L, "first", 1L, "none", 0L).get(figures), drawn, "" + files);
      boolean none = figures.equals("none");
      assertEquals(none ? List.of("explanation.json") : files, files);
      String opened = none ? "explanation.json" : "report.html";
      assertEquals(out().resolve("cat").resolve(opened).toString(), ran.out().strip());
    }
  }

  @Test
  void shouldMeasureFidelityWithTheBundledModel() throws IOException {
    Path picture = TestPictures.write(folder.resolve("cat.png"), 100, 80);
    Ran ran =
        Ran.command(
            "explain",
            picture.toString(),
            "--samples=60",
            "--tiles=3x3",
            "--surrogate=ols",
            "--seed=7",
            "--fidelity",
            "--out",
            "" + out());
    assertEquals(0, ran.code(), ran.err());
    assertTrue(ran.out().contains("further images"), ran.out());
    assertTrue(names(out().resolve("cat")).contains("fidelity-curves.png"));
    JsonNode json = json("cat");
    assertEquals("[8,9,10,11]", json.get("fidelity").get("seeds").toString());
    assertEquals(3, json.get("classes").size());
    for (JsonNode explained : json.get("classes")) {
      JsonNode found = explained.get("fidelity");
      double whole = explained.get("probability").doubleValue();
      assertEquals(whole, found.get("deletionCurve").get(0).doubleValue(), 1e-4);
      assertEquals(whole, found.get("insertionCurve").get(9).doubleValue(), 1e-4);
      assertTrue(found.get("csi").isNumber(), found.toString());
    }
    assertTrue(Ran.command("explain", "--help").out().contains("--fidelity"));
  }

  @Test
  void shouldExplainTheRestWhereOnePictureFails() throws IOException {
    Path in = Files.createDirectory(folder.resolve("in"));
    TestPictures.write(in.resolve("a.png"), 30, 30);
    TestPictures.writeHalf(in.resolve("b.png"));
    TestPictures.write(in.resolve("c.jpg"), 30, 30);
    Ran ran =
        Ran.command(
            "explain",
            in.toString(),
            "--samples=60",
            "--tiles=2x2",
            "--quiet",
            "--out",
            "" + out());
    assertEquals(2, ran.code(), ran.err());
    assertEquals(1, ran.errors().size(), ran.err());
    assertTrue(ran.err().contains("b.png"), ran.err());
    assertEquals(List.of("a", "c"), names(out()));
  }

  @Test
  void shouldRunEachPreset() throws IOException {
    Path picture = TestPictures.write(folder.resolve("cat.png"), 64, 64);
    for (Preset preset : Preset.ALL) {
      Ran ran =
          Ran.command(
              "explain",
              picture.toString(),
              "--preset",
              preset.name(),
              "--samples=150",
              "--out",
              out().resolve(preset.name()).toString());
      assertEquals(0, ran.code(), preset.name() + ": " + ran.err());
      assertEquals("", ran.err());
    }
  }
}
