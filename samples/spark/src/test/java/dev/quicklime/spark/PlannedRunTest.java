package dev.quicklime.spark;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.quicklime.InvalidInputException;
import dev.quicklime.QuicklimeException;
import dev.quicklime.spark.executor.ExplainSpec;
import dev.quicklime.spark.run.JobFailure;
import dev.quicklime.spark.run.RunPlanner;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.api.java.function.Function;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PlannedRunTest {

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

  private static ExplainSpec plan(String... words) {
    return new RunPlanner(spark.sparkContext()).plan(List.of(words), Optional::empty);
  }

  /** Or a job that goes on with other executors would compute all again. */
  @Test
  void shouldNameARunByWhatItsNumbersDependOn() {
    String run = plan("--samples=50", "--precision=fp32").run();
    assertEquals(run, plan("--precision=fp32", "--samples=50").run());
    assertEquals(run, plan("--samples=50", "--precision=fp32", "--threads=1").run());
    assertNotEquals(run, plan("--samples=51", "--precision=fp32").run());
    assertNotEquals(run, plan("--samples=50", "--precision=fp32", "--batch=3").run());
    assertNotEquals(run, plan("--samples=50", "--precision=fp32", "--seed=0").run());
  }

  @Test
  void shouldLeaveNothingToTheProcesses() {
    List<String> words = plan("--samples=50").words();
    for (String option : List.of("--precision=", "--batch=", "--threads=2", "--seed=content")) {
      assertTrue(words.stream().anyMatch(word -> word.startsWith(option)), words.toString());
    }
  }

  private static Exception failed(RuntimeException thrown) {
    Function<Integer, Integer> failing =
        _ -> {
          throw thrown;
        };
    JavaSparkContext context = JavaSparkContext.fromSparkContext(spark.sparkContext());
    return assertThrows(
        Exception.class, () -> context.parallelize(List.of(1)).map(failing).collect());
  }

  @Test
  void shouldSayWhyATaskFailedInItsOwnWords() {
    RuntimeException model = JobFailure.told(failed(new QuicklimeException("no such layer")));
    assertInstanceOf(QuicklimeException.class, model);
    assertEquals("no such layer", model.getMessage());
    RuntimeException input = JobFailure.told(failed(new InvalidInputException("too small")));
    assertInstanceOf(InvalidInputException.class, input);
    assertEquals("too small", input.getMessage());
    assertInstanceOf(
        IllegalStateException.class, JobFailure.told(failed(new ArithmeticException("by zero"))));
  }
}
