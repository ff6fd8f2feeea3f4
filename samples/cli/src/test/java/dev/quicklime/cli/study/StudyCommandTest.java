package dev.quicklime.cli.study;

import static java.util.Objects.requireNonNull;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import dev.quicklime.Samples;
import dev.quicklime.cli.Ran;
import dev.quicklime.cli.Results;
import dev.quicklime.files.StoredRun;
import dev.quicklime.scenes.Bundled;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StudyCommandTest {

  @TempDir private Path folder;

  private Ran study(String... args) {
    List<String> all = new ArrayList<>(List.of("study"));
    all.addAll(List.of(args));
    if (!all.contains("--out")) {
      all.addAll(List.of("--out", out().toString()));
    }
    return Ran.command(all.toArray(String[]::new));
  }

  private Path out() {
    return folder.resolve("out");
  }

  private static String picture(int position) {
    return Bundled.pictures().get(position).toString();
  }

  private static List<String> names(Path folder) throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files.map(file -> String.valueOf(file.getFileName())).sorted().toList();
    }
  }

  @Test
  void shouldTellAllOfItsNumbers() throws IOException {
    Ran ran =
        study(
            picture(0), picture(1), "--preset", "fast", "--without", "pdf", "--export", "--quiet");
    assertEquals(0, ran.code(), ran.err());
    Path study = out().resolve("study");
    assertEquals(study.resolve("report.html") + System.lineSeparator(), ran.out());
    JsonNode json = Results.read(study.resolve("study.json"));
    assertEquals("fast", json.get("preset").asText());
    assertEquals(2, json.get("pictures").size());
    String page = Files.readString(study.resolve("report.html"));
    for (JsonNode picture : json.get("pictures")) {
      assertTrue(Files.isDirectory(study.resolve(picture.get("folder").asText())));
      assertEquals(3, picture.get("classes").size());
      assertEquals(3, picture.get("shared").size());
      assertEquals(5 * 3 * 3, picture.get("profile").size());
      for (JsonNode explained : picture.get("classes")) {
        assertEquals(10, explained.get("strongest").size());
        assertTrue(explained.get("strongest").get(0).get("margin").asDouble() > 0);
        assertTrue(explained.get("fidelity").get("jaccard").isNumber(), explained::toString);
        assertTrue(explained.get("gradcam").get("rankCorrelation").isNumber());
      }
      assertOfItsRun(
          picture, StoredRun.read(study.resolve(picture.get("folder").asText(), "run.npz")));
      for (JsonNode said : picture.get("prose")) {
        assertTrue(
            page.contains(said.asText().replace("'", "&#39;").replace("<", "&lt;")), said.asText());
      }
    }
    assertFalse(json.toString().contains("NaN"));
    assertTrue(page.contains("178,008"), "the number of parameters");
    String name = requireNonNull(Path.of(picture(0)).getFileName()).toString().replace(".png", "");
    assertEquals(List.of("explanation.json", "run.npz"), names(study.resolve(name)));
    // A later study takes the place of an earlier one, and what is another's stays.
    Files.writeString(study.resolve("notes.txt"), "mine");
    Ran again = study(picture(1), "--preset", "slic20-black", "--without", "pdf,profile,fidelity");
    assertEquals(0, again.code(), again.err());
    assertEquals("mine", Files.readString(study.resolve("notes.txt")));
    JsonNode later = Results.read(study.resolve("study.json"));
    assertEquals(1, later.get("pictures").size());
    assertTrue(later.get("pictures").get(0).get("classes").get(0).get("fidelity").isNull());
    assertEquals(0, later.get("pictures").get(0).get("profile").size());
  }

  /** The quartiles of scores and losses are those of the samples that were exported. */
  private static void assertOfItsRun(JsonNode picture, StoredRun run) {
    Samples samples = run.samples();
    int count = samples.rows() - 1;
    assertEquals(count, picture.get("samples").asInt());
    for (int c = 0; c < 3; c++) {
      List<Double> weights = requireNonNull(run.fit().coefficients()).get(c);
      double[] scores = new double[count];
      double[] losses = new double[count];
      for (int i = 0; i < count; i++) {
        scores[i] = samples.score(i + 1, c);
        double residual = scores[i] - requireNonNull(run.fit().intercepts()).get(c);
        for (int j = 0; j < weights.size(); j++) {
          residual -= samples.masks().shown(i + 1, j) ? weights.get(j) : 0;
        }
        losses[i] = residual * residual;
      }
      assertQuartiles(scores, picture.get("classes").get(c).get("scores"));
      assertQuartiles(losses, picture.get("classes").get(c).get("losses"));
    }
  }

  private static void assertQuartiles(double[] values, JsonNode spread) {
    Arrays.sort(values);
    assertEquals(values.length, spread.get("count").asInt());
    for (int quarter = 1; quarter <= 3; quarter++) {
      double place = quarter * (values.length - 1) / 4.0;
      double below = values[(int) place];
      double expected = below + (place - (int) place) * (values[(int) place + 1] - below);
      double got = spread.get("p" + 25 * quarter).asDouble();
      assertEquals(expected, got, 1e-9 * (1 + Math.abs(expected)), "p" + 25 * quarter);
    }
  }

  @Test
  void shouldLeaveOutWhatItIsTold() throws IOException {
    Ran ran =
        study(
            picture(0),
            "--samples",
            "40",
            "--without",
            "fidelity,gradcam,profile,pdf",
            "--tiles",
            "4x4");
    assertEquals(0, ran.code(), ran.err());
    List<String> figures = names(out().resolve("study").resolve("figures"));
    assertFalse(figures.stream().anyMatch(name -> name.contains("gradcam")), figures.toString());
    assertFalse(figures.stream().anyMatch(name -> name.contains("fidelity")), figures.toString());
    assertFalse(figures.stream().anyMatch(name -> name.contains("profile")), figures.toString());
    // The picture in three panels, samples, three distributions, five panels of each class.
    assertEquals(3 * (3 + 1 + 3 + 3 * 5), figures.size(), figures.toString());
    for (String part : List.of("-both", "-boundary", "-heatmap", "-positive", "-weights")) {
      for (String format : List.of(".png", ".svg", ".pdf")) {
        assertEquals(
            3, figures.stream().filter(name -> name.endsWith(part + format)).count(), part);
      }
    }
    String name = requireNonNull(Path.of(picture(0)).getFileName()).toString().replace(".png", "");
    assertEquals(
        List.of(
            "quicklime.bib",
            "table-01-" + name + ".csv",
            "table-01-" + name + ".tex",
            "table-02-summary.csv",
            "table-02-summary.tex"),
        names(out().resolve("study").resolve("tables")));
  }

  @Test
  void shouldStudyTheOthersWhereOnePictureFails() throws IOException {
    Path broken = folder.resolve("broken.png");
    byte[] whole = Files.readAllBytes(Path.of(picture(0)));
    Files.write(broken, Arrays.copyOf(whole, whole.length / 2));
    Ran ran =
        study(
            broken.toString(),
            picture(1),
            "--samples",
            "40",
            "--tiles",
            "3x3",
            "--without",
            "fidelity,gradcam,profile,pdf");
    assertEquals(2, ran.code());
    assertEquals(1, ran.errors().size(), ran.err());
    assertTrue(ran.err().contains("broken.png"), ran.err());
    assertTrue(
        Files.readString(out().resolve("study").resolve("report.html"))
            .contains("One picture could not be explained and is left out."));
    Ran none = study(broken.toString(), "--out", folder.resolve("none").toString());
    assertEquals(2, none.code());
    assertFalse(Files.exists(folder.resolve("none")), "an empty study was left");
  }

  @Test
  void shouldSayInALineWhatIsWrong() throws IOException {
    refused(
        "--without must be one of fidelity, gradcam, profile, pdf, got prose", "--without=prose");
    refused("--layer cannot be combined", "--layer=x4.1", "--without=gradcam");
    refused("--preset must be one of", "--preset=nature");
    refused("none.png: must be a picture file", folder.resolve("none.png").toString());
    Path taken = Files.createDirectories(folder.resolve("theirs").resolve("study"));
    Files.writeString(taken.resolve("thesis.txt"), "years of work");
    refused("must be a report of an earlier run", "--out", folder.resolve("theirs").toString());
    assertEquals(List.of("thesis.txt"), names(taken));
    Path file = Files.writeString(folder.resolve("file"), "");
    refused("--out must be a folder", "--out", file.resolve("x").toString());
    refused(
        "layer must be one of model scenes.pt, got nowhere",
        picture(0),
        "--layer",
        "nowhere",
        "--without",
        "pdf");
    assertFalse(Files.exists(out()), "something was left");
  }

  private void refused(String said, String... args) {
    Ran ran = study(args);
    assertEquals(2, ran.code(), ran.err());
    assertEquals(1, ran.errors().size(), ran.err());
    assertTrue(ran.err().contains(said), ran.err());
  }

  @Test
  void shouldListPresets() {
    Ran ran = study("--list-presets");
    assertEquals(0, ran.code(), ran.err());
    assertTrue(ran.out().contains("--surrogate lime"), ran.out());
  }
}
