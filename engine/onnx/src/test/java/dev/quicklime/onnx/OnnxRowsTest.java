package dev.quicklime.onnx;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.quicklime.model.Device;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class OnnxRowsTest {

  private static final double[] ROWS = {1, 2, 3, 4, -1, 0, .5, 8, 2, 2, 2, 2};
  private static final double[] SCORES = {1, 9, 4.25, -9, 5.5, 7.75, 4, 5, 2.5};

  private static OnnxRows open(String name, int batch) {
    return OnnxRows.open(OnnxFiles.file(name), Device.cpu(), batch, 1);
  }

  @ParameterizedTest
  @CsvSource({
    "rows, 3, 3, fp32",
    "rows, 8, 8, fp32",
    "rowsopen, 4, 4, fp32",
    "rows3, 8, 3, fp32",
    "rows64, 5, 5, fp64",
  })
  void shouldScoreRowsOfNumbers(String name, int batch, int used, String precision) {
    try (OnnxRows model = open(name, batch)) {
      assertEquals(used, model.batchSize());
      assertEquals(precision, model.info().precision());
      assertEquals(precision.equals("fp32"), model.singlePrecision());
      assertArrayEquals(SCORES, model.score(ROWS, 4));
      assertArrayEquals(
          Arrays.copyOf(SCORES, 3), model.score(Arrays.copyOf(ROWS, 4), 4), "a single row");
    }
  }

  @Test
  void shouldRefuseRowsThatDoNotFit() {
    try (OnnxRows model = open("rows", 2)) {
      String message = OnnxFiles.refusal(() -> model.score(new double[6], 3));
      assertTrue(message.contains("must have 4 numbers, got 3"), message);
      OnnxFiles.refusal(() -> model.score(ROWS, 4));
      OnnxFiles.refusal(() -> model.score(new double[0], 4));
      OnnxFiles.refusal(() -> model.score(new double[7], 4));
    }
    try (OnnxRows model = open("rowsopen", 2)) {
      String message = OnnxFiles.refusal(() -> model.score(new double[6], 3));
      assertTrue(message.contains("failed on rows of 3 numbers, an input of [2, 3]"), message);
      assertArrayEquals(new double[3], model.score(new double[4], 4));
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "linear | float32 or float64 of [batch, inputs], got float32[?, 3, 32, 32]",
        "text   | float32 or float64 of [batch, inputs], got int64[?, ?]",
        "twoinputs | must take one input, got 2: x float32",
        "noinput | must take one input, got 0",
      })
  void shouldRefuseFilesThatTakeNoRows(String name, String said) {
    String message = OnnxFiles.refusal(() -> open(name, 1));
    assertTrue(message.contains(said), message);
  }

  @Test
  void shouldNotBeUsedAfterClosing() {
    OnnxRows model = open("rows", 2);
    model.close();
    model.close();
    assertThrows(IllegalStateException.class, () -> model.score(new double[4], 4));
  }
}
