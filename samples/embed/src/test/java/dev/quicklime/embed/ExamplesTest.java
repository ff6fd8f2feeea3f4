package dev.quicklime.embed;

import static java.util.Objects.requireNonNull;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.quicklime.ExplainOptions;
import dev.quicklime.Explainer;
import dev.quicklime.Explanation;
import dev.quicklime.fidelity.Fidelity;
import dev.quicklime.files.StoredRun;
import dev.quicklime.image.Image;
import dev.quicklime.image.ImageFiles;
import dev.quicklime.image.Preprocessing;
import dev.quicklime.model.Classifier;
import dev.quicklime.model.Labels;
import dev.quicklime.scenes.Bundled;
import dev.quicklime.segment.Tiles;
import dev.quicklime.surrogate.LinearFit;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ExamplesTest {

  @TempDir Path folder;

  private interface Example {
    void run(String... arguments);
  }

  private static String output(Example example, String... arguments) {
    PrintStream before = System.out;
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    System.setOut(new PrintStream(bytes, true, StandardCharsets.UTF_8));
    try {
      example.run(arguments);
    } finally {
      System.setOut(before);
    }
    return bytes.toString(StandardCharsets.UTF_8);
  }

  @Test
  void shouldPrintTheStrongestSuperpixelsOfABundledPicture() {
    Path picture = Bundled.pictures().getFirst();
    String label = String.valueOf(picture.getFileName()).replaceFirst("-.*", "");
    String text = output(ExplainAPicture::main, Bundled.model().toString(), picture.toString());
    assertTrue(text.startsWith(label + ": probability 0."), text);
    assertTrue(text.lines().filter(line -> line.startsWith("  superpixel ")).count() >= 3, text);
  }

  @Test
  void shouldPrintWhatOneMoreOfEachSideAddsToAnArea() {
    String text = output(ExplainARow::main);
    assertTrue(
        text.matches("width: \\+(2\\.[89]|3\\.[01]).*\\R?height: \\+(1\\.[89]|2\\.[01]).*\\R"),
        text);
  }

  @Test
  void shouldFindTheRedTileOfABluePicture() {
    byte[] pixels = new byte[64 * 64 * 3];
    for (int i = 0; i < 64 * 64; i++) {
      boolean red = i % 64 / 16 == 1 && i / 64 / 16 == 2;
      pixels[3 * i + (red ? 0 : 2)] = (byte) 200;
    }
    Path file = folder.resolve("red.png");
    ImageFiles.writePng(Image.of8(64, 64, 3, pixels), file);
    Explanation got = ExplainAFunction.explain(file);
    assertEquals("cold", got.classes().getFirst().scored().label());
    LinearFit warm = got.classes().get(1).fit();
    assertEquals(9, warm.coefficients().indexOf(Collections.max(warm.coefficients())));
    // A red tile of 1/16 of the picture, 200 of 255 where gray has as much red as blue.
    assertEquals(200 / 255.0 / 16, warm.coefficients().get(9), 1e-3);
    assertTrue(output(ExplainAFunction::main, file.toString()).contains("cold: tile"));
  }

  @Test
  void shouldGiveAWeightToEachPixelOfAPictureInMemory() {
    byte[] pixels = new byte[32 * 32 * 3];
    for (int i = 0; i < 32 * 32; i++) {
      pixels[3 * i + (i % 32 < 16 ? 0 : 2)] = (byte) 200;
    }
    Preprocessing input =
        Preprocessing.imageNet()
            .withSize(32, 32)
            .withNormalization(List.of(0.0, 0.0, 0.0), List.of(1.0, 1.0, 1.0));
    Classifier red =
        Classifier.of(
            "red or not",
            input,
            16,
            values -> {
              double sum = 0;
              for (int i = 0; i < 32 * 32; i++) {
                sum += values[i];
              }
              return new double[] {sum / 100, 0};
            });
    try (Explainer explainer = Explainer.of(red, Labels.none())) {
      float[][] weights = ExplainPixels.weights(explainer, 32, 32, pixels);
      assertEquals(32, weights.length);
      assertEquals(32, weights[31].length);
      // Red that is shown rather than gray speaks for the class, blue against it.
      assertTrue(weights[16][4] > 0, "red: " + weights[16][4]);
      assertTrue(weights[16][27] < 0, "blue: " + weights[16][27]);
    }
  }

  @Test
  void shouldKeepAnExplanationThatWasJudged() throws IOException {
    Path picture = Bundled.pictures().getFirst();
    ExplainOptions options =
        ExplainOptions.defaults().withSegmenter(new Tiles(4, 4)).withSamples(64);
    Fidelity fidelity = JudgeAnExplanation.judge(Bundled.model(), picture, options, folder);
    assertTrue(
        requireNonNull(fidelity.classes().getFirst().heldOutR2()) > 0.3, fidelity.toString());
    assertTrue(Files.readString(folder.resolve("explanation.json")).contains("heldOutR2"));
    assertEquals(3, StoredRun.read(folder.resolve("run.npz")).classes().size());
    assertTrue(JudgeAnExplanation.peak(Bundled.model(), picture) > 0);
  }

  @Test
  void shouldShowWhyAsAPictureAndAsJson() throws IOException {
    Path picture = Bundled.pictures().getFirst();
    BufferedImage upload = ImageIO.read(picture.toFile());
    Path png = folder.resolve("why.png");
    ShowAnExplanation.Answer answer = ShowAnExplanation.show(Bundled.model(), upload, png);
    BufferedImage shown = ImageIO.read(png.toFile());
    assertEquals(upload.getWidth(), shown.getWidth());
    assertEquals(upload.getHeight(), shown.getHeight());
    assertEquals(upload.getHeight(), answer.weights().length);
    assertEquals(upload.getWidth(), answer.weights()[0].length);
    int[] strongest = strongest(answer.weights());
    int colour = shown.getRGB(strongest[0], strongest[1]);
    assertTrue((colour >> 16 & 0xff) > (colour & 0xff) + 50, "%06x is orange".formatted(colour));
    String text =
        output(
            args -> {
              try {
                ShowAnExplanation.main(args);
              } catch (IOException e) {
                throw new UncheckedIOException(e);
              }
            },
            Bundled.model().toString(),
            picture.toString(),
            png.toString());
    String target = "\"target\" : \"logit\"";
    assertTrue(answer.json().contains(target), answer.json());
    assertTrue(text.contains(target), text);
  }

  /** Column and row of the largest weight, in the middle of those that are as large. */
  private static int[] strongest(float[][] weights) {
    float largest = 0;
    for (float[] row : weights) {
      for (float weight : row) {
        largest = Math.max(largest, weight);
      }
    }
    List<int[]> places = new ArrayList<>();
    for (int y = 0; y < weights.length; y++) {
      for (int x = 0; x < weights[y].length; x++) {
        if (weights[y][x] == largest) {
          places.add(new int[] {x, y});
        }
      }
    }
    return places.get(places.size() / 2);
  }

  @Test
  void shouldFindTheHalfThatABatchScorerLooksAt() {
    byte[] pixels = new byte[64 * 64 * 3];
    Arrays.fill(pixels, (byte) 220);
    Path file = folder.resolve("bright.png");
    ImageFiles.writePng(Image.of8(64, 64, 3, pixels), file);
    List<Integer> batches = Collections.synchronizedList(new ArrayList<>());
    Explanation got =
        ExplainBatches.explain(
            file,
            (nchw, rows) -> {
              batches.add(rows);
              return ExplainBatches.halves(nchw, rows);
            });
    assertTrue(batches.contains(32), "whole batches: " + batches);
    float[][] left = got.heatMap(0);
    float[][] right = got.heatMap(1);
    assertTrue(left[32][8] > 1e-3 && Math.abs(left[32][56]) < 1e-3, "left: " + left[32][8]);
    assertTrue(right[32][56] > 1e-3 && Math.abs(right[32][8]) < 1e-3, "right: " + right[32][56]);
    assertTrue(output(ExplainBatches::main, file.toString()).contains("left: "));
  }
}
