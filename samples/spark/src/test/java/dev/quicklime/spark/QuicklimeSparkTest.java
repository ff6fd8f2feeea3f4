package dev.quicklime.spark;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.quicklime.ClassExplanation;
import dev.quicklime.Explainer;
import dev.quicklime.Explanation;
import dev.quicklime.InvalidInputException;
import dev.quicklime.cli.options.ExplainWords;
import dev.quicklime.cli.options.Settings;
import dev.quicklime.model.ScoredClass;
import dev.quicklime.run.Progress;
import dev.quicklime.scenes.Bundled;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class QuicklimeSparkTest {

  private static final Map<String, String> OPTIONS =
      Map.of("samples", "100", "tiles", "4x4", "surrogate", "ridge", "top", "2");

  @TempDir static Path folder;

  private static SparkSession spark;

  @BeforeAll
  static void start() throws IOException {
    spark = LocalSpark.start(folder);
    Path pictures = Files.createDirectory(folder.resolve("pictures"));
    for (Path picture : Bundled.pictures()) {
      Files.copy(picture, pictures.resolve(picture.getFileName()));
    }
    Files.writeString(pictures.resolve("not [a] {picture}*.png"), "something else");
  }

  @AfterAll
  static void stop() {
    spark.stop();
  }

  private static Dataset<Row> pictures() {
    return spark.read().format("binaryFile").load(folder.resolve("pictures").toString());
  }

  @Test
  void shouldEqualOneProcessToTheBit() {
    List<Row> rows =
        QuicklimeSpark.explain(pictures(), OPTIONS).orderBy("path", "rank").collectAsList();
    Settings.Chosen chosen =
        ExplainWords.choose(
            List.of(
                "--samples=100",
                "--tiles=4x4",
                "--surrogate=ridge",
                "--top=2",
                "--seed=content",
                // A job takes that of the size; a process may remember another one as the fastest.
                "--batch=64"));
    List<List<Object>> expected = new ArrayList<>();
    try (Explainer explainer = chosen.open()) {
      for (Path picture : Bundled.pictures()) {
        Explanation one = explainer.explain(picture, chosen.optionsOf(picture), Progress.none());
        for (int c = 0; c < one.classes().size(); c++) {
          ClassExplanation explained = one.classes().get(c);
          expected.add(
              List.of(
                  explained.scored().index(),
                  explained.scored().score(),
                  explained.scored().probability(),
                  one.localTarget(c),
                  explained.fit().coefficients(),
                  explained.fit().intercept()));
        }
      }
    }
    List<List<Object>> found =
        rows.stream()
            .filter(row -> row.isNullAt(row.fieldIndex("error")))
            .map(
                row ->
                    List.<Object>of(
                        row.getInt(row.fieldIndex("class")),
                        row.getDouble(row.fieldIndex("score")),
                        row.getDouble(row.fieldIndex("probability")),
                        row.getDouble(row.fieldIndex("local_target")),
                        row.<Double>getList(row.fieldIndex("coefficients")),
                        row.getDouble(row.fieldIndex("intercept"))))
            .toList();
    assertEquals(expected, found);
  }

  @Test
  void shouldHaveScoresInSinglePrecisionBesideSamplesInBfloat16() {
    Map<String, String> options = new TreeMap<>(OPTIONS);
    options.putAll(Map.of("samples", "20", "batch", "4", "precision", "bf16", "seed", "3"));
    Path picture = Bundled.pictures().getFirst();
    List<Row> rows =
        QuicklimeSpark.explain(spark.read().format("binaryFile").load(picture.toString()), options)
            .orderBy("rank")
            .collectAsList();
    Settings.Chosen chosen =
        ExplainWords.choose(
            options.entrySet().stream()
                .map(option -> "--" + option.getKey() + "=" + option.getValue())
                .toList());
    try (Explainer explainer = chosen.open()) {
      Explanation own = explainer.explain(picture, chosen.options(), Progress.none());
      for (int c = 0; c < 2; c++) {
        Row row = rows.get(c);
        ScoredClass scored = own.classes().get(c).scored();
        assertEquals(scored.index(), row.<Integer>getAs("class"));
        assertEquals(scored.score(), row.<Double>getAs("score"));
        assertEquals(scored.probability(), row.<Double>getAs("probability"));
        assertEquals(own.localTarget(c), row.<Double>getAs("local_target"));
        assertNotEquals(scored.probability(), own.localTarget(c));
        String provenance = row.getAs("provenance");
        assertTrue(provenance.contains("\"precision\":\"bf16\""), provenance);
        assertTrue(provenance.contains("\"originalPrecision\":\"fp32\""), provenance);
      }
    }
  }

  @Test
  void shouldGiveARowForABrokenPictureAndFailNoJob() {
    List<Row> broken =
        QuicklimeSpark.explain(pictures(), OPTIONS).where("error IS NOT NULL").collectAsList();
    assertEquals(1, broken.size());
    Row row = broken.getFirst();
    assertTrue(row.<String>getAs("path").endsWith("not [a] {picture}*.png"));
    assertEquals(64, row.<String>getAs("content").length());
    assertTrue(row.<String>getAs("error").contains("must be"));
    assertNull(row.getAs("coefficients"));
    assertNull(row.getAs("local_target"));
    assertNotNull(row.getAs("run"));
  }

  @Test
  void shouldExplainByAFunctionOfSql() {
    QuicklimeSpark.register(spark, "quicklime_explain", OPTIONS);
    pictures().createOrReplaceTempView("pictures");
    long rows =
        spark
            .sql(
                "SELECT p.path, inline(quicklime_explain(p.content)) AS (file, content, run, seed,"
                    + " width, height, rank, class, label, score, probability, target, intercept,"
                    + " local_prediction, r2, coefficients, margins, segments, samples,"
                    + " superpixels, notices, timings, provenance, error, local_target) FROM"
                    + " pictures p")
            .where("error IS NULL")
            .count();
    assertEquals(2L * Bundled.pictures().size(), rows);
  }

  @Test
  void shouldKeepNumbersInWhateverPartitions() {
    String[] numbers = {
      "path", "rank", "class", "score", "intercept", "r2", "coefficients", "margins", "superpixels"
    };
    Dataset<Row> one =
        QuicklimeSpark.explain(pictures().coalesce(1), OPTIONS)
            .selectExpr(numbers)
            .orderBy("path", "rank");
    Dataset<Row> many =
        QuicklimeSpark.explain(pictures().repartition(5), OPTIONS)
            .selectExpr(numbers)
            .orderBy("path", "rank");
    assertEquals(one.collectAsList(), many.collectAsList());
  }

  @Test
  void shouldRefuseWrongOptionsBeforeAnythingRuns() {
    Dataset<Row> pictures = pictures();
    InvalidInputException unknown =
        assertThrows(
            InvalidInputException.class,
            () -> QuicklimeSpark.explain(pictures, Map.of("sample", "10")));
    assertTrue(String.valueOf(unknown.getMessage()).contains("samples"));
    InvalidInputException wrong =
        assertThrows(
            InvalidInputException.class,
            () -> QuicklimeSpark.explain(pictures, Map.of("samples", "many")));
    assertTrue(String.valueOf(wrong.getMessage()).startsWith("--samples must be"));
    Dataset<Row> other = pictures.withColumnRenamed("content", "bytes");
    InvalidInputException columns =
        assertThrows(InvalidInputException.class, () -> QuicklimeSpark.explain(other, OPTIONS));
    assertTrue(String.valueOf(columns.getMessage()).contains("length, bytes: rename"));
  }

  @Test
  void shouldShipAModelWithItsLabels() throws IOException {
    Path model = folder.resolve("my model.pt");
    Files.copy(Bundled.model(), model);
    Files.copy(Bundled.model().resolveSibling("model.json"), folder.resolve("model.json"));
    Path labels = folder.resolve("labels.txt");
    Files.writeString(
        labels,
        Files.readString(Bundled.labels()).toUpperCase(java.util.Locale.ROOT),
        StandardCharsets.UTF_8);
    Row row =
        QuicklimeSpark.explain(
                pictures(),
                Map.of(
                    "model",
                    model.toString(),
                    "labels",
                    labels.toString(),
                    "samples",
                    "50",
                    "tiles",
                    "3x3"))
            .where("error IS NULL")
            .first();
    String label = row.getAs("label");
    assertEquals(label.toUpperCase(java.util.Locale.ROOT), label);
  }
}
