package dev.quicklime.cli.explain;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.quicklime.Preset;
import dev.quicklime.cli.Ran;
import dev.quicklime.cli.Results;
import dev.quicklime.cli.TestPictures;
import dev.quicklime.torch.TorchEnvironment;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Explanations that are made again, with the bundled model: the same bits. */
class LikeTest {

  @TempDir Path folder;
  private Path picture = Path.of("cat.png");

  @BeforeEach
  void writePicture() throws IOException {
    picture = TestPictures.write(folder.resolve("cat.png"), 90, 70);
  }

  static List<List<String>> presets() {
    return Preset.NAMES.stream().map(name -> List.of("--preset", name)).toList();
  }

  /** Options of each kind that are not the defaults, and such as are awkward to say again. */
  static List<List<String>> options() {
    return Stream.of(
            "--design antithetic --samples 77 --seed -5",
            "--design two-phase --samples 64 --distance euclidean --width 3.5",
            "--design fixed-size --samples 60 --distance hamming",
            "--design leverage --samples 60 --fill image-mean",
            "--design exhaustive --tiles 2x3 --surrogate ols",
            "--design exhaustive --tiles 2x3 --surrogate shapley",
            "--segmenter slico --segments 30 --fill #ff8001",
            "--segments 20 --compactness 0.7 --fill blur --blur-sigma 2.25",
            "--fill blur --samples 40",
            "--surrogate ridge --alpha 0.3 --features 3",
            "--surrogate ols --features 2 --no-intercept",
            "--surrogate lasso --alpha bic --no-intercept",
            "--surrogate lasso --alpha cv:4",
            "--surrogate lasso --features 4",
            "--surrogate elastic-net --alpha 1e-7 --l1-ratio 0.1",
            "--surrogate k-lasso --features 3 --alpha 0.25",
            "--surrogate forward --features 4 --alpha 2",
            "--surrogate best-subset --features 3 --tiles 3x3",
            "--surrogate l1-ball --radius 0.05",
            "--surrogate l2-ball --radius 0.05 --features 5",
            "--surrogate lime --features 8",
            "--surrogate lime --features 3",
            "--stop 0.3 --design hadamard --samples 2000 --surrogate ols --target logit",
            "--stop-error 0.5 --design antithetic --samples 2000 --surrogate ridge",
            "--classes 3,0 --target sigmoid --scores 2",
            "--top 1 --target top1 --labels none",
            "--seed content --show negative",
            "--precision fp32 --batch 7 --threads 1",
            "--precision bf16 --batch 3 --threads 2",
            "--compose device --batch 16 --device cpu",
            "--resize crop --size 64x48 --resize-to 80 --interpolation bicubic --mean 0.5,0.4,0.3"
                + " --std 1,0.3,0.7",
            "--resize pad --max-pixels 10000")
        // Where it is emulated it is refused, as another processor would give other bits.
        .filter(text -> !text.contains("bf16") || TorchEnvironment.cpuBfloat16())
        .map(text -> List.of(text.split(" ")))
        .toList();
  }

  private Ran run(String out, List<String> options) {
    List<String> args = new ArrayList<>(List.of("explain"));
    args.addAll(options);
    args.addAll(List.of("--export", "--figures=none", "--out", folder.resolve(out).toString()));
    return Ran.command(args.toArray(String[]::new));
  }

  private Path file(String out, String name) {
    return folder.resolve(out).resolve("cat").resolve(name);
  }

  private ObjectNode json(String out) throws IOException {
    return (ObjectNode) Results.read(file(out, "explanation.json"));
  }

  private void assertRepeats(List<String> options) throws IOException {
    List<String> first = new ArrayList<>(List.of(picture.toString()));
    first.addAll(options);
    if (!options.contains("--samples") && !options.contains("exhaustive")) {
      first.add("--samples=150");
    }
    Ran ran = run("first", first);
    assertEquals(0, ran.code(), ran.err());
    Ran again = run("again", List.of("--like", file("first", "explanation.json").toString()));
    assertEquals(0, again.code(), again.err());
    assertEquals("", again.err());
    assertTrue(again.out().contains("the same as "), again.out());
    assertTrue(again.out().contains(" to the bit" + System.lineSeparator()), again.out());
    assertArrayEquals(
        Files.readAllBytes(file("first", "run.npz")), Files.readAllBytes(file("again", "run.npz")));
    ObjectNode then = json("first");
    ObjectNode now = json("again");
    for (ObjectNode each : List.of(then, now)) {
      each.remove("timings");
      // What was measured then is taken as given now.
      ((ObjectNode) each.get("provenance")).remove("decisions");
    }
    assertEquals(then, now);
  }

  @ParameterizedTest
  @MethodSource("presets")
  void shouldRepeatEveryPreset(List<String> options) throws IOException {
    assertRepeats(options);
  }

  @ParameterizedTest
  @MethodSource("options")
  void shouldRepeatEveryOption(List<String> options) throws IOException {
    assertRepeats(options);
  }

  @Test
  void shouldRepeatALabelMapThatIsGone() throws IOException {
    // Of the bundled model's input, which the first explanation tells.
    Ran input = run("first", List.of(picture.toString(), "--samples=20", "--tiles=2x2"));
    assertEquals(0, input.code(), input.err());
    JsonNode size = json("first").get("provenance").get("input");
    int width = size.get("width").intValue();
    int height = size.get("height").intValue();
    Path labels = folder.resolve("map.png");
    BufferedImage map = new BufferedImage(width, height, BufferedImage.TYPE_BYTE_GRAY);
    for (int i = 0; i < width * height; i++) {
      map.getRaster().setSample(i % width, i / width, 0, i % width * 5 / width);
    }
    ImageIO.write(map, "png", labels.toFile());
    List<String> options = List.of("--label-map", labels.toString(), "--samples=40");
    List<String> first = new ArrayList<>(List.of(picture.toString()));
    first.addAll(options);
    Ran ran = run("first", first);
    assertEquals(0, ran.code(), ran.err());
    Files.delete(labels);
    Ran again = run("again", List.of("--like", folder.resolve("first/cat").toString()));
    assertEquals(0, again.code(), again.err());
    assertArrayEquals(
        Files.readAllBytes(file("first", "run.npz")), Files.readAllBytes(file("again", "run.npz")));
  }
}
