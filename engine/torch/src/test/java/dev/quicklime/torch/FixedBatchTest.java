package dev.quicklime.torch;

import static java.lang.foreign.ValueLayout.JAVA_FLOAT;
import static java.lang.foreign.ValueLayout.JAVA_SHORT;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.quicklime.QuicklimeException;
import dev.quicklime.cam.CamInput;
import dev.quicklime.cam.CamOptions;
import dev.quicklime.cam.CamResult;
import dev.quicklime.image.PixelType;
import dev.quicklime.model.Batch;
import dev.quicklime.model.Device;
import dev.quicklime.model.ModelOptions;
import dev.quicklime.model.Precision;
import dev.quicklime.model.Preview;
import dev.quicklime.torch.cam.GradCam;
import dev.quicklime.torch.internal.MadeModule;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Files that take one batch alone, as a trace wrote that of its example into them. */
class FixedBatchTest {

  private static final int SIDE = 4;

  /** Two scores of six numbers each: even channels less odd ones, and their sum. */
  private static final float[] WEIGHTS = {1, -1, 1, 1, 1, 1};

  @TempDir Path folder;

  private static ModelOptions options(int batch, Precision precision) {
    return PlainInput.options(SIDE, batch, precision);
  }

  /** Picture n is n + 1, n + 2 and n + 3 in its channels, all over. */
  private static final Preview PICTURES =
      (format, rows, into) -> {
        for (int i = 0; i < rows * format.elements(); i++) {
          float value = i / format.elements() % 40 + 1 + i % 3;
          if (format.type() == PixelType.FLOAT32) {
            into.setAtIndex(JAVA_FLOAT, i, value);
          } else {
            into.setAtIndex(JAVA_SHORT, i, (short) (Float.floatToRawIntBits(value) >> 16));
          }
        }
      };

  private static double[] scores(TorchScript model, int rows) {
    try (Batch batch = model.newBatch()) {
      PICTURES.write(model.format(), rows, batch.pixels());
      return model.score(batch, rows);
    }
  }

  private Path file(String step) {
    return new MadeModule("x = x.mean([2, 3])", step, "return torch.linear(x, self.w)")
        .with("w", WEIGHTS, 2, 3)
        .save(folder);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "x = x.view(8, -1) | 8",
        "x = x.view(8, 3) | 8",
        "x = x.reshape([24]).view(8, 3) | 8",
        "x = x + torch.zeros([6, 3]).type_as(x) | 6",
        "x = x.view(1, -1) | 1",
        "x = torch.cat([torch.zeros([2, 1]).type_as(x), x], 1)[:, 1:] | 2",
        "assert x.size(0) == 100 | 100",
        "x = torch.stack([x[0], x[1], x[2], x[3]]) | 4",
      })
  void shouldFallBackToTheBatchOfTheTrace(String step, int batch) {
    for (Precision precision : List.of(Precision.FP32, Precision.BF16, Precision.AUTO)) {
      try (TorchScript model = TorchScript.open(file(step), options(0, precision))) {
        model.settle(PICTURES);
        assertEquals(batch, model.batchSize());
        String notice = model.info().notices().getFirst();
        assertTrue(notice.contains("takes " + batch + " sample"), notice);
        // A tail of the batch, filled up.
        int rows = Math.max(1, batch - 1);
        double[] scores = scores(model, rows);
        for (int i = 0; i < rows; i++) {
          assertEquals(i % 40 + 2, scores[2 * i], 0.05 * (i % 40 + 2));
          assertEquals(3 * (i % 40) + 6, scores[2 * i + 1], 0.05 * (3 * (i % 40) + 6));
        }
      }
    }
  }

  @Test
  void shouldRefuseAnotherBatchAndNameTheOneThatFits() {
    Path file = file("x = x.view(8, -1)");
    try (TorchScript model = TorchScript.open(file, options(5, Precision.FP32))) {
      model.settle(PICTURES);
      QuicklimeException e = assertThrows(QuicklimeException.class, () -> scores(model, 3));
      String said = String.valueOf(e.getMessage());
      assertTrue(said.contains("takes 8 samples at a time"), said);
      assertTrue(said.contains("got 5: give a batch of 8"), said);
      assertTrue(said.contains(String.valueOf(file.getFileName())), said);
      assertEquals(1, said.lines().count());
    }
    try (TorchScript model = TorchScript.open(file, options(8, Precision.AUTO))) {
      model.settle(PICTURES);
      assertArrayEquals(new double[] {2, 6, 3, 9}, scores(model, 2), 0.05);
      assertEquals(List.of(), model.info().notices());
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {"x = x.view(8, -1) | 8", "x = x.view(1, -1) | 1", "x = x.view(x.size(0), -1) | 5"})
  void shouldScoreRowsInBatchesOfTheTrace(String step, int takes) {
    Path file =
        new MadeModule(step, "return torch.linear(x, self.w)")
            .with("w", WEIGHTS, 2, 3)
            .save(folder);
    try (TorchRows model = TorchRows.open(file, Device.cpu(), 20, 1)) {
      for (int count : new int[] {20, 9, 8, 1}) {
        double[] rows = new double[3 * count];
        double[] expected = new double[2 * count];
        for (int i = 0; i < count; i++) {
          rows[3 * i] = i;
          rows[3 * i + 1] = 2 * i;
          rows[3 * i + 2] = 5;
          expected[2 * i] = 5 - i;
          expected[2 * i + 1] = 3 * i + 5;
        }
        assertArrayEquals(expected, model.score(rows, 3), 1e-4);
      }
      List<String> notices = model.info().notices();
      assertEquals(takes == 5 ? 0 : 1, notices.size());
      assertTrue(takes == 5 || notices.getFirst().contains("takes " + takes + " sample"));
    }
  }

  private Path maps(String rows) {
    return new MadeModule(
            "x = torch.relu(torch.conv2d(x, self.a))",
            "return torch.linear(x.reshape([" + rows + ", -1]), self.w)")
        .random("a", 5, 3, 2, 2)
        .random("w", 2, 45)
        .save(folder);
  }

  @Test
  void shouldMapPicturesInBatchesOfTheTrace() {
    CamOptions both = CamOptions.defaults().withClasses(List.of(0, 1));
    float[] values = new float[6 * 3 * SIDE * SIDE];
    for (int i = 0; i < values.length; i++) {
      values[i] = (float) Math.sin(i);
    }
    CamInput pictures = CamInput.of(values, 6, 3, SIDE, SIDE);
    try (GradCam any = GradCam.load(maps("x.size(0)"), Device.cpu(), 1);
        GradCam four = GradCam.load(maps("4"), Device.cpu(), 1)) {
      CamResult expected = any.explain(pictures, both);
      CamResult found = four.explain(pictures, both);
      assertEquals(List.of(), expected.notices());
      assertTrue(found.notices().getFirst().contains("takes 4 samples"));
      assertEquals(expected.layer().operation(), found.layer().operation());
      assertEquals(6, found.pictures().size());
      for (int i = 0; i < 6; i++) {
        assertArrayEquals(any.scores(pictures)[i], four.scores(pictures)[i], 1e-5);
        for (int c = 0; c < 2; c++) {
          assertArrayEquals(
              expected.pictures().get(i).get(c).values(),
              found.pictures().get(i).get(c).values(),
              1e-5f);
        }
      }
    }
  }

  @Test
  void shouldTakeNoBatchThatMixesItsRows() {
    // Any batch of an even number runs, but each score is of two pictures.
    String step =
        "assert x.size(0) < 16\n"
            + "    x = x.view(-1, 2, 3).mean([1], True).repeat([1, 2, 1]).view(-1, 3)";
    try (TorchScript model = TorchScript.open(file(step), options(0, Precision.FP32))) {
      assertThrows(QuicklimeException.class, () -> model.settle(PICTURES));
      assertEquals(List.of(), model.info().notices());
    }
  }

  @Test
  void shouldSayWhatElseIsWrong() {
    Path file = file("x = torch.linear(x, torch.ones([3, 7]))");
    for (int batch : new int[] {0, 4}) {
      try (TorchScript model = TorchScript.open(file, options(batch, Precision.FP32))) {
        QuicklimeException e =
            assertThrows(
                QuicklimeException.class,
                () -> {
                  model.settle(PICTURES);
                  scores(model, 1);
                });
        assertTrue(String.valueOf(e.getMessage()).contains("cannot be multiplied"), e.getMessage());
        assertFalse(String.valueOf(e.getMessage()).contains("trace"), e.getMessage());
      }
    }
  }
}
