package dev.quicklime.internal.jvm;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.quicklime.Environment;
import dev.quicklime.image.Preprocessing;
import dev.quicklime.model.ModelOptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DefaultThreadsTest {

  @ParameterizedTest(name = "[{0}] on {1} processors")
  @CsvSource(
      delimiter = '|',
      ignoreLeadingAndTrailingWhitespace = false,
      value = {
        "1|8|1",
        "3|2|3",
        " 4 |2|4",
        "+2|8|2",
        "007|8|7",
        "4,2|8|4",
        "4 , 2, 1|8|4",
        "5000|2|1024",
        // What OpenMP ignores.
        "0|8|8",
        "0,4|8|8",
        "-1|8|8",
        "2.5|8|8",
        "1e3|8|8",
        "four|8|8",
        "4 threads|8|8",
        "4,|8|8",
        ",4|8|8",
        "4,two|8|8",
        "99999999999999999999|8|8",
        " |8|8",
      })
  void shouldFollowTheVariableOfOpenMpWhereItIsANumber(String text, int processors, int threads) {
    assertEquals(threads, DefaultThreads.of(text, processors));
  }

  @Test
  void shouldTakeEveryProcessorWhereNothingIsSaid() {
    assertEquals(6, DefaultThreads.of(null, 6));
    assertEquals(6, DefaultThreads.of("", 6));
  }

  @Test
  void shouldBeWhatModelsAreRunWith() {
    int expected =
        DefaultThreads.of(
            System.getenv("OMP_NUM_THREADS"), Runtime.getRuntime().availableProcessors());
    assertEquals(expected, Environment.threads());
    ModelOptions open = ModelOptions.of(Preprocessing.imageNet());
    assertEquals(expected, open.threadsOrDefault());
    assertEquals(expected + 1, open.withThreads(expected + 1).threadsOrDefault());
    assertTrue(expected >= 1);
  }
}
