package dev.quicklime.cli.explain;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import dev.quicklime.cli.Ran;
import dev.quicklime.cli.Results;
import dev.quicklime.cli.TestPictures;
import java.io.IOException;
import java.net.URISyntaxException;
import java.net.URL;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** ONNX files, which {@code make.py} wrote, as commands take them. */
class OnnxCommandsTest {

  @TempDir Path folder;

  private static Path model(String name) {
    URL file = Objects.requireNonNull(Ran.class.getResource("onnx/" + name + ".onnx"), name);
    try {
      return Path.of(file.toURI());
    } catch (URISyntaxException e) {
      throw new AssertionError(e);
    }
  }

  private Ran explain(String... options) throws IOException {
    Path picture = TestPictures.write(folder.resolve("a.png"), 60, 50);
    List<String> args = new ArrayList<>(List.of("explain", picture.toString()));
    args.addAll(List.of("--model", model("levels").toString()));
    args.addAll(List.of("--out", folder.resolve("out").toString(), "--quiet"));
    args.addAll(List.of("--samples", "60", "--tiles", "4x4", "--target", "logit"));
    args.addAll(List.of(options));
    return Ran.command(args.toArray(String[]::new));
  }

  /** Weights of the sixteen tiles for the class that a picture is taken for. */
  private JsonNode coefficients(String... options) throws IOException {
    Ran ran = explain(options);
    assertEquals(0, ran.code(), ran.err());
    JsonNode json = Results.read(folder.resolve("out/a/explanation.json"));
    JsonNode provenance = json.get("provenance");
    assertEquals("levels.onnx", json.get("model").textValue());
    assertTrue(
        provenance.get("decisions").toString().contains("fp32, in which the file is written"));
    assertTrue(provenance.get("decisions").toString().contains("uint8, levels from 0 to 255"));
    JsonNode first = json.get("classes").get(0);
    assertTrue(List.of("red", "green", "blue").contains(first.get("label").textValue()));
    return first.get("coefficients");
  }

  private static boolean blank(JsonNode coefficients, boolean right) {
    for (int tile = 0; tile < 16; tile++) {
      boolean here = tile % 4 >= 2;
      if (here == right && Math.abs(coefficients.get(tile).doubleValue()) > 1e-6) {
        return false;
      }
    }
    return true;
  }

  @Test
  void shouldExplainByTheOutputThatIsCalledLogits() throws IOException {
    JsonNode coefficients = coefficients("--batch", "16");
    assertTrue(blank(coefficients, true) && !blank(coefficients, false), coefficients.toString());
  }

  @Test
  void shouldExplainByTheOutputThatIsNamed() throws IOException {
    JsonNode coefficients = coefficients("--output", "right");
    assertTrue(blank(coefficients, false) && !blank(coefficients, true), coefficients.toString());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "--device cuda             | must run on the cpu, as this ONNX Runtime has no code for"
            + " GPUs",
        "--precision bf16          | the precision of model",
        "--size 64                 | is its own, 48×48, got 64×64",
        "--mean .5,.5,.5           | takes levels from 0 to 255 as they are",
        "--std .2,.2,.2            | takes levels from 0 to 255 as they are",
        "--mean 0,0 --std 1,1      | takes pictures of 3 channels",
        "--compose device          | must be composed on the host",
      })
  void shouldRefuseWhatTheFileContradicts(String options, String said) throws IOException {
    Ran ran = explain(options.split(" ", -1));
    assertEquals(2, ran.code(), ran.err());
    assertEquals(1, ran.errors().size(), ran.err());
    assertTrue(ran.err().contains(said), ran.err());
  }

  @Test
  void shouldListTheOutputsWhereAnotherOneIsNamed() throws IOException {
    Ran ran = explain("--output", "scores");
    assertTrue(ran.code() != 0);
    assertEquals(1, ran.errors().size(), ran.err());
    assertTrue(ran.err().contains("0 right: float32["), ran.err());
    assertTrue(ran.err().contains("1 logits: float32["), ran.err());
  }

  @Test
  void shouldExplainRows() throws IOException {
    Path data = folder.resolve("rows.csv");
    Files.writeString(data, "a,b,c\n1,2,3\n2,0,1\n-1,1,0\n0,3,2\n1,1,1\n3,0,0\n");
    Ran ran =
        Ran.command(
            "tabular",
            "--data",
            "" + data,
            "--model",
            "" + model("rows"),
            "--row",
            "2",
            "--target",
            "logit",
            "--out",
            "" + folder.resolve("out"));
    assertEquals(0, ran.code(), ran.err());
    JsonNode json = Results.read(folder.resolve("out/rows-row-2/tabular.json"));
    double[] slopes = {2, -3, .5};
    for (JsonNode explained : json.get("classes")) {
      if (explained.get("index").intValue() == 0) {
        for (int j = 0; j < 3; j++) {
          JsonNode feature = explained.get("features").get(j);
          assertEquals(slopes[j], feature.get("coefficient").doubleValue(), 1e-4);
        }
      }
    }
  }
}
