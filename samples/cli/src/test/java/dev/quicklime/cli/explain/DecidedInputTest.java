package dev.quicklime.cli.explain;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.quicklime.cli.Models;
import dev.quicklime.cli.Ran;
import dev.quicklime.cli.Results;
import dev.quicklime.cli.TestPictures;
import dev.quicklime.image.Image;
import dev.quicklime.image.ImageFiles;
import dev.quicklime.image.Interpolation;
import dev.quicklime.image.Preprocessing;
import dev.quicklime.image.Resize;
import dev.quicklime.image.ResizeTo;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What was said of a model's input reaches its pixels, and is told in the text and the JSON. */
class DecidedInputTest {

  /** Tells pictures apart whose means are the same. */
  private static final String SQUARES = "return (x * x).mean([2, 3])";

  @TempDir static Path folder;
  private static Path model = Path.of("");
  private static Path several = Path.of("");
  private static Path wide = Path.of("");
  private static Path tall = Path.of("");

  @BeforeAll
  static void write() throws IOException {
    model = Models.save(folder.resolve("m"), SQUARES);
    several = Models.save(folder.resolve("s"), "return (x, x.mean([2, 3]), x.amax([2, 3]))");
    wide = TestPictures.write(folder.resolve("wide.png"), 90, 50);
    tall = TestPictures.write(folder.resolve("tall.png"), 40, 77);
  }

  private static Ran ran(Path file, Path picture, String... options) throws IOException {
    List<String> args = new ArrayList<>(List.of("explain", picture.toString()));
    args.addAll(List.of("--model", file.toString(), "--out", folder.resolve("out").toString()));
    args.addAll(List.of("--samples", "20", "--tiles", "2x2", "--threads", "1", "--scores", "3"));
    args.addAll(List.of("--precision", "fp32", "--batch", "4"));
    args.addAll(List.of(options));
    return Ran.command(args.toArray(String[]::new));
  }

  private static JsonNode result(Path picture, Ran ran) throws IOException {
    assertEquals(0, ran.code(), ran.err());
    String name = String.valueOf(picture.getFileName());
    return Results.read(
        folder.resolve("out/" + name.substring(0, name.indexOf('.')) + "/explanation.json"));
  }

  private static double score(JsonNode result, int index) {
    for (JsonNode score : result.get("scores")) {
      if (score.get("index").asInt() == index) {
        return score.get("score").asDouble();
      }
    }
    throw new AssertionError("no score of class " + index + " in " + result.get("scores"));
  }

  /** What the model returns for a picture that was brought to its input. */
  private static double squares(Image fitted, int channel) {
    double sum = 0;
    int pixels = fitted.width() * fitted.height();
    for (int i = 0; i < pixels; i++) {
      double level = fitted.value(i % fitted.width(), i / fitted.width(), channel) / 255.0;
      sum += level * level;
    }
    return sum / pixels;
  }

  private static void reaches(Preprocessing input, String options) throws IOException {
    for (Path picture : List.of(wide, tall)) {
      JsonNode found = result(picture, ran(model, picture, options.split(" ")));
      Image fitted = input.fit(ImageFiles.read(picture));
      for (int channel = 0; channel < 3; channel++) {
        assertEquals(squares(fitted, channel), score(found, channel), 1e-6, options);
      }
      JsonNode told = found.get("provenance").get("input");
      assertEquals(input.width(), told.get("width").asInt());
      assertEquals(input.height(), told.get("height").asInt());
      assertEquals(
          input.interpolation().name().toLowerCase(Locale.ROOT),
          told.get("interpolation").asText());
      assertEquals(input.resize().name().toLowerCase(Locale.ROOT), told.get("resize").asText());
      assertEquals(
          input.resizeTo() == null ? "null" : input.resizeTo().toString(),
          told.get("resizeTo").asText());
    }
  }

  private static Preprocessing plain(int width, int height) {
    return Preprocessing.imageNet()
        .withSize(width, height)
        .withNormalization(List.of(0.0, 0.0, 0.0), List.of(1.0, 1.0, 1.0));
  }

  @ParameterizedTest
  @CsvSource({"BILINEAR", "BICUBIC", "AREA"})
  void shouldBringTheShortSideToASizeAndCutOutTheMiddle(Interpolation how) throws IOException {
    String name = how.name().toLowerCase(Locale.ROOT);
    reaches(
        plain(32, 32).withResizeTo(ResizeTo.parse("37")).withInterpolation(how),
        "--resize-to 37 --interpolation " + name);
    reaches(
        plain(32, 32).withResizeTo(ResizeTo.parse("40x36")).withInterpolation(how),
        "--resize-to 40x36 --interpolation " + name);
    reaches(plain(32, 32).withInterpolation(how), "--interpolation " + name);
  }

  @ParameterizedTest
  @CsvSource({"STRETCH", "CROP", "PAD"})
  void shouldTakeInputsOfAnyShape(Resize how) throws IOException {
    reaches(
        plain(48, 20).withResize(how),
        "--size 48x20 --resize " + how.name().toLowerCase(Locale.ROOT));
  }

  @Test
  void shouldEnlargeSmallPictures() throws IOException {
    reaches(plain(120, 130), "--size 120x130");
    reaches(
        plain(112, 112)
            .withResizeTo(ResizeTo.parse("128"))
            .withInterpolation(Interpolation.BICUBIC),
        "--size 112 --resize-to 128 --interpolation bicubic --resize crop");
  }

  @Test
  void shouldReadTheSameOfACard() throws IOException {
    Path carded = Models.save(folder.resolve("c"), SQUARES);
    Files.writeString(
        carded.resolveSibling("model.json"),
        "\uFEFF{\"width\": 30, \"height\": 28, \"resizeTo\": 33, \"interpolation\": \"bicubic\","
            + " \"mean\": [0, 0, 0], \"std\": [1, 1, 1]}");
    JsonNode found = result(wide, ran(carded, wide));
    Image fitted =
        plain(30, 28)
            .withResizeTo(ResizeTo.parse("33"))
            .withInterpolation(Interpolation.BICUBIC)
            .fit(ImageFiles.read(wide));
    assertEquals(squares(fitted, 0), score(found, 0), 1e-6);
    // Options go before it, each for itself.
    found = result(wide, ran(carded, wide, "--interpolation", "bilinear"));
    fitted = plain(30, 28).withResizeTo(ResizeTo.parse("33")).fit(ImageFiles.read(wide));
    assertEquals(squares(fitted, 0), score(found, 0), 1e-6);
    found = result(wide, ran(carded, wide, "--resize", "stretch"));
    fitted = plain(30, 28).withInterpolation(Interpolation.BICUBIC).fit(ImageFiles.read(wide));
    assertEquals(squares(fitted, 0), score(found, 0), 1e-6);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "--resize-to 256 --resize stretch | --resize-to cuts out the middle",
        "--resize-to 256 --resize pad | --resize-to cuts out the middle",
        "--resize-to 0 | --resize-to must be N or WxH",
        "--resize-to 20x | --resize-to must be N or WxH",
        "--resize-to -3 | --resize-to must be N or WxH",
        "--interpolation nearest | --interpolation must be one of bilinear, bicubic, area",
        "--size 0 | must be between 1×1 and 16384×16384",
        "--mean 0,0 --std 1 | --mean and --std",
        "--std 0,1,1 | --std must be",
        "--mean nan,0,0 | --mean must be"
      })
  void shouldRefuseWhatContradictsItself(String options, String part) throws IOException {
    Ran ran = ran(model, wide, options.split(" "));
    assertEquals(2, ran.code(), ran.err());
    assertEquals(1, ran.errors().size(), ran.err());
    assertTrue(ran.err().contains(part), ran.err());
  }

  @Test
  void shouldTellWhatWasDecided() throws IOException {
    Ran ran =
        ran(several, wide, "--output", "2", "--resize-to", "37", "--interpolation", "bicubic");
    JsonNode provenance = result(wide, ran).get("provenance");
    List<String> lines = ran.out().lines().toList();
    assertTrue(
        lines
            .get(0)
            .matches("model: model.pt by libtorch \\S+ on cpu, fp32, batches of 4, output 2"),
        lines.get(0));
    assertEquals(
        "input: 32 x 32, short side to 37 and cropped, bicubic, mean 0 0 0, std 1 1 1, RGB",
        lines.get(1));
    assertEquals("2", provenance.get("output").asText());
    assertEquals("fp32", provenance.get("precision").asText());
    assertEquals(4, provenance.get("batch").asInt());
    assertEquals(
        new JsonMapper()
            .readTree(
                """
                {"width": 32, "height": 32, "resize": "crop", "resizeTo": 37,
                 "interpolation": "bicubic", "mean": [0.0, 0.0, 0.0], "std": [1.0, 1.0, 1.0],
                 "order": "RGB"}
                """),
        provenance.get("input"));
    String page = Files.readString(folder.resolve("out/wide/report.html"));
    assertTrue(page.contains("short side to 37 and cropped, bicubic"));
    assertTrue(page.contains("Model output"));
  }

  @Test
  void shouldTellItOnceForAllPictures() throws IOException {
    Ran ran = ran(model, wide, tall.toString());
    assertEquals(0, ran.code(), ran.err());
    assertEquals(1, ran.out().lines().filter(line -> line.startsWith("input: ")).count());
    assertEquals(2, ran.out().lines().filter(line -> line.contains("superpixels, ")).count());
  }

  @Test
  void shouldNameNoOutputWhereThereIsOne() throws IOException {
    Ran ran = ran(model, wide);
    assertTrue(result(wide, ran).get("provenance").get("output").isNull());
    assertTrue(ran.out().lines().noneMatch(line -> line.contains(", output ")), ran.out());
  }
}
