package dev.quicklime.onnx;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.quicklime.image.Layout;
import dev.quicklime.model.Batch;
import dev.quicklime.model.ModelOptions;
import dev.quicklime.model.PipelinedClassifier;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class OnnxInputsTest {

  @ParameterizedTest
  @CsvSource({"linear, NCHW", "nhwc, NHWC", "open, NCHW", "unshaped, NCHW", "initialized, NCHW"})
  void shouldGiveTheSameScoresInAnyLayout(String name, Layout layout) {
    ModelOptions how = OnnxFiles.options(32, 32).withBatch(3);
    try (PipelinedClassifier model = OnnxModels.open(OnnxFiles.file(name), how)) {
      assertEquals(layout, model.format().layout());
      assertArrayEquals(OnnxFiles.linear(3), OnnxFiles.scores(model, 3));
      assertEquals("fp32", model.info().precision());
    }
  }

  @ParameterizedTest
  @CsvSource({"1", "2", "3", "4"})
  void shouldFillUpABatchThatTheFileFixes(int pictures) {
    Path file = OnnxFiles.file("fixed");
    try (PipelinedClassifier model = OnnxModels.open(file, OnnxFiles.options(file))) {
      assertEquals(4, model.batchSize());
      assertArrayEquals(OnnxFiles.linear(pictures), OnnxFiles.scores(model, pictures));
      assertTrue(model.info().decisions().toString().contains("4, which the file fixes"));
    }
  }

  @Test
  void shouldTakeTheFixedBatchOnly() {
    Path file = OnnxFiles.file("fixed");
    ModelOptions how = OnnxFiles.options(file);
    OnnxModels.open(file, how.withBatch(4)).close();
    String message = OnnxFiles.refusal(() -> OnnxModels.open(file, how.withBatch(5)));
    assertTrue(message.contains("fixed at 4, got 5"), message);
    try (PipelinedClassifier model = OnnxModels.open(file, how);
        Batch batch = model.newBatch()) {
      OnnxFiles.refusal(() -> model.score(batch, 5));
      OnnxFiles.refusal(() -> model.score(batch, 0));
    }
  }

  @Test
  void shouldScorePicturesOneByOneWhereTheGraphTakesNoMore() {
    Path file = OnnxFiles.file("one");
    ModelOptions how = OnnxFiles.options(file);
    try (PipelinedClassifier model = OnnxModels.open(file, how)) {
      model.settle((format, pictures, into) -> into.fill((byte) 0));
      assertEquals(1, model.batchSize());
      assertTrue(model.info().decisions().toString().contains("batch: 1, as"));
      assertArrayEquals(OnnxFiles.linear(1), OnnxFiles.scores(model, 1));
    }
    try (PipelinedClassifier model = OnnxModels.open(file, how.withBatch(2))) {
      String message = OnnxFiles.refusal(() -> OnnxFiles.scores(model, 2));
      assertTrue(message.contains("failed on a batch of [2, 3, 32, 32]"), message);
    }
  }

  @Test
  void shouldAskForTheLayoutWhereTheShapeDoesNotTell(@TempDir Path folder) throws Exception {
    Path file = Files.copy(OnnxFiles.file("cube"), folder.resolve("cube.onnx"));
    ModelOptions how = OnnxFiles.options(3, 3).withBatch(1);
    String message = OnnxFiles.refusal(() -> OnnxModels.open(file, how));
    assertTrue(message.contains("float32[?, 3, 3, 3]: its card must name it"), message);
    Files.writeString(folder.resolve("cube.onnx.json"), "{\"layout\": \"nchw\"}");
    try (PipelinedClassifier model = OnnxModels.open(file, how)) {
      assertArrayEquals(OnnxFiles.linear(1), OnnxFiles.scores(model, 1));
    }
  }

  @Test
  void shouldRefuseALayoutThatTheShapeContradicts(@TempDir Path folder) throws Exception {
    Path file = Files.copy(OnnxFiles.file("nhwc"), folder.resolve("nhwc.onnx"));
    Files.writeString(folder.resolve("nhwc.onnx.json"), "{\"layout\": \"nchw\"}");
    String message =
        OnnxFiles.refusal(() -> OnnxModels.open(file, OnnxFiles.options(32, 32).withBatch(1)));
    assertTrue(message.contains("is nhwc, as its input is float32[?, 32, 32, 3]"), message);
  }

  @ParameterizedTest
  @CsvSource({"31, 32", "32, 31", "224, 224"})
  void shouldRefuseAnotherSizeThanTheFilesOwn(int width, int height) {
    String message =
        OnnxFiles.refusal(
            () -> OnnxModels.open(OnnxFiles.file("nhwc"), OnnxFiles.options(width, height)));
    assertTrue(message.contains("32×32, got %d×%d".formatted(width, height)), message);
  }

  @Test
  void shouldLoadItsNativeCodeByItself() {
    OnnxEnvironment.loadNativeCode();
    assertTrue(OnnxEnvironment.version().startsWith("1."));
  }
}
