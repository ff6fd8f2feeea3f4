package dev.quicklime.cli.gradcam;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import dev.quicklime.cli.Ran;
import dev.quicklime.cli.Results;
import dev.quicklime.cli.TestGifs;
import dev.quicklime.cli.TestPictures;
import dev.quicklime.files.npy.NpzReader;
import dev.quicklime.scenes.Bundled;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The whole way from the command line to the files, with the bundled model and a small one. */
class GradcamCommandTest {

  @TempDir Path folder;

  private String out() {
    return folder.resolve("out").toString();
  }

  private Path picture() throws IOException {
    return TestPictures.write(folder.resolve("cat.png"), 60, 80);
  }

  private JsonNode json(String name) throws IOException {
    return Results.read(Path.of(out(), name, "gradcam.json"));
  }

  private static List<String> names(Path folder) throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files.map(Path::getFileName).map(String::valueOf).sorted().toList();
    }
  }

  @Test
  void shouldMapTheBundledPicturesWithTheBundledModel() throws IOException {
    Ran ran = Ran.command("gradcam", "--top=1", "--quiet", "--threads=1", "--out", out());
    assertEquals(0, ran.code(), ran.err());
    assertEquals("", ran.err());
    List<String> reports = names(Path.of(out()));
    assertEquals(
        Bundled.pictures().stream()
            .map(file -> String.valueOf(file.getFileName()).replace(".png", ""))
            .sorted()
            .toList(),
        reports);
    assertEquals(
        reports.stream().map(name -> Path.of(out(), name, "report.html").toString()).toList(),
        ran.out().lines().toList());
    for (String report : reports) {
      JsonNode json = json(report);
      JsonNode first = json.get("classes").get(0);
      // Every bundled picture is named after the class that it shows.
      assertTrue(report.startsWith(first.get("label").textValue()), report + first);
      assertEquals(12, json.get("layer").get("width").intValue());
      assertTrue(json.get("layer").get("automatic").booleanValue());
      JsonNode map = first.get("map");
      assertTrue(map.get("max").doubleValue() > map.get("mean").doubleValue());
      assertEquals("logit", json.get("options").get("target").textValue());
      assertTrue(json.get("timings").get("total").doubleValue() > 0);
      assertEquals("fp32", json.get("provenance").get("Precision").textValue());
      int index = first.get("index").intValue();
      assertEquals(
          List.of(
              "class-%d-gradcam.png".formatted(index),
              "class-%d-heatmap.png".formatted(index),
              "gradcam.json",
              "original.png",
              "report.html"),
          names(Path.of(out(), report)));
      String page = Files.readString(Path.of(out(), report, "report.html"));
      assertTrue(page.contains("data:image/png;base64,"), "no figures in the page");
      assertFalse(page.contains("{{"), "the template was not filled in");
    }
  }

  @Test
  void shouldExportTheMapsOfGivenClassesAndReplaceAnEarlierReport() throws IOException {
    Path picture = picture();
    for (String classes : List.of("ring,disc", "2")) {
      Ran ran =
          Ran.command(
              "gradcam",
              picture.toString(),
              "--classes",
              classes,
              "--alpha-normalization=sum-to-one",
              "--target=probability",
              "--export",
              "--out",
              out());
      assertEquals(0, ran.code(), ran.err());
      assertTrue(ran.out().contains("layer "), ran.out());
      assertTrue(ran.out().contains("backward"), ran.out());
    }
    Path report = Path.of(out(), "cat");
    assertEquals(
        List.of("class-2-gradcam.png", "class-2-heatmap.png"),
        names(report).stream().filter(name -> name.startsWith("class")).toList());
    try (NpzReader npz = new NpzReader(report.resolve("cam.npz"))) {
      assertArrayEquals(new int[] {1, 12, 12}, npz.read("maps").shape());
      assertEquals("float32", npz.read("maps").dtype());
      assertArrayEquals(new int[] {2}, npz.read("classes").toInts());
      double[] values = npz.read("maps").toDoubles();
      int peak = 0;
      for (int i = 0; i < values.length; i++) {
        peak = values[i] > values[peak] ? i : peak;
      }
      JsonNode map = json("cat").get("classes").get(0).get("map");
      double largest = values[peak];
      assertEquals(map.get("max").doubleValue(), largest, 1e-6 * largest);
      assertEquals(
          Arrays.stream(values).average().orElseThrow(),
          map.get("mean").doubleValue(),
          1e-6 * largest);
      // The centre of its place, of which there are 12 by 12 on a picture of 60 by 80.
      assertEquals((peak % 12 + 0.5) * 60 / 12, map.get("peak").get("x").doubleValue(), 1e-6);
      int row = peak / 12;
      assertEquals((row + 0.5) * 80 / 12, map.get("peak").get("y").doubleValue(), 1e-6);
    }
    assertEquals("sum-to-one", json("cat").get("options").get("alphaNormalization").textValue());
  }

  @Test
  void shouldListTheLayersOfANetwork() {
    String model = folder.resolve("vgg.pt").toString();
    assertEquals(0, Ran.command("network", "--kind=vgg", "--out", model).code());
    Ran ran = Ran.command("gradcam", "--list-layers", "--model", model);
    assertEquals(0, ran.code(), ran.err());
    List<String> lines = ran.out().lines().toList();
    assertTrue(lines.getFirst().matches("layer +operation +maps +value"), lines.getFirst());
    assertEquals(1, lines.stream().filter(line -> line.contains("<- taken")).count());
    assertTrue(
        lines.stream()
            .anyMatch(line -> line.matches("features\\.18 +relu_ +32 x 8 x 8 .*<- taken.*")),
        ran.out());
  }

  @Test
  void shouldMapANamedLayerOfANetwork() throws IOException {
    String model = folder.resolve("vit.pt").toString();
    assertEquals(0, Ran.command("network", "--kind=vit", "--out", model).code());
    Ran ran =
        Ran.command(
            "gradcam",
            picture().toString(),
            "--model",
            model,
            "--layer=layers.0",
            "--quiet",
            "--out",
            out());
    assertEquals(0, ran.code(), ran.err());
    assertEquals("layers.0", json("cat").get("layer").get("name").textValue());
    assertTrue(json("cat").get("layer").get("tokens").booleanValue());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "--layer=x4.2 | near ones are x4.1",
        "--target=sigmoid | --target must be one of logit, probability, got sigmoid",
        "--alpha-normalization=sum | --alpha-normalization must be one of",
        "--opacity=1.5 | --opacity must be a number from 0 to 1, got 1.5",
        "--classes=99 | classes must be between 0 and 7 for this model, got 99",
        "--classes=cat | classes must be indices or names from the labels, got cat",
        "--top=0 | --top must be a whole number",
        "--threads=many | --threads must be a whole number",
        "--model=missing.pt | missing.pt does not exist",
        "--video | --video takes a folder of pictures for one video, got no folder and no video",
        "--fps=25 | --fps goes with videos alone; --video takes a folder for one",
        "--frame-weights=each | --frame-weights goes with --clip",
        "--frame-weights=all | --frame-weights goes with --clip",
        "--size=1 | no layer with places",
      })
  void shouldSayInOneLineWhatIsWrong(String option, String expected) throws IOException {
    Ran ran = Ran.command("gradcam", picture().toString(), option, "--out", out());
    assertEquals(2, ran.code(), ran.err());
    assertEquals(1, ran.errors().size(), ran.err());
    assertTrue(ran.err().contains(expected), ran.err());
    assertTrue(Files.notExists(Path.of(out())), "something was left in --out");
  }

  @ParameterizedTest
  @CsvSource({
    "rgba.png, alpha channel dropped",
    "gray.png, 'one channel repeated as red, green and blue'",
    "folder/moving.gif, only the first of several pictures in the file is read",
  })
  void shouldSayHowAPictureWasReadAsExplainDoes(String name, String notice) throws IOException {
    Path file = folder.resolve(name);
    Files.createDirectories(folder.resolve("folder"));
    if (name.endsWith("gif")) {
      Files.write(file, TestGifs.gif("GIF89a", 10, 10));
    } else {
      int type =
          name.startsWith("gray") ? BufferedImage.TYPE_BYTE_GRAY : BufferedImage.TYPE_INT_ARGB;
      BufferedImage image = new BufferedImage(40, 30, type);
      image.setRGB(3, 3, 0x40ff0000);
      assertTrue(ImageIO.write(image, "png", file.toFile()));
    }
    Path given = name.endsWith("gif") ? folder.resolve("folder") : file;
    Ran ran = Ran.command("gradcam", given.toString(), "--top=1", "--out", out());
    assertEquals(0, ran.code(), ran.err());
    String report = name.replaceAll(".*/|[.].*", "");
    List<String> said = notices(Path.of(out(), report, "gradcam.json"));
    assertTrue(said.contains(notice), () -> "" + said);
    String page = Files.readString(Path.of(out(), report, "report.html"));
    assertTrue(page.contains(notice), notice);
    String explained = folder.resolve("explained").toString();
    ran = Ran.command("explain", given.toString(), "--samples=64", "--out", explained);
    assertEquals(0, ran.code(), ran.err());
    List<String> there = notices(Path.of(explained, report, "explanation.json"));
    assertTrue(there.contains(notice), () -> "" + there);
  }

  private static List<String> notices(Path json) throws IOException {
    return Results.read(json).get("notices").valueStream().map(JsonNode::textValue).toList();
  }

  @Test
  void shouldMapTheOthersWhereAPictureFails() throws IOException {
    Path good = picture();
    Path broken = TestPictures.writeHalf(folder.resolve("broken.png"));
    Path missing = folder.resolve("missing.png");
    Ran ran =
        Ran.command(
            "gradcam", "" + broken, "" + missing, "" + good, "--quiet", "--top=1", "--out", out());
    assertEquals(2, ran.code(), ran.err());
    assertEquals(2, ran.errors().size(), ran.err());
    assertEquals(List.of("cat"), names(Path.of(out())));
  }

  @Test
  void shouldLeaveReportsOfAnotherKindAlone() throws IOException {
    Path other = Files.createDirectories(Path.of(out(), "cat"));
    Files.writeString(other.resolve("explanation.json"), "{}");
    Ran ran = Ran.command("gradcam", picture().toString(), "--out", out());
    assertEquals(2, ran.code(), ran.err());
    assertTrue(ran.err().contains("gradcam.json"), ran.err());
    assertEquals(List.of("explanation.json"), names(other));
  }
}
