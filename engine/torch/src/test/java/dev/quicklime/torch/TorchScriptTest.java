package dev.quicklime.torch;

import static java.lang.foreign.ValueLayout.JAVA_FLOAT;
import static java.lang.foreign.ValueLayout.JAVA_SHORT;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.quicklime.InvalidInputException;
import dev.quicklime.QuicklimeException;
import dev.quicklime.image.BatchFormat;
import dev.quicklime.image.PixelType;
import dev.quicklime.image.Preprocessing;
import dev.quicklime.model.Batch;
import dev.quicklime.model.Device;
import dev.quicklime.model.ModelOptions;
import dev.quicklime.model.Precision;
import dev.quicklime.model.Preview;
import dev.quicklime.torch.internal.TestModules;
import dev.quicklime.torch.internal.TorchDevice;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TorchScriptTest {

  @TempDir Path folder;

  private static ModelOptions options(int batch) {
    Preprocessing input =
        Preprocessing.imageNet()
            .withSize(4, 3)
            .withNormalization(List.of(0.0, 0.0, 0.0), List.of(1.0, 1.0, 1.0));
    return ModelOptions.of(input).withBatch(batch).withThreads(1);
  }

  private TorchScript model(String body, int batch) {
    return TorchScript.open(TestModules.save(folder, body), options(batch));
  }

  private static double[] run(TorchScript model, int rows) {
    try (Batch batch = model.newBatch()) {
      for (int i = 0; i < rows * model.format().elements(); i++) {
        batch.pixels().setAtIndex(JAVA_FLOAT, i, i);
      }
      return model.score(batch, rows);
    }
  }

  @Test
  void shouldScoreTheBatchWithoutMovingIt() {
    // Pixel (channel 1, row 2, column 3) and the sum of a picture's pixels.
    try (TorchScript model = model("return torch.stack([x[:, 1, 2, 3], x.sum([1, 2, 3])], 1)", 3)) {
      double[] scores = run(model, 2);
      assertEquals(4, scores.length);
      assertEquals((2 * 4 + 3) * 3 + 1, scores[0]);
      assertEquals(35 * 36 / 2, scores[1]);
      assertEquals(36 + 34, scores[2]);
      assertEquals("cpu", model.info().device());
      assertEquals(1, model.info().threads());
    }
  }

  @Test
  void shouldAlwaysRunTheSameShapeAndDropThePadding() {
    try (TorchScript model =
        model("return x.sum([1, 2, 3]).unsqueeze(1) * 0 + x.sum() + x.size(0)", 5)) {
      double sum = (2 * 36 - 1) * 2 * 36 / 2.0;
      assertEquals(2, run(model, 2).length);
      assertEquals(sum + 5, run(model, 2)[0]);
      // What an earlier, fuller batch left behind must not come through.
      run(model, 5);
      assertEquals(sum + 5, run(model, 2)[1]);
    }
  }

  @Test
  void shouldTakeAVectorForARegression() {
    try (TorchScript model = model("return x.sum([1, 2, 3])", 2)) {
      assertArrayEquals(new double[] {35 * 36 / 2, 36 * 36 + 35 * 36 / 2}, run(model, 2));
    }
  }

  @Test
  void shouldComputeInBfloat16WhenAsked() throws IOException {
    Path file = TestModules.save(folder, "return x.mean([1, 2, 3]).unsqueeze(1)");
    try (TorchScript model = TorchScript.open(file, options(1).withPrecision(Precision.BF16))) {
      assertEquals("bf16", model.info().precision());
      try (Batch batch = model.newBatch()) {
        assertEquals(2L * model.format().elements(), batch.pixels().byteSize());
        for (int i = 0; i < model.format().elements(); i++) {
          batch.pixels().setAtIndex(JAVA_SHORT, i, (short) (i % 2 == 0 ? 0x4040 : 0xbf80));
        }
        // 3 and −1 by turns.
        assertEquals(1, model.score(batch, 1)[0]);
      }
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "return x | one of shape [2, 3, 3, 4]",
        "return x.sum() | one of shape []",
        "return x.sum([1, 2, 3])[:1] | takes 1 sample at a time",
        "return (x, x) | must return a tensor of floating-point scores",
        "return x.sum([1, 2, 3]).long() | a tensor of long",
        "return torch.linear(x.flatten(1), torch.ones(7, 150528)) | cannot be multiplied",
        "assert x.size(0) == 99, 'no such luck' | no such luck",
      })
  void shouldSayInOneLineWhatTheModelDid(String body, String expected) {
    try (TorchScript model = model(body.strip(), 2)) {
      QuicklimeException e = assertThrows(QuicklimeException.class, () -> run(model, 1));
      assertTrue(e.toString().contains(expected), e.getMessage());
      assertTrue(e.toString().contains(model.info().name()), e.getMessage());
      assertEquals(1, e.toString().lines().count());
    }
  }

  @Test
  void shouldRefuseFilesThatAreNoModel() throws IOException {
    Path text = Files.writeString(folder.resolve("text.pt"), "not a model");
    Path zip = Files.write(folder.resolve("zip.pt"), new byte[] {'P', 'K', 3, 4, 0, 0, 0, 0});
    Path empty = Files.createFile(folder.resolve("empty.pt"));
    Path cut = folder.resolve("cut.pt");
    byte[] whole = Files.readAllBytes(TestModules.save(folder, "return x"));
    Files.write(cut, Arrays.copyOf(whole, whole.length / 2));
    for (Path file : List.of(text, zip, empty, cut)) {
      QuicklimeException e =
          assertThrows(
              QuicklimeException.class, () -> TorchScript.open(file, options(1)), file.toString());
      assertTrue(e.toString().contains(file.toString()), e.getMessage());
      assertEquals(1, e.toString().lines().count(), e.getMessage());
    }
    assertThrows(
        InvalidInputException.class,
        () -> TorchScript.open(folder.resolve("missing.pt"), options(1)));
    assertThrows(InvalidInputException.class, () -> TorchScript.open(folder, options(1)));
  }

  /** Ones where a picture is shown as a ramp; every row another one. */
  private static final Preview RAMPS =
      (format, rows, into) -> {
        for (int i = 0; i < rows * format.elements(); i++) {
          float value = (i % 7) / 7f + Math.floorDiv(i, format.elements());
          if (format.type() == PixelType.FLOAT32) {
            into.setAtIndex(JAVA_FLOAT, i, value);
          } else {
            into.setAtIndex(JAVA_SHORT, i, (short) (Float.floatToRawIntBits(value) >> 16));
          }
        }
      };

  private TorchScript automatic(String body) {
    Path file = TestModules.save(folder, body);
    return TorchScript.open(file, options(4).withPrecision(Precision.AUTO));
  }

  @Test
  void shouldSettleForBfloat16OnlyWhereTheScoresAgree() {
    boolean has = TorchDevice.cpu().bfloat16();
    try (TorchScript model = automatic("return x.mean([2, 3]) * 10")) {
      assertEquals("fp32", model.info().precision());
      model.settle(RAMPS);
      assertEquals(has ? "bf16" : "fp32", model.info().precision());
      assertEquals(has ? PixelType.BFLOAT16 : PixelType.FLOAT32, model.format().type());
      String decision = model.info().decisions().getFirst();
      assertTrue(decision.startsWith("precision: "), decision);
      BatchFormat format = model.format();
      model.settle(RAMPS);
      assertEquals(format, model.format());
      try (Batch batch = model.newBatch()) {
        RAMPS.write(model.format(), 4, batch.pixels());
        assertEquals(370 / 84.0, model.score(batch, 4)[0], 0.1);
      }
    }
    // A difference of 1/1000 of what it is the difference of.
    try (TorchScript model = automatic("return (x * 0.001 + 300).mean([2, 3]) - 300")) {
      model.settle(RAMPS);
      assertEquals("fp32", model.info().precision());
      String decision = model.info().decisions().getFirst();
      assertTrue(!has || decision.contains("where"), decision);
    }
  }

  @Test
  void shouldStayWithSinglePrecisionWhereTheModelKnowsNoOther() {
    String body = "return torch.linear(x.flatten(1), torch.ones([2, 36]))";
    try (TorchScript model = automatic(body)) {
      model.settle(RAMPS);
      assertEquals("fp32", model.info().precision());
      assertEquals(8, scores(model).length);
    }
  }

  private static double[] scores(TorchScript model) {
    try (Batch batch = model.newBatch()) {
      RAMPS.write(model.format(), model.batchSize(), batch.pixels());
      return model.score(batch, model.batchSize());
    }
  }

  @Test
  void shouldRunModelsThatNeedTheirChannelsApart() {
    // Channels that lie together cannot be viewed as rows.
    String body = "return (x * 1.0).view(x.size(0), -1)[:, :2]";
    try (TorchScript model = model(body, 2)) {
      for (int round = 0; round < 2; round++) {
        double[] scores = run(model, 2);
        // Row by row the first channel's first two pixels.
        assertEquals(List.of(0.0, 3.0, 36.0, 39.0), Arrays.stream(scores).boxed().toList());
      }
    }
  }

  @Test
  void shouldMeasureABatchAndRememberIt() throws IOException {
    Path file = TestModules.save(folder, "return x.mean([2, 3]) * 10");
    ModelOptions open =
        options(1).withBatch(0).withPrecision(Precision.FP32).withCache(folder.resolve("cache"));
    int batch;
    try (TorchScript model = TorchScript.open(file, open)) {
      model.settle(RAMPS);
      batch = model.batchSize();
      assertTrue(model.info().decisions().getFirst().contains("measured: 64 "));
    }
    try (TorchScript model = TorchScript.open(file, open)) {
      model.settle(RAMPS);
      assertEquals(batch, model.batchSize());
      assertTrue(model.info().decisions().getFirst().contains("when it was measured"));
    }
  }

  @Test
  void shouldRefuseAGpuThatIsNotThereAndSayWhatToDo() {
    Path file = TestModules.save(folder, "return x");
    QuicklimeException e =
        assertThrows(
            QuicklimeException.class,
            () -> TorchScript.open(file, options(1).withDevice(Device.parse("cuda:77"))));
    assertTrue(e.toString().contains("cuda:77"), e.getMessage());
  }

  @Test
  void shouldNameItselfWhenUsedAfterClosing() {
    TorchScript model = model("return x.sum([1, 2, 3])", 1);
    Batch batch = model.newBatch();
    model.close();
    model.close();
    assertThrows(IllegalStateException.class, () -> model.score(batch, 1));
    assertThrows(IllegalStateException.class, model::newBatch);
    batch.close();
    batch.close();
    assertThrows(IllegalStateException.class, batch::pixels);
  }

  @Test
  void shouldCountParameters() {
    try (TorchScript model =
        TorchScript.open(TestModules.saveWithParameter(folder, 3, 5), options(1))) {
      assertEquals(15L, model.info().parameters());
    }
  }

  @Test
  void shouldChooseABatchByTheSizeOfTheInput() {
    Preprocessing input = Preprocessing.imageNet();
    assertEquals(16, ModelOptions.of(input).batchOrDefault(false));
    assertEquals(64, ModelOptions.of(input.withSize(96, 96)).batchOrDefault(false));
    assertEquals(1, ModelOptions.of(input.withSize(2000, 2000)).batchOrDefault(false));
    assertEquals(64, ModelOptions.of(input.withSize(1, 1)).batchOrDefault(false));
    assertEquals(64, ModelOptions.of(input).batchOrDefault(true));
    assertEquals(5, ModelOptions.of(input).withBatch(5).batchOrDefault(true));
    assertThrows(InvalidInputException.class, () -> ModelOptions.of(input).withBatch(-1));
    assertThrows(InvalidInputException.class, () -> ModelOptions.of(input).withThreads(5000));
  }
}
