package dev.quicklime.spark;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.quicklime.ClassExplanation;
import dev.quicklime.ExplainOptions;
import dev.quicklime.Explainer;
import dev.quicklime.Explanation;
import dev.quicklime.InvalidInputException;
import dev.quicklime.ShardedExplanation;
import dev.quicklime.cli.options.ExplainWords;
import dev.quicklime.cli.options.Settings;
import dev.quicklime.image.Image;
import dev.quicklime.run.Progress;
import dev.quicklime.scenes.Bundled;
import dev.quicklime.spark.executor.ExplainSpec;
import dev.quicklime.spark.run.RunPlanner;
import dev.quicklime.spark.shard.ShardedRun;
import dev.quicklime.surrogate.Intervals;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ShardedRunTest {

  @TempDir static Path folder;

  private static SparkSession spark;

  @BeforeAll
  static void start() {
    spark = LocalSpark.start(folder);
  }

  @AfterAll
  static void stop() {
    spark.stop();
  }

  private static byte[] picture() throws IOException {
    return Files.readAllBytes(Bundled.pictures().getFirst());
  }

  private static List<String> words(String... more) {
    List<String> words =
        new ArrayList<>(
            List.of("--samples=4300", "--tiles=3x3", "--top=2", "--seed=5", "--threads=1"));
    words.addAll(List.of("--precision=fp32", "--batch=32"));
    words.addAll(List.of(more));
    return words;
  }

  private static List<ClassExplanation> sharded(List<String> words, int rowsEach)
      throws IOException {
    return explained(words, rowsEach).classes();
  }

  private static ShardedExplanation explained(List<String> words, int rowsEach) throws IOException {
    ExplainSpec spec = new RunPlanner(spark.sparkContext()).plan(words, Optional::empty);
    JavaSparkContext context = JavaSparkContext.fromSparkContext(spark.sparkContext());
    return new ShardedRun(context, spec, rowsEach).explain(picture());
  }

  private static List<ClassExplanation> whole(List<String> words) throws IOException {
    return inOneProcess(words).classes();
  }

  private static Explanation inOneProcess(List<String> words) throws IOException {
    Settings.Chosen chosen = ExplainWords.choose(words);
    try (Explainer explainer = chosen.open()) {
      ExplainOptions options = chosen.options();
      return explainer.explain(Image.decode(picture(), options.limits()), options, Progress.none());
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"lasso", "ridge --design=hadamard", "shapley --design=leverage", "ols"})
  void shouldEqualOneProcess(String surrogate) throws IOException {
    List<String> words = words(("--surrogate=" + surrogate).split(" "));
    List<ClassExplanation> expected = whole(words);
    List<ClassExplanation> found = sharded(words, 4096);
    for (int c = 0; c < expected.size(); c++) {
      assertEquals(expected.get(c).scored().index(), found.get(c).scored().index());
      assertClose(expected.get(c).fit().coefficients(), found.get(c).fit().coefficients());
      if (expected.get(c).fit().intervals() instanceof Intervals.Margins margins) {
        assertClose(
            margins.halfWidths(),
            ((Intervals.Margins) found.get(c).fit().intervals()).halfWidths());
      }
    }
  }

  private static void assertClose(List<Double> expected, List<Double> found) {
    double scale = expected.stream().mapToDouble(Math::abs).max().orElseThrow();
    assertEquals(expected.size(), found.size());
    for (int j = 0; j < expected.size(); j++) {
      assertEquals(expected.get(j), found.get(j), 1e-9 * scale);
    }
  }

  @Test
  void shouldHaveWhatTheFitHasSeenOfThePictureBesideItsScores() throws IOException {
    List<String> words = words("--surrogate=ridge");
    words.replaceAll(
        word -> word.replace("fp32", "bf16").replace("=4300", "=20").replace("=32", "=4"));
    Explanation expected = inOneProcess(words);
    ShardedExplanation found = explained(words, 0);
    assertEquals(expected.scores(), found.scores());
    for (int c = 0; c < 2; c++) {
      assertEquals(expected.localTarget(c), found.localTargets().get(c));
      assertNotEquals(found.classes().get(c).scored().probability(), found.localTargets().get(c));
    }
  }

  @Test
  void shouldNotDependOnHowRowsAreDealtOut() throws IOException {
    List<String> words = words("--surrogate=ridge");
    assertEquals(sharded(words, 1), sharded(words, 100_000));
  }

  @Test
  void shouldBeATableOfResults() throws IOException {
    List<Row> rows =
        QuicklimeSpark.explainSharded(
                spark, "one", picture(), Map.of("samples", "5000", "tiles", "3x3", "top", "1"))
            .collectAsList();
    assertEquals(1, rows.size());
    assertEquals(5000, rows.getFirst().<Integer>getAs("samples"));
    assertNotNull(rows.getFirst().getAs("coefficients"));
    assertNotNull(rows.getFirst().getAs("local_target"));
  }

  @Test
  void shouldRefuseARuleThatLooksAtSamplesInOrder() {
    InvalidInputException wrong =
        assertThrows(InvalidInputException.class, () -> sharded(words("--stop=0.1"), 0));
    assertTrue(String.valueOf(wrong.getMessage()).contains("stop rule"));
  }
}
