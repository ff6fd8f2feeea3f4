package dev.quicklime.torch;

import static java.lang.foreign.ValueLayout.JAVA_FLOAT;
import static java.lang.foreign.ValueLayout.JAVA_SHORT;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.quicklime.cam.CamInput;
import dev.quicklime.image.PixelType;
import dev.quicklime.image.Preprocessing;
import dev.quicklime.model.Batch;
import dev.quicklime.model.Device;
import dev.quicklime.model.ModelOptions;
import dev.quicklime.model.Precision;
import dev.quicklime.torch.cam.GradCam;
import dev.quicklime.torch.internal.TestModules;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class NumberFormatsTest {

  private static final int SIDE = 32;

  @TempDir Path folder;

  private static ModelOptions options(Precision precision) {
    Preprocessing input =
        Preprocessing.imageNet()
            .withSize(SIDE, SIDE)
            .withNormalization(List.of(0.0, 0.0, 0.0), List.of(1.0, 1.0, 1.0));
    return ModelOptions.of(input).withBatch(1).withThreads(1).withPrecision(precision);
  }

  /** Numbers from 0 to 6, which every format has. */
  private static float pixel(int channel, int place) {
    return (place + channel) % 7;
  }

  private static double[] scores(TorchScript model) {
    try (Batch batch = model.newBatch()) {
      for (int place = 0; place < SIDE * SIDE; place++) {
        for (int channel = 0; channel < 3; channel++) {
          float value = pixel(channel, place);
          if (model.format().type() == PixelType.FLOAT32) {
            batch.pixels().setAtIndex(JAVA_FLOAT, place * 3 + channel, value);
          } else {
            short half = (short) (Float.floatToRawIntBits(value) >> 16);
            batch.pixels().setAtIndex(JAVA_SHORT, place * 3 + channel, half);
          }
        }
      }
      return model.score(batch, 1);
    }
  }

  private double[] inSinglePrecision() {
    try (TorchScript model =
        TorchScript.open(
            TestModules.saveInFormat(folder, "Float", false), options(Precision.FP32))) {
      assertEquals(List.of(), model.info().decisions());
      return scores(model);
    }
  }

  @ParameterizedTest
  @CsvSource({
    "Half, false, half", "BFloat16, false, bf16", "Double, false, double",
    "Half, true, half", "BFloat16, true, bf16", "Double, true, double",
  })
  void shouldComputeWeightsOfAnyFormatInSinglePrecision(
      String format, boolean frozen, String called) {
    double[] expected = inSinglePrecision();
    Path file = TestModules.saveInFormat(folder, format, frozen);
    try (TorchScript model = TorchScript.open(file, options(Precision.FP32))) {
      assertArrayEquals(expected, scores(model), 1e-6);
      assertEquals(
          List.of("weights in " + called + " are computed in fp32"), model.info().decisions());
    }
    try (GradCam cam = GradCam.load(file, Device.cpu(), 1)) {
      float[] values = new float[3 * SIDE * SIDE];
      for (int i = 0; i < values.length; i++) {
        values[i] = pixel(i / (SIDE * SIDE), i % (SIDE * SIDE));
      }
      CamInput input = CamInput.of(values, 1, 3, SIDE, SIDE);
      assertArrayEquals(expected, cam.scores(input)[0], 1e-5);
    }
  }

  @ParameterizedTest
  @CsvSource({"Float, false", "Half, false", "Float, true", "BFloat16, true"})
  void shouldLeaveWholeNumbersAloneInBfloat16(String format, boolean frozen) {
    double[] expected = inSinglePrecision();
    Path file = TestModules.saveInFormat(folder, format, frozen);
    try (TorchScript model = TorchScript.open(file, options(Precision.BF16))) {
      // Places 256, 260, 300 and 600 would be off by more than 1.
      assertArrayEquals(expected, scores(model), 0.15);
      assertEquals(
          format.equals("Half") ? List.of("weights in half are computed in bf16") : List.of(),
          model.info().decisions());
    }
  }

  @Test
  void shouldComputeRowsInSinglePrecision() {
    Path file = TestModules.saveRows(folder, "Double");
    try (TorchRows model = TorchRows.open(file, Device.cpu(), 2, 1)) {
      assertArrayEquals(new double[] {3, 7}, model.score(new double[] {1, 2, 3, 4}, 2));
      assertEquals(List.of("weights in double are computed in fp32"), model.info().decisions());
    }
  }
}
