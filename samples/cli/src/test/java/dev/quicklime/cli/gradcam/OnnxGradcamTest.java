package dev.quicklime.cli.gradcam;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import dev.quicklime.cli.Ran;
import dev.quicklime.cli.Results;
import dev.quicklime.cli.TestPictures;
import dev.quicklime.files.npy.NpzReader;
import java.io.IOException;
import java.net.URISyntaxException;
import java.net.URL;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The same way with ONNX files, which make_maps.py writes. */
class OnnxGradcamTest {

  @TempDir Path folder;

  private static String model(String name) {
    URL file = Objects.requireNonNull(OnnxGradcamTest.class.getResource(name + ".onnx"));
    try {
      return Path.of(file.toURI()).toString();
    } catch (URISyntaxException e) {
      throw new AssertionError(e);
    }
  }

  private Ran run(String command, String model, String... more) throws IOException {
    Path picture = TestPictures.write(folder.resolve("cat.png"), 60, 80);
    return Ran.command(
        Stream.concat(
                Stream.of(command, picture.toString(), "--model", model(model), "--out", out()),
                Stream.of(more))
            .toArray(String[]::new));
  }

  private String out() {
    return folder.resolve("out").toString();
  }

  @Test
  void shouldWriteWhatItWritesOfOtherFiles() throws IOException {
    Ran ran = run("gradcam", "maps", "--top=2", "--export", "--threads=1");
    assertEquals(0, ran.code(), ran.err());
    assertTrue(ran.out().contains("layer maps, 6 x 12 x 12"), ran.out());
    JsonNode json = Results.read(Path.of(out(), "cat", "gradcam.json"));
    assertEquals("maps", json.get("layer").get("name").textValue());
    assertTrue(json.get("layer").get("automatic").booleanValue());
    assertEquals(2, json.get("classes").size());
    assertTrue(json.get("classes").get(0).get("map").get("max").doubleValue() > 0);
    assertEquals("1", json.get("provenance").get("Threads").textValue());
    assertTrue(Files.exists(Path.of(out(), "cat", "report.html")));
    try (NpzReader maps = new NpzReader(Path.of(out(), "cat", "cam.npz"))) {
      assertArrayEquals(new int[] {2, 12, 12}, maps.read("maps").shape());
    }
  }

  @Test
  void shouldListTheLayersByTheirNamesInTheFile() {
    Ran ran = Ran.command("gradcam", "--model", model("maps"), "--list-layers");
    assertEquals(0, ran.code(), ran.err());
    List<String> lines = ran.out().lines().toList();
    assertEquals(3, lines.size(), ran.out());
    assertTrue(lines.get(1).startsWith("conv "), ran.out());
    assertTrue(lines.getLast().startsWith("maps ") && lines.getLast().contains("<- taken"));
  }

  @Test
  void shouldSetMapsBesideAnExplanation() throws IOException {
    Ran ran =
        run("explain", "maps", "--with-gradcam", "--tiles=3x3", "--samples=40", "--layer=conv");
    assertEquals(0, ran.code(), ran.err());
    JsonNode json = Results.read(Path.of(out(), "cat", "explanation.json"));
    JsonNode beside = json.get("classes").get(0).get("gradcam");
    assertTrue(beside.get("rankCorrelation").isNumber(), "" + beside);
  }

  @Test
  void shouldMapFramesOfAVideoOneByOne() throws IOException {
    Path frames = Files.createDirectories(folder.resolve("frames"));
    for (int i = 0; i < 3; i++) {
      TestPictures.write(frames.resolve("frame-" + i + ".png"), 48, 40);
    }
    Ran ran =
        Ran.command(
            "gradcam", frames.toString(), "--video", "--model", model("maps"), "--out", out());
    assertEquals(0, ran.code(), ran.err());
    JsonNode json = Results.read(Path.of(out(), "frames", "gradcam.json"));
    assertEquals(3, json.get("frames").intValue());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "maps | --layer=relu | layer must be one of model",
        "maps | --layer=pooled | the last ones are maps, conv",
        "maps | --device=cuda | must run on the cpu",
        "maps | --size=32 | must have [3, 24, 24] channels, rows and columns, got [3, 32, 32]",
        "maps | --classes=4 | classes must be between 0 and 3 for this model, got 4",
        "tokens | --top=1 | or name an earlier one, of maps, conv; --layer takes its name",
        "tokens | --layer=tokens | layer must be maps [batch, K, height, width] in float32",
      })
  void shouldSayInOneLineWhatIsWrong(String model, String option, String expected)
      throws IOException {
    Ran ran = run("gradcam", model, option);
    assertEquals(2, ran.code(), ran.err());
    assertEquals(1, ran.errors().size(), ran.err());
    assertTrue(ran.err().contains(expected), ran.err());
    assertFalse(Files.exists(Path.of(out())), "something was left in --out");
  }

  @Test
  void shouldRejectClips() throws IOException {
    Path frames = Files.createDirectories(folder.resolve("frames"));
    for (int i = 0; i < 2; i++) {
      TestPictures.write(frames.resolve("frame-" + i + ".png"), 48, 40);
    }
    Ran ran =
        Ran.command(
            "gradcam",
            frames.toString(),
            "--video",
            "--clip=2",
            "--model",
            model("maps"),
            "--out",
            out());
    assertEquals(2, ran.code(), ran.err());
    assertEquals(1, ran.errors().size(), ran.err());
    assertTrue(ran.err().contains("picture by picture"), ran.err());
  }
}
