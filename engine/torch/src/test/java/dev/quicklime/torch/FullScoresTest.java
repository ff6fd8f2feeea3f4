package dev.quicklime.torch;

import static java.lang.foreign.ValueLayout.JAVA_FLOAT;
import static java.lang.foreign.ValueLayout.JAVA_SHORT;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.quicklime.image.PixelType;
import dev.quicklime.model.Batch;
import dev.quicklime.model.ModelOptions;
import dev.quicklime.model.Precision;
import dev.quicklime.model.Preview;
import dev.quicklime.torch.internal.MadeModule;
import dev.quicklime.torch.internal.TorchDevice;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Scores of a whole picture in single precision, of a model that scores samples in bfloat16. */
class FullScoresTest {

  private static final int SIDE = 8;

  @TempDir Path folder;

  private static ModelOptions options(int batch, Precision precision) {
    return PlainInput.options(SIDE, batch, precision);
  }

  /** Pictures that bfloat16 rounds; picture n is the first one of {@code pictures(n)}. */
  private static Preview pictures(int first) {
    return (format, rows, into) -> {
      for (int i = 0; i < rows * format.elements(); i++) {
        float value = (float) Math.sin(first + 0.37 * i);
        if (format.type() == PixelType.FLOAT32) {
          into.setAtIndex(JAVA_FLOAT, i, value);
        } else {
          into.setAtIndex(JAVA_SHORT, i, (short) (Float.floatToRawIntBits(value) >> 16));
        }
      }
    };
  }

  private Path network(String step) {
    return new MadeModule(
            "x = torch.relu(torch.conv2d(x, self.c)).mean([2, 3])",
            step,
            "return torch.linear(x, self.w)")
        .random("c", 16, 3, 3, 3)
        .random("w", 5, 16)
        .save(folder);
  }

  private static double[] firstOfBatch(TorchScript model, int picture) {
    try (Batch batch = model.newBatch()) {
      pictures(picture).write(model.format(), 1, batch.pixels());
      return model.score(batch, 1);
    }
  }

  private static List<Double> list(double[] values) {
    List<Double> list = new ArrayList<>();
    for (double value : values) {
      list.add(value);
    }
    return list;
  }

  @Test
  void shouldScoreAPictureAsAModelInSinglePrecisionDoes() {
    Path file = network("x = x * 1.0");
    List<List<Double>> single = new ArrayList<>();
    try (TorchScript model = TorchScript.open(file, options(1, Precision.FP32))) {
      model.settle(pictures(0));
      assertEquals(Optional.empty(), model.scoreInFull(pictures(0)));
      assertEquals("fp32", model.info().originalPrecision());
      double[] _ = firstOfBatch(model, 0);
      for (int picture = 0; picture < 3; picture++) {
        single.add(list(firstOfBatch(model, picture)));
      }
    }
    for (int batch : new int[] {1, 4, 0}) {
      try (TorchScript model = TorchScript.open(file, options(batch, Precision.BF16))) {
        model.settle(pictures(0));
        assertEquals("bf16", model.info().precision());
        assertEquals("fp32", model.info().originalPrecision());
        // In any order, and beside samples.
        for (int picture : new int[] {2, 0, 1, 0}) {
          double[] rounded = firstOfBatch(model, picture);
          double[] full = model.scoreInFull(pictures(picture)).orElseThrow();
          assertEquals(single.get(picture), list(full));
          assertNotEquals(single.get(picture), list(rounded));
          assertArrayEquals(full, rounded, 0.1);
        }
      }
    }
  }

  @Test
  void shouldKeepTheModuleThatPrecisionsWereComparedBy() {
    Path file = network("x = x * 1.0");
    double[] expected;
    try (TorchScript model = TorchScript.open(file, options(1, Precision.BF16))) {
      expected = model.scoreInFull(pictures(1)).orElseThrow();
    }
    // As if the processor had bfloat16.
    try (TorchScript model =
        TorchScript.open(file, options(4, Precision.AUTO), TorchDevice.cpu(), true)) {
      model.settle(pictures(0));
      assertEquals("bf16", model.info().precision());
      assertEquals("fp32", model.info().originalPrecision());
      assertArrayEquals(expected, model.scoreInFull(pictures(1)).orElseThrow());
    }
  }

  @Test
  void shouldLeaveScoresOfSamplesAsTheyAre() {
    Path file = network("x = x * 1.0");
    double[] before;
    try (TorchScript model = TorchScript.open(file, options(4, Precision.BF16))) {
      before = firstOfBatch(model, 0);
    }
    try (TorchScript model = TorchScript.open(file, options(4, Precision.BF16))) {
      assertTrue(model.scoreInFull(pictures(0)).isPresent());
      assertArrayEquals(before, firstOfBatch(model, 0));
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "x = x.view(4, -1) | 4",
        "assert x.size(0) == 4 | 4",
        "x = torch.stack([x[0], x[1], x[2], x[3]]) | 4",
        "assert x.size(0) == 1 | 1",
      })
  void shouldTakeTheBatchOfTheTrace(String step, int batch) {
    double[] expected;
    try (TorchScript model = TorchScript.open(network("x = x * 1.0"), options(1, Precision.BF16))) {
      expected = model.scoreInFull(pictures(1)).orElseThrow();
    }
    for (int asked : new int[] {0, batch}) {
      try (TorchScript model = TorchScript.open(network(step), options(asked, Precision.BF16))) {
        model.settle(pictures(0));
        assertArrayEquals(expected, model.scoreInFull(pictures(1)).orElseThrow(), 1e-5);
      }
    }
  }

  @Test
  void shouldHaveNoneWhereScoresDependOnChance() {
    Path file = network("x = torch.dropout(x, 0.5, True)");
    try (TorchScript model = TorchScript.open(file, options(4, Precision.BF16))) {
      assertEquals(Optional.empty(), model.scoreInFull(pictures(0)));
      assertEquals("bf16", model.info().originalPrecision());
    }
  }

  @Test
  void shouldSayWhyThereAreNone() {
    Path file = network("assert x.element_size() == 2");
    try (TorchScript model = TorchScript.open(file, options(4, Precision.BF16))) {
      assertEquals("fp32", model.info().originalPrecision());
      for (int i = 0; i < 2; i++) {
        assertEquals(Optional.empty(), model.scoreInFull(pictures(0)));
        assertEquals("bf16", model.info().originalPrecision());
      }
      String decision = model.info().decisions().getFirst();
      assertTrue(decision.startsWith("scores of whole pictures: bf16, as in fp32 "), decision);
      assertEquals(1, decision.lines().count(), decision);
      assertEquals(5, firstOfBatch(model, 0).length);
    }
  }

  @Test
  void shouldTakeTheOutputThatIsTakenInSamples() {
    Path file =
        new MadeModule(
                "x = torch.relu(torch.conv2d(x, self.c)).mean([2, 3])",
                "return (torch.linear(x, self.w), x.sum([0]))")
            .random("c", 16, 3, 3, 3)
            .random("w", 5, 16)
            .save(folder);
    try (TorchScript model = TorchScript.open(file, options(4, Precision.BF16))) {
      assertArrayEquals(firstOfBatch(model, 0), model.scoreInFull(pictures(0)).orElseThrow(), 0.1);
    }
  }

  @Test
  void shouldNameItselfWhenUsedAfterClosing() {
    TorchScript model = TorchScript.open(network("x = x * 1.0"), options(1, Precision.BF16));
    model.close();
    assertThrows(IllegalStateException.class, () -> model.scoreInFull(pictures(0)));
  }
}
