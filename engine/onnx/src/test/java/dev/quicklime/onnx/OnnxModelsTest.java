package dev.quicklime.onnx;

import static java.lang.foreign.ValueLayout.JAVA_FLOAT;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.quicklime.InvalidInputException;
import dev.quicklime.QuicklimeException;
import dev.quicklime.model.Batch;
import dev.quicklime.model.Device;
import dev.quicklime.model.ModelOptions;
import dev.quicklime.model.PipelinedClassifier;
import java.net.URL;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class OnnxModelsTest {

  /** Channel means times [.5, -.25, .125] + .5 and [-1, .5, 2] - .5. */
  private static Path linear() throws Exception {
    URL file = Objects.requireNonNull(OnnxModelsTest.class.getResource("linear.onnx"));
    return Path.of(file.toURI());
  }

  private static ModelOptions options(Path file) {
    return ModelOptions.of(OnnxModels.card(file).preprocessing());
  }

  @Test
  void shouldGiveTheSameKnownScoresForAnyBatchAndNumberOfThreads() throws Exception {
    for (int size : new int[] {1, 2, 7, 32}) {
      for (int threads = 1; threads <= 2; threads++) {
        ModelOptions how = options(linear()).withBatch(size).withThreads(threads);
        try (PipelinedClassifier model = OnnxModels.open(linear(), how);
            Batch batch = model.newBatch()) {
          for (int s = 0; s < size; s++) {
            for (int i = 0; i < 3 * 1024; i++) {
              batch.pixels().setAtIndex(JAVA_FLOAT, s * 3072L + i, 1 << (i / 1024));
            }
          }
          double[] scores = model.score(batch, size);
          for (int s = 0; s < size; s++) {
            assertArrayEquals(
                new double[] {1, 7.5}, new double[] {scores[2 * s], scores[2 * s + 1]});
          }
        }
      }
    }
  }

  @Test
  void shouldNotBeUsedAfterClosing() throws Exception {
    PipelinedClassifier model = OnnxModels.open(linear(), options(linear()).withBatch(2));
    Batch batch = model.newBatch();
    model.close();
    model.close();
    assertThrows(IllegalStateException.class, () -> model.score(batch, 1));
    batch.close();
    batch.close();
  }

  @Test
  void shouldRejectWhatTheFileOrTheRuntimeContradicts(@TempDir Path folder) throws Exception {
    ModelOptions how = options(linear());
    assertThrows(
        InvalidInputException.class,
        () -> OnnxModels.open(linear(), how.withDevice(Device.cuda(0))));
    Path cut = folder.resolve("cut.onnx");
    byte[] all = Files.readAllBytes(linear());
    for (int length : new int[] {0, 1, 50, all.length - 1}) {
      Files.write(cut, Arrays.copyOf(all, length));
      assertThrows(QuicklimeException.class, () -> OnnxModels.open(cut, how), "" + length);
    }
    assertThrows(InvalidInputException.class, () -> OnnxModels.open(folder, how));
  }
}
