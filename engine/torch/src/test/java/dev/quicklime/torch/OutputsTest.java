package dev.quicklime.torch;

import static java.lang.foreign.ValueLayout.JAVA_FLOAT;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.quicklime.QuicklimeException;
import dev.quicklime.image.Preprocessing;
import dev.quicklime.model.Batch;
import dev.quicklime.model.ModelOptions;
import dev.quicklime.torch.internal.TestModules;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class OutputsTest {

  @TempDir Path folder;

  private double score(String body, @Nullable String output) {
    Preprocessing input = Preprocessing.imageNet().withSize(2, 2);
    ModelOptions options = ModelOptions.of(input).withBatch(2).withThreads(1).withOutput(output);
    try (TorchScript model = TorchScript.open(TestModules.save(folder, body), options);
        Batch batch = model.newBatch()) {
      for (int i = 0; i < 12; i++) {
        batch.pixels().setAtIndex(JAVA_FLOAT, i, i % 3);
      }
      return model.score(batch, 1)[1];
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "return (x.mean([2, 3]), None)",
        "return [x, x.mean([2, 3])]",
        "return {'features': x, 'scores': x.mean([2, 3])}",
        "return {'logits': x.mean([2, 3]), 'other': x.sum([2, 3])}",
        "return (x, (x.mean([2, 3]), x.size(0)))",
        "return x.mean([2, 3], True)",
        "return {0.5: x, 1.5: x.mean([2, 3])}",
        "return {7: x.mean([2, 3]), 8: x}",
      })
  void shouldFindTheScores(String body) {
    assertEquals(1, score(body, null));
  }

  @Test
  void shouldTakeTheOutputThatIsAskedFor() {
    String body = "return (x.mean([2, 3]), (x.sum([2, 3]), x))";
    assertEquals(1, score(body, "0"));
    assertEquals(4, score(body, "1.0"));
    QuicklimeException e = assertThrows(QuicklimeException.class, () -> score(body, null));
    assertTrue(e.toString().contains("1.0"), e.getMessage());
  }
}
