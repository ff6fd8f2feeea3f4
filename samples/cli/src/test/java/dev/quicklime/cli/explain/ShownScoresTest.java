package dev.quicklime.cli.explain;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import dev.quicklime.cli.Models;
import dev.quicklime.cli.Ran;
import dev.quicklime.cli.Results;
import dev.quicklime.cli.TestPictures;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is shown of a picture has the digits of fp32, whatever its samples have. */
class ShownScoresTest {

  @TempDir Path folder;

  private Ran ran(Path model, Path picture, String precision, String batch) throws IOException {
    return Ran.command(
        "explain",
        picture.toString(),
        "--model",
        model.toString(),
        "--out",
        folder.resolve(precision).toString(),
        "--samples",
        "20",
        "--tiles",
        "2x2",
        "--threads",
        "1",
        "--target",
        "logit",
        "--size",
        "16",
        "--precision",
        precision,
        "--batch",
        batch);
  }

  private JsonNode result(String precision, Ran ran) throws IOException {
    assertEquals(0, ran.code(), ran.err());
    return Results.read(folder.resolve(precision + "/shown/explanation.json"));
  }

  @Test
  void shouldShowScoresInSinglePrecisionBesideSamplesInBfloat16() throws IOException {
    Path model = Models.save(folder.resolve("m"), "return (x * x).mean([2, 3]) * 44.44");
    Path picture = TestPictures.write(folder.resolve("shown.png"), 50, 40);
    JsonNode single = result("fp32", ran(model, picture, "fp32", "1"));
    Ran brief = ran(model, picture, "bf16", "4");
    JsonNode rounded = result("bf16", brief);
    assertEquals(single.get("scores"), rounded.get("scores"));
    assertEquals("bf16", rounded.get("provenance").get("precision").textValue());
    assertEquals("fp32", rounded.get("provenance").get("originalPrecision").textValue());
    for (int c = 0; c < 3; c++) {
      JsonNode one = single.get("classes").get(c);
      JsonNode other = rounded.get("classes").get(c);
      assertEquals(one.get("index"), other.get("index"));
      assertEquals(one.get("score"), other.get("score"));
      assertEquals(one.get("score"), one.get("localTarget"));
      assertNotEquals(other.get("score"), other.get("localTarget"));
      // All bits of bfloat16 and none beyond.
      float inSamples = (float) other.get("localTarget").doubleValue();
      assertEquals(0, Float.floatToRawIntBits(inSamples) & 0xffff);
      String shown = String.format(Locale.ROOT, "%.4f", one.get("score").doubleValue());
      assertTrue(brief.out().contains(" " + shown + " "), brief.out());
    }
    Ran again =
        Ran.command(
            "explain",
            "--like",
            folder.resolve("bf16/shown/explanation.json").toString(),
            "--precision",
            "bf16",
            "--out",
            folder.resolve("again").toString());
    assertEquals(0, again.code(), again.err());
    assertTrue((again.out() + again.err()).contains("to the bit"), again.out() + again.err());
    JsonNode repeated = Results.read(folder.resolve("again/shown/explanation.json"));
    assertEquals(rounded.get("scores"), repeated.get("scores"));
    assertEquals(rounded.get("classes"), repeated.get("classes"));
  }
}
