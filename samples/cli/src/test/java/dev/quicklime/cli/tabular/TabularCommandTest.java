package dev.quicklime.cli.tabular;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import dev.quicklime.cli.Models;
import dev.quicklime.cli.Ran;
import dev.quicklime.cli.Results;
import dev.quicklime.files.npy.NpyArray;
import dev.quicklime.files.npy.NpzReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TabularCommandTest {

  /** Three classes: a line in all three columns, a curve in the first, and a constant. */
  private static final String CLASSES =
      "return torch.stack([2 * x[:, 0] - 3 * x[:, 1] + 0.001 * x[:, 2], torch.exp(x[:, 0]),"
          + " 0 * x[:, 0]], 1)";

  private static final String REGRESSION = "return 4 * x[:, 0] + x[:, 2]";

  @TempDir private Path folder = Path.of("");

  private Path data() throws IOException {
    Random random = new Random(1);
    StringBuilder text = new StringBuilder("a,b,c\n");
    for (int i = 0; i < 30; i++) {
      text.append(random.nextGaussian())
          .append(',')
          .append(5 + 2 * random.nextGaussian())
          .append(',')
          .append(1000 * random.nextDouble())
          .append('\n');
    }
    return Files.writeString(folder.resolve("rows.csv"), text);
  }

  private Path regression() throws IOException {
    Path model = Models.save(folder.resolve("regression"), REGRESSION);
    Files.delete(model.resolveSibling("model.json"));
    return model;
  }

  private Ran run(Path data, Path model, String... more) {
    List<String> arguments =
        new ArrayList<>(
            List.of(
                "tabular",
                "--data",
                data.toString(),
                "--model",
                model.toString(),
                "--out",
                folder.resolve("out").toString()));
    arguments.addAll(List.of(more));
    if (!arguments.contains("--row")) {
      arguments.addAll(List.of("--row", "4"));
    }
    return Ran.command(arguments.toArray(String[]::new));
  }

  private JsonNode report(String name) throws IOException {
    Path file = folder.resolve("out").resolve(name).resolve("tabular.json");
    return Results.read(file);
  }

  @Test
  void shouldWriteWhatALinearModelIs() throws IOException {
    Ran ran =
        run(
            data(),
            Models.save(folder.resolve("m"), CLASSES),
            "--target",
            "logit",
            "--classes",
            "red,green",
            "--export");
    assertEquals(0, ran.code(), ran.err());
    assertEquals("", ran.err());
    JsonNode json = report("rows-row-4");
    JsonNode red = json.get("classes").get(0);
    assertEquals("red", red.get("label").textValue());
    double[] slopes = {2, -3, 0.001};
    for (int j = 0; j < 3; j++) {
      JsonNode feature = red.get("features").get(j);
      double sigma = json.get("features").get(j).get("deviation").doubleValue();
      assertEquals(slopes[j], feature.get("coefficient").doubleValue(), 1e-6 / sigma * 5);
      assertEquals(slopes[j] * sigma, feature.get("perDeviation").doubleValue(), 1e-5);
      JsonNode interval = feature.get("intervalPerDeviation");
      double center = (interval.get(0).doubleValue() + interval.get(1).doubleValue()) / 2;
      assertEquals(feature.get("perDeviation").doubleValue(), center, 1e-9);
    }
    assertEquals(1, red.get("r2").doubleValue(), 1e-9);
    assertTrue(json.get("classes").get(1).get("r2").doubleValue() < 0.99);
    assertEquals(5000, json.get("samples").intValue());
    assertEquals("leastsquares", type(red).toLowerCase(java.util.Locale.ROOT));
    assertEquals(4, red.get("comparison").size());
    Path report = folder.resolve("out/rows-row-4");
    try (Stream<Path> files = Files.list(report)) {
      assertEquals(
          List.of(
              "class-0-coefficients.png",
              "class-1-coefficients.png",
              "report.html",
              "run.npz",
              "tabular.json"),
          files.map(file -> String.valueOf(file.getFileName())).sorted().toList());
    }
    String page = Files.readString(report.resolve("report.html"));
    // Charts are parts of the page, as they follow its colours.
    assertTrue(page.contains("<svg"));
    assertFalse(page.contains("<img"));
    assertFalse(page.contains("superpixel"));
    assertTrue(ran.out().contains("least squares"), ran.out());
    assertTrue(ran.out().strip().endsWith("report.html"));
  }

  private static String type(JsonNode fit) {
    return fit.get("surrogate").get("type").textValue();
  }

  @Test
  void shouldExportWhatRefitsToTheSameCoefficients() throws IOException {
    Ran ran = run(data(), regression(), "--export", "--samples", "400", "--design", "antithetic");
    assertEquals(0, ran.code(), ran.err());
    try (NpzReader npz = new NpzReader(folder.resolve("out/rows-row-4/run.npz"))) {
      NpyArray features = npz.read("features");
      assertArrayEquals(new int[] {401, 3}, features.shape());
      assertArrayEquals(new int[] {401, 3}, npz.read("rows").shape());
      double[] x = features.toDoubles();
      double[] y = npz.read("scores").toDoubles();
      double[] w = npz.read("weights").toDoubles();
      double[] beta = npz.read("coefficients").toDoubles();
      double intercept = npz.read("intercepts").toDoubles()[0];
      assertEquals(0, w[0]);
      // Least squares leaves nothing that a column could still explain.
      for (int j = -1; j < 3; j++) {
        double sum = 0;
        for (int i = 0; i <= 400; i++) {
          double rest = y[i] - intercept;
          for (int k = 0; k < 3; k++) {
            rest -= x[3 * i + k] * beta[k];
          }
          sum += w[i] * rest * (j < 0 ? 1 : x[3 * i + j]);
        }
        assertEquals(0, sum / Arrays.stream(w).sum(), 1e-9);
      }
    }
  }

  @Test
  void shouldCompareTheFormsOfConstraint() throws IOException {
    Ran ran =
        run(
            data(),
            regression(),
            "--surrogate",
            "best-subset",
            "--features",
            "1",
            "--design",
            "sobol");
    assertEquals(0, ran.code(), ran.err());
    JsonNode fit = report("rows-row-4").get("classes").get(0);
    assertEquals("BestSubset", type(fit));
    assertTrue(fit.get("features").get(2).get("selected").booleanValue());
    assertFalse(fit.get("features").get(0).get("selected").booleanValue());
    assertTrue(fit.get("features").get(2).get("interval").isNull());
    assertTrue(fit.get("withoutErrors").textValue().contains("features"));
    List<String> types = new ArrayList<>();
    fit.get("comparison").forEach(one -> types.add(type(one)));
    assertEquals(List.of("LeastSquares", "BestSubset", "L1Ball", "L2Ball"), types);
    assertTrue(ran.out().contains("ℓ0 ≤ 1"), ran.out());
    Ran lasso = run(data(), regression(), "--surrogate", "lasso");
    assertEquals(0, lasso.code(), lasso.err());
    assertEquals(5, report("rows-row-4").get("classes").get(0).get("comparison").size());
    Ran ball = run(data(), regression(), "--surrogate", "l1-ball", "--radius", "1.5");
    assertTrue(ball.out().contains("ℓ1 ≤ 1.50"), ball.out());
    JsonNode within = report("rows-row-4").get("classes").get(0);
    double norm = 0;
    for (JsonNode feature : within.get("features")) {
      norm += Math.abs(feature.get("perDeviation").doubleValue());
    }
    assertEquals(1.5, norm, 1e-9);
  }

  @Test
  void shouldTakeCategoriesAndDroppedColumns() throws IOException {
    StringBuilder text = new StringBuilder("id;town;x;same\n");
    for (int i = 0; i < 12; i++) {
      text.append("k%d;%s;%d;7\n".formatted(i, i % 3 == 0 ? "Ulm" : "Bonn", i * i % 7));
    }
    Path data = Files.writeString(folder.resolve("towns.csv"), text);
    Path model = Models.save(folder.resolve("m"), "return 2 * x[:, 0] + x[:, 1] + x[:, 2]");
    Files.delete(model.resolveSibling("model.json"));
    Ran ran =
        run(
            data,
            model,
            "--separator",
            ";",
            "--drop",
            "id",
            "--categorical",
            "town",
            "--row",
            "0",
            "--seed",
            "3");
    assertEquals(0, ran.code(), ran.err());
    JsonNode json = report("towns-row-0");
    assertEquals("Ulm", json.get("features").get(0).get("value").textValue());
    assertEquals("categorical", json.get("features").get(0).get("kind").textValue());
    assertTrue(json.get("features").get(2).get("fixed").booleanValue());
    assertTrue(json.get("notices").get(0).textValue().contains("column same"));
    JsonNode effects = json.get("classes").get(0).get("features");
    assertEquals(2, effects.size());
    assertEquals(2, effects.get(0).get("coefficient").doubleValue(), 1e-4);
    assertEquals(1, effects.get(1).get("coefficient").doubleValue(), 1e-4);
  }

  @Test
  void shouldNameOptionsThatReadATableOfDecimalCommas() throws IOException {
    String text = ";a;b;c;\n0;1,5;2;3;\n1;2,5;7,25;1;\n2;3;4;1700000000;\n3;3;4;1700000001;\n";
    Path data = Files.writeString(folder.resolve("german.csv"), text);
    Path model = regression();
    refused(run(data, model, "--row", "0"), "--separator ';' --decimal ,");
    refused(run(data, model, "--row", "0", "--separator", ";"), "try --decimal ,");
    refused(run(data, model, "--decimal", ","), "--separator ';' --decimal ,");
    refused(run(data, model, "--decimal", "point"), "--decimal must be one of '.', ','");
    Ran ran = run(data, model, "--row", "1", "--separator", ";", "--decimal", ",");
    assertEquals(0, ran.code(), ran.err());
    JsonNode json = report("german-row-1");
    assertEquals(7.25, json.get("features").get(1).get("number").doubleValue());
    assertTrue(json.get("notices").get(0).textValue().contains("index of the rows"));
    assertTrue(
        json.get("notices").get(1).textValue().startsWith("column c has 4 different values"));
    assertTrue(json.get("notices").get(1).textValue().contains("leaves 3"));
  }

  @Test
  void shouldExplainTheBundledTableWithNoFilesOfOnesOwn() throws IOException {
    Path out = folder.resolve("out");
    Ran ran = Ran.command("tabular", "--design", "sobol", "--out", out.toString());
    assertEquals(0, ran.code(), ran.err());
    JsonNode effects = report("rentals-row-0").get("classes").get(0).get("features");
    assertEquals(4, effects.size());
    // Warmer is better, wind and rain are not.
    assertTrue(effects.get(0).get("interval").get(0).doubleValue() > 0);
    assertTrue(effects.get(1).get("interval").get(1).doubleValue() < 0);
    assertTrue(effects.get(2).get("interval").get(1).doubleValue() < 0);
  }

  @Test
  void shouldGiveTheSameBytesForTheSameSeed() throws IOException {
    Path data = data();
    Path model = regression();
    List<String> seen = new ArrayList<>();
    for (String batch : List.of("1024", "77")) {
      Ran ran = run(data, model, "--batch", batch, "--threads", "1", "--quiet");
      assertEquals(0, ran.code(), ran.err());
      assertEquals(1, ran.out().lines().count());
      seen.add(report("rows-row-4").get("classes").toString());
    }
    assertEquals(seen.get(0), seen.get(1));
  }

  @Test
  void shouldRefuseWhatTheUserCanMend() throws IOException {
    Path data = data();
    Path model = Models.save(folder.resolve("m"), CLASSES);
    Path text = Files.writeString(folder.resolve("text.csv"), "a,b,c\n1,2,x\n3,4,y\n");
    Path missing = Files.writeString(folder.resolve("missing.csv"), "a,b,c\n1,,3\n4,5,6\n");
    Path semicolons = Files.writeString(folder.resolve("semi.csv"), "a;b;c\n1;2;3\n4;5;6\n");
    Path narrow = Files.writeString(folder.resolve("narrow.csv"), "a,b\n1,2\n3,4\n");
    Path still = Files.writeString(folder.resolve("still.csv"), "a,b,c\n1,2,3\n1,2,3\n");
    refused(run(data, model, "--row", "30"), "--row must be between 0 and 29 for rows.csv, got 30");
    refused(run(data, model, "--row", "x"), "--row must be");
    refused(run(folder.resolve("none.csv"), model), "no such file");
    refused(run(data, folder.resolve("none.pt")), "none.pt does not exist");
    refused(run(data, text), "TorchScript");
    refused(run(text, model, "--row", "0"), "column c", "'x'", "--categorical c");
    refused(run(missing, model, "--row", "0"), "line 2, column b");
    refused(run(semicolons, model, "--row", "0"), "--separator ';'");
    refused(run(narrow, model, "--row", "0"), "rows of 2 numbers");
    refused(run(still, model, "--row", "0"), "at least one column must vary");
    refused(run(data, model, "--classes", "9"), "between 0 and 2");
    refused(run(data, model, "--classes", "violet"), "violet");
    refused(run(data, model, "--sigma", "1,2"), "3 numeric columns, got 2");
    refused(run(data, model, "--sigma", "1,2,-3"), "--sigma");
    refused(run(data, model, "--sigma", "1,1e300,1"), "--sigma must be at most 1.0E36");
    refused(run(data, model, "--width", "0"), "--width");
    refused(run(data, model, "--width", "0.0001"), "width");
    refused(run(data, model, "--design", "hadamard"), "--design");
    refused(run(data, model, "--samples", "1"), "--samples");
    refused(run(data, model, "--surrogate", "l2-ball"), "--radius");
    refused(run(data, model, "--drop", "z"), "--drop", "got z");
    refused(run(data, model, "--columns", "a,a"), "--columns");
    refused(run(data, Models.save(folder.resolve("nan"), "return torch.log(x - 1e9)")), "finite");
    refused(Ran.command("tabular", "--data", data.toString()), "--data and --model go together");
    refused(Ran.command("tabular", "--row", "240"), "between 0 and 239 for rentals.csv");
    assertFalse(Files.exists(folder.resolve("out")), "nothing is left of a run that failed");
  }

  private static void refused(Ran ran, String... said) {
    assertEquals(2, ran.code(), ran.err());
    for (String part : said) {
      assertTrue(ran.err().contains(part), ran.err());
    }
    assertFalse(ran.err().contains("Exception"), ran.err());
    assertTrue(ran.err().startsWith("quicklime: "), ran.err());
  }
}
