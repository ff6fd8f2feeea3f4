package dev.quicklime.onnx;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.quicklime.model.Batch;
import dev.quicklime.model.ModelOptions;
import dev.quicklime.model.PipelinedClassifier;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

class OnnxModelsTest {

  private static final Path LINEAR = OnnxFiles.file("linear");

  @Test
  void shouldGiveTheSameKnownScoresForAnyBatchAndNumberOfThreads() {
    for (int size : new int[] {1, 2, 7, 32}) {
      for (int threads = 1; threads <= 2; threads++) {
        ModelOptions how = OnnxFiles.options(LINEAR).withBatch(size).withThreads(threads);
        try (PipelinedClassifier model = OnnxModels.open(LINEAR, how)) {
          assertArrayEquals(OnnxFiles.linear(size), OnnxFiles.scores(model, size));
        }
      }
    }
  }

  @Test
  void shouldNotBeUsedAfterClosing() {
    ModelOptions how = OnnxFiles.options(LINEAR).withBatch(2);
    PipelinedClassifier model = OnnxModels.open(LINEAR, how);
    Batch batch = model.newBatch();
    model.close();
    model.close();
    assertThrows(IllegalStateException.class, () -> model.score(batch, 1));
    batch.close();
    batch.close();
    assertThrows(IllegalStateException.class, batch::pixels);
  }
}
