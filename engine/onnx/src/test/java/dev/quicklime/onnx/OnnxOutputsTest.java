package dev.quicklime.onnx;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.quicklime.model.ModelOptions;
import dev.quicklime.model.PipelinedClassifier;
import java.nio.file.Path;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class OnnxOutputsTest {

  private static double[] scores(String name, @Nullable String output) {
    Path file = OnnxFiles.file(name);
    ModelOptions how = OnnxFiles.options(file).withBatch(3).withOutput(output);
    try (PipelinedClassifier model = OnnxModels.open(file, how)) {
      double[] scores = OnnxFiles.scores(model, 2);
      // From the second pass on it computes that output only.
      assertArrayEquals(scores, OnnxFiles.scores(model, 2));
      return scores;
    }
  }

  private static double[] numbers(String text) {
    return Arrays.stream(text.split(" ")).mapToDouble(Double::parseDouble).toArray();
  }

  @ParameterizedTest
  @CsvSource({
    "linear, 1 7.5 1.375 9",
    "outputs, 1 7.5 1.375 9",
    "level, 2.3333333 3.3333333",
    "column, 2.3333333 3.3333333",
    "pooled, 1 2 4 2 3 5",
  })
  void shouldFindTheScores(String name, String expected) {
    assertArrayEquals(numbers(expected), scores(name, null), 1e-6);
  }

  @ParameterizedTest
  @CsvSource({
    "twice, 2 15 2.75 18",
    "1, 2 15 2.75 18",
    "logits, 1 7.5 1.375 9",
    "2, 1 7.5 1.375 9",
    "level, 2.3333333 3.3333333",
    "4, 2.3333333 3.3333333",
    "pooled, 1 2 4 2 3 5",
  })
  void shouldTakeTheOutputThatIsAskedFor(String output, String expected) {
    assertArrayEquals(numbers(expected), scores("outputs", output), 1e-6);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "unnamed  |       | got several: name the output, one of 0 twice: float32[3, 2]; 1 means:"
            + " float32[3, 3]",
        "best     |       | floating-point scores, [3, classes], got 0 best: int64[3, 1]",
        "image    |       | floating-point scores, [3, classes], got 0 features: float32[3, 3, 32,"
            + " 32]",
        "sequence |       | floating-point scores, [3, classes], got 0 list: sequence",
        "outputs  | wrong | must be one of 0 features: float32[3, 3, 32, 32]; 1 twice",
        "outputs  | 7     | , got 7",
        "outputs  | best  | got 6 best: int64[3, 1]",
        "linear   | 1     | must be one of 0 logits: float32[3, 2], got 1",
      })
  void shouldListWhatThereIsWhereTheScoresCannotBeTold(
      String name, @Nullable String output, String said) {
    String message = OnnxFiles.refusal(() -> scores(name, output));
    assertTrue(message.contains(said), message);
  }
}
