package dev.quicklime.spark;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.quicklime.scenes.Bundled;
import dev.quicklime.spark.job.SparkMain;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine;

class ExplainJobTest {

  private static final String NUMBERS =
      "path, content, rank, class, score, intercept, r2, coefficients, superpixels, error";

  @TempDir static Path root;
  @TempDir Path folder;

  private static SparkSession spark;

  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();
  private Path pictures = root;

  @BeforeAll
  static void start() {
    spark = LocalSpark.start(root);
  }

  @AfterAll
  static void stop() {
    spark.stop();
  }

  @BeforeEach
  void makePictures() throws IOException {
    pictures = Files.createDirectory(folder.resolve("pictures"));
    List<Path> bundled = Bundled.pictures();
    for (int i = 0; i < 4; i++) {
      Files.copy(bundled.get(i), pictures.resolve("a " + i + ".png"));
    }
    Files.createDirectory(pictures.resolve("deeper [x]"));
    Files.copy(bundled.get(4), pictures.resolve("deeper [x]/100% {b}*.png"));
    Files.writeString(pictures.resolve("broken.png"), "no picture");
  }

  private int explain(String... options) {
    List<String> given = List.of(options);
    List<String> args = new ArrayList<>(List.of("explain", "--tiles", "3x3"));
    args.addAll(given);
    Map<String, String> usual =
        Map.of(
            "--input",
            pictures.toString(),
            "--output",
            folder.resolve("out").toString(),
            "--samples",
            "60",
            "--top",
            "1");
    boolean classes = given.contains("--classes");
    usual.forEach(
        (option, value) -> {
          if (!given.contains(option) && !(classes && option.equals("--top"))) {
            args.addAll(List.of(option, value));
          }
        });
    CommandLine command = SparkMain.commandLine();
    command.setOut(new PrintWriter(out, true));
    command.setErr(new PrintWriter(err, true));
    return command.execute(args.toArray(String[]::new));
  }

  private String told() {
    String told = out.toString() + err;
    out.getBuffer().setLength(0);
    err.getBuffer().setLength(0);
    return told;
  }

  private Dataset<Row> rows() {
    return spark.read().parquet(folder.resolve("out").toString());
  }

  private List<Row> numbers() {
    return rows().selectExpr(NUMBERS.split(", ")).orderBy("path", "rank").collectAsList();
  }

  @Test
  void shouldComputeOnlyWhatTheOutputLacks() throws IOException {
    assertEquals(0, explain("--commit-every", "4"));
    assertTrue(told().startsWith("5 pictures explained, 1 could not be; 0 were there already"));
    List<Row> first = numbers();
    assertEquals(6, first.size());
    Files.copy(Bundled.pictures().get(5), pictures.resolve("new.png"));
    assertEquals(0, explain());
    assertTrue(told().startsWith("1 pictures explained, 1 could not be; 6 were there already"));
    assertEquals(7, numbers().size());
    assertTrue(numbers().containsAll(first));
    assertEquals(0, explain());
    assertTrue(told().startsWith("0 pictures explained, 1 could not be; 7 were there already"));
    assertEquals(7, numbers().size());
  }

  @Test
  void shouldGiveAPictureOfAnotherNameTheNumbersThatItHas() throws IOException {
    explain();
    told();
    Files.move(pictures.resolve("a 0.png"), pictures.resolve("moved.png"));
    assertEquals(0, explain());
    assertTrue(told().startsWith("0 pictures explained, 1 could not be; 6 were there already"));
    List<Row> both =
        rows()
            .where("path LIKE '%a 0.png' OR path LIKE '%moved.png'")
            .selectExpr("content", "coefficients", "timings['total']")
            .collectAsList();
    assertEquals(2, both.size());
    assertEquals(both.get(0), both.get(1));
  }

  @Test
  void shouldComputeAPictureAgainWhoseContentIsAnother() throws IOException {
    explain();
    told();
    Files.delete(pictures.resolve("a 1.png"));
    Files.copy(Bundled.pictures().get(5), pictures.resolve("a 1.png"));
    assertEquals(0, explain());
    assertEquals(2, rows().where("path LIKE '%a 1.png'").count());
  }

  @Test
  void shouldKeepRunsOfOtherOptionsApart() {
    explain();
    told();
    assertEquals(0, explain("--samples", "61"));
    assertTrue(told().startsWith("5 pictures explained"));
    assertEquals(2, rows().select("run").distinct().count());
  }

  @ParameterizedTest
  @ValueSource(strings = {"parquet", "json"})
  void shouldGoOnWithResultsThatLackLaterColumns(String format) throws IOException {
    assertEquals(0, explain("--surrogate", "ridge"));
    told();
    Path before = folder.resolve("before");
    rows().drop("local_target").write().format(format).save(before.toString());
    Files.move(pictures.resolve("a 0.png"), pictures.resolve("moved.png"));
    Files.copy(Bundled.pictures().get(5), pictures.resolve("new.png"));
    String[] more = {
      "--surrogate", "ridge", "--output", before.toString(), "--output-format", format
    };
    assertEquals(0, explain(more), this::told);
    assertTrue(told().startsWith("1 pictures explained, 1 could not be; 6 were there already"));
    // Whichever file is asked for its columns first.
    assertEquals(0, explain(more), this::told);
    assertTrue(told().startsWith("0 pictures explained, 1 could not be; 7 were there already"));
    Dataset<Row> all = spark.read().format(format).schema(rows().schema()).load(before.toString());
    assertEquals(8, all.count());
    assertEquals(1, all.where("local_target IS NOT NULL").count());
    assertEquals(1, all.where("path LIKE '%new.png' AND local_target IS NOT NULL").count());
  }

  @Test
  void shouldTryFailuresAgainWhereThatIsAskedFor() throws IOException {
    explain();
    told();
    Files.delete(pictures.resolve("broken.png"));
    Files.copy(Bundled.pictures().get(5), pictures.resolve("broken.png"));
    assertEquals(0, explain("--retry-errors"));
    assertTrue(told().startsWith("1 pictures explained, 0 could not be; 5 were there already"));
  }

  @Test
  void shouldReadPicturesOfATable() {
    spark
        .read()
        .format("binaryFile")
        .option("recursiveFileLookup", true)
        .load(pictures.toString())
        .selectExpr("path AS name", "content AS bytes")
        .write()
        .parquet(folder.resolve("table").toString());
    explain();
    told();
    final List<Row> fromFiles = numbers();
    pictures = folder.resolve("table");
    String[] table = {
      "--input-format",
      "parquet",
      "--content-column",
      "bytes",
      "--path-column",
      "name",
      "--output",
      folder.resolve("of table").toString()
    };
    assertEquals(0, explain(table));
    assertTrue(told().startsWith("5 pictures explained, 1 could not be; 0 were there already"));
    List<Row> fromTable =
        spark
            .read()
            .parquet(folder.resolve("of table").toString())
            .selectExpr(NUMBERS.split(", "))
            .orderBy("path", "rank")
            .collectAsList();
    assertEquals(fromFiles, fromTable);
    assertEquals(0, explain(table));
    assertTrue(told().startsWith("0 pictures explained, 1 could not be; 6 were there already"));
  }

  @Test
  void shouldGiveTheSameNumbersWhateverTheTasks() {
    explain("--pictures-per-task", "1");
    List<Row> one = numbers();
    explain("--pictures-per-task", "50", "--output", folder.resolve("other").toString());
    List<Row> many =
        spark
            .read()
            .parquet(folder.resolve("other").toString())
            .selectExpr(NUMBERS.split(", "))
            .orderBy("path", "rank")
            .collectAsList();
    assertEquals(one, many);
  }

  @Test
  void shouldRefuseWhatIsWrongInOneLine() throws IOException {
    List<List<String>> wrong =
        List.of(
            List.of("--samples", "none"),
            List.of("--commit-every", "0"),
            List.of("--pictures-per-task", "x"),
            List.of("--input-format", "parquet", "--glob", "*.png"),
            List.of("--model", folder.resolve("missing.pt").toString()),
            List.of("--glob", "*.nothing"),
            List.of("--output-format", "nonsense"),
            List.of("--classes", "no such class"));
    for (List<String> options : wrong) {
      assertEquals(2, explain(options.toArray(String[]::new)), options.toString());
      assertEquals(1, err.toString().lines().count(), err.toString());
      assertNotEquals("", told());
    }
    Files.writeString(folder.resolve("out"), "a file");
    assertEquals(2, explain());
    assertEquals(1, err.toString().lines().count(), err.toString());
    told();
    pictures = folder.resolve("nowhere");
    assertEquals(2, explain());
    assertTrue(err.toString().contains("--input"), err.toString());
  }

  @Test
  void shouldNameItsOptionsInItsHelp() {
    CommandLine command = SparkMain.commandLine();
    command.setOut(new PrintWriter(out, true));
    assertEquals(0, command.execute("explain", "--help"));
    String help = out.toString();
    assertTrue(
        List.of("--input", "--output=", "--model-output", "--samples").stream()
            .allMatch(help::contains),
        help);
    assertEquals(
        0, IntStream.range(0, help.length()).filter(i -> help.startsWith("${", i)).count());
  }
}
