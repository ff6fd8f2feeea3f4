package dev.quicklime.cli.refit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import dev.quicklime.cli.Ran;
import dev.quicklime.cli.Results;
import dev.quicklime.cli.options.Parse;
import dev.quicklime.cli.options.SurrogateFlags;
import dev.quicklime.files.npy.NpzWriter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RefitCommandTest {

  private static final int ROWS = 120;
  private static final int COLUMNS = 12;

  @TempDir private Path folder = Path.of("");

  /** Superpixels 3 and 7 matter, the others next to nothing. */
  private Path run() throws IOException {
    Random random = new Random(1);
    byte[][] masks = new byte[ROWS][COLUMNS];
    double[] scores = new double[ROWS];
    double[] weights = new double[ROWS];
    for (int row = 0; row < ROWS; row++) {
      for (int j = 0; j < COLUMNS; j++) {
        masks[row][j] = (byte) random.nextInt(2);
      }
      scores[row] = 2 * masks[row][3] - masks[row][7] + 0.1 * random.nextGaussian();
      weights[row] = random.nextDouble();
    }
    Path file = folder.resolve("run.npz");
    try (NpzWriter npz = new NpzWriter(file)) {
      npz.bytes(
          "masks",
          new int[] {ROWS, COLUMNS},
          (row, into) -> System.arraycopy(masks[row], 0, into, 0, COLUMNS));
      npz.doubles("scores", new int[] {ROWS, 1}, scores);
      npz.doubles("weights", new int[] {ROWS}, weights);
      npz.ints("classes", new int[] {1}, new int[] {5});
    }
    return file;
  }

  @Test
  void shouldCompareAllSurrogates() throws IOException {
    Ran ran = Ran.command("refit", run().toString(), "--surrogate", "all", "--features", "2");
    assertEquals(0, ran.code(), ran.err());
    for (SurrogateFlags.Kind kind : SurrogateFlags.Kind.values()) {
      // These two decide about the samples, which have been drawn.
      if (kind == SurrogateFlags.Kind.LIME || kind == SurrogateFlags.Kind.SHAPLEY) {
        assertFalse(ran.out().contains(Parse.word(kind)), ran.out());
        continue;
      }
      String line =
          ran.out()
              .lines()
              .filter(l -> l.strip().startsWith(Parse.word(kind) + " "))
              .findFirst()
              .orElseThrow();
      assertTrue(line.contains("3 7"), line);
    }
    assertTrue(ran.out().contains("class 5"));
    assertTrue(ran.out().contains("120 rows, 12 superpixels, 1 class"));
  }

  @Test
  void shouldGiveNoIntervalsWhereEveryMaskWasTried() throws IOException {
    Path file = folder.resolve("run.npz");
    try (NpzWriter npz = new NpzWriter(file)) {
      npz.bytes(
          "masks",
          new int[] {8, 3},
          (row, into) -> {
            for (int j = 0; j < 3; j++) {
              into[j] = (byte) ((7 - row) >> j & 1);
            }
          });
      npz.doubles("scores", new int[] {8, 1}, new double[] {3, 1, 4, 1, 5, 9, 2, 6});
      npz.doubles("weights", new int[] {8}, new double[] {1, 1, 1, 1, 1, 1, 1, 1});
    }
    Ran ran = Ran.command("refit", file.toString(), "--surrogate", "ols");
    assertEquals(0, ran.code(), ran.err());
    assertFalse(ran.out().contains(" ± "), ran.out());
  }

  @Test
  void shouldNameTheClassesOfAnExplanationBeside() throws IOException {
    Path file = run();
    Files.writeString(
        folder.resolve("explanation.json"), "{\"classes\": [{\"index\": 5, \"label\": \"owl\"}]}");
    assertTrue(Ran.command("refit", folder.toString()).out().contains("owl"));
    Files.writeString(folder.resolve("explanation.json"), "{ broken");
    assertTrue(Ran.command("refit", file.toString()).out().contains("class 5"));
  }

  @Test
  void shouldWriteAllNumbersAndPaths() throws IOException {
    Path json = folder.resolve("fits.json");
    Ran ran =
        Ran.command(
            "refit", run().toString(), "--surrogate=ols", "--paths", "--json", json.toString());
    assertEquals(0, ran.code(), ran.err());
    assertTrue(ran.out().contains(" ± "), ran.out());
    JsonNode node = Results.read(json).get("runs").get(0);
    assertEquals(5, node.get("classes").get(0).intValue());
    JsonNode fit = node.get("fits").get(0);
    assertEquals("ols", fit.get("surrogate").textValue());
    assertEquals("LeastSquares", fit.get("options").get("type").textValue());
    assertEquals(COLUMNS, fit.get("classes").get(0).get("standardErrors").size());
    JsonNode lars = node.get("larsPath").get(0);
    assertEquals(COLUMNS + 1, lars.size());
    assertEquals(COLUMNS + 1, lars.get(0).size());
    // At their ends both paths are the least-squares fit.
    JsonNode lasso = node.get("lassoPath").get(0);
    for (int j = 0; j < COLUMNS; j++) {
      double beta = fit.get("classes").get(0).get("coefficients").get(j).doubleValue();
      assertEquals(beta, lars.get(lars.size() - 1).get(j + 1).doubleValue(), 1e-9);
      assertEquals(beta, lasso.get(lasso.size() - 1).get(j + 1).doubleValue(), 1e-9);
    }
  }

  @Test
  void shouldRefuseWhatIsNoRun() throws IOException {
    List<String[]> wrong = new ArrayList<>();
    wrong.add(new String[] {"refit"});
    wrong.add(new String[] {"refit", folder.resolve("none.npz").toString()});
    wrong.add(new String[] {"refit", folder.toString() + "/nowhere"});
    wrong.add(new String[] {"refit", run().toString(), "--surrogate", "tree"});
    wrong.add(new String[] {"refit", run().toString(), "--paths"});
    wrong.add(new String[] {"refit", run().toString(), "--alpha", "cv:200"});
    wrong.add(new String[] {"refit", run().toString(), "--json", folder + "/nowhere/fits.json"});
    for (String[] arguments : wrong) {
      Ran ran = Ran.command(arguments);
      assertEquals(2, ran.code(), String.join(" ", arguments) + ran.err());
      assertFalse(ran.err().contains("Exception"), ran.err());
    }
  }
}
