package dev.quicklime.torch;

import static java.lang.foreign.ValueLayout.JAVA_FLOAT;
import static java.lang.foreign.ValueLayout.JAVA_SHORT;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.quicklime.image.BatchFormat;
import dev.quicklime.image.PixelType;
import dev.quicklime.model.Batch;
import dev.quicklime.model.ModelOptions;
import dev.quicklime.model.Precision;
import dev.quicklime.model.Preview;
import dev.quicklime.torch.internal.MadeModule;
import dev.quicklime.torch.internal.TorchDevice;
import java.lang.foreign.MemorySegment;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** Pictures that are scored while number format and batch are settled. */
class FirstPicturesTest {

  private static final int SIDE = 4;

  private static final int INPUTS = 3 * SIDE * SIDE;

  /**
   * Products of matrices that are added up, which TorchScript does otherwise after a first pass.
   */
  private static final String SUMS =
      "x = x.flatten(1)\n"
          + "    y = torch.mm(x, self.a) + torch.mm(x, self.b) + torch.mm(x, self.c)"
          + " + torch.mm(x, self.d) + torch.mm(x, self.e)\n"
          + "    return torch.linear(torch.tanh(y * 0.05), self.w)";

  @TempDir Path folder;

  private static ModelOptions options(int batch, Precision precision) {
    return PlainInput.options(SIDE, batch, precision);
  }

  private Path sums() {
    MadeModule module = new MadeModule(SUMS.split("\n    "));
    for (String name : List.of("a", "b", "c", "d", "e")) {
      module = module.random(name, INPUTS, INPUTS);
    }
    return module.random("w", 3, INPUTS).save(folder);
  }

  private static TorchScript open(Path file, ModelOptions options) {
    return TorchScript.open(file, options, TorchDevice.cpu(), true);
  }

  /** Pictures by their number, and what is asked and handed over of them. */
  private static final class Waves implements Preview {
    private final int rows;
    private final List<String> written = new ArrayList<>();
    private final TreeMap<Integer, double[]> scores = new TreeMap<>();
    private int batch;

    Waves(int rows) {
      this.rows = rows;
    }

    @Override
    public int rows() {
      return rows;
    }

    @Override
    public void write(BatchFormat format, int wanted, MemorySegment into) {
      written.add("%s first in %s".formatted(wanted, format.type()));
      for (int row = 0; row < wanted; row++) {
        picture(format, row % rows, row, into);
      }
    }

    @Override
    public void write(BatchFormat format, int first, int wanted, MemorySegment into) {
      written.add("%s from %s in %s".formatted(wanted, first, format.type()));
      for (int row = 0; row < wanted; row++) {
        picture(format, first + row, row, into);
      }
    }

    private static void picture(BatchFormat format, int number, int row, MemorySegment into) {
      for (int i = 0; i < INPUTS; i++) {
        float value = (float) Math.sin(1 + number * 0.7 + i * 1.3 * (1 + number % 5));
        long at = (long) row * INPUTS + i;
        if (format.type() == PixelType.FLOAT32) {
          into.setAtIndex(JAVA_FLOAT, at, value);
        } else {
          into.setAtIndex(JAVA_SHORT, at, (short) (Float.floatToRawIntBits(value) >> 16));
        }
      }
    }

    @Override
    public void scored(int first, int count, double[] found, long nanos) {
      batch = count;
      scores.put(first, found);
    }

    /** Scores whole batches as a run does, which must give what was handed over. */
    void scoreAgain(TorchScript model) {
      assertEquals(0, scores.firstKey());
      assertEquals(model.batchSize(), batch);
      try (Batch memory = model.newBatch()) {
        for (int first = 0; first + batch <= rows; first += batch) {
          write(model.format(), first, batch, memory.pixels());
          double[] again = model.score(memory, batch);
          double[] before = scores.get(first);
          if (before != null) {
            assertArrayEquals(again, before);
          }
        }
      }
    }
  }

  @ParameterizedTest
  @EnumSource(Precision.class)
  void shouldHandOverWhatItScoresAgainToTheBit(Precision precision) {
    Waves pictures = new Waves(1000);
    try (TorchScript model = open(sums(), options(0, precision))) {
      model.settle(pictures);
      assertEquals(precision == Precision.FP32 ? "fp32" : "bf16", model.info().precision());
      pictures.scoreAgain(model);
      assertEquals(2, pictures.scores.size());
    }
  }

  @ParameterizedTest
  @CsvSource({"16", "8", "5", "1"})
  void shouldJudgeFormatsByTheRowsThatAreScored(int batch) {
    Waves pictures = new Waves(100);
    int compared = Math.min(8, batch);
    try (TorchScript model = open(sums(), options(batch, Precision.AUTO))) {
      model.settle(pictures);
      List<String> written = List.copyOf(pictures.written);
      pictures.scoreAgain(model);
      assertEquals(
          List.of(
              compared + " first in FLOAT32",
              Math.min(2, batch) + " first in BFLOAT16",
              batch + " from 0 in BFLOAT16"),
          written);
      String decision = model.info().decisions().getFirst();
      assertTrue(decision.startsWith("precision: bf16, as on " + compared + " pictures"), decision);
      assertEquals(1, pictures.scores.size());
    }
  }

  @Test
  void shouldHandOverSinglePrecisionWhereBfloat16IsRefused() {
    // A difference of 1/1000 of what it is the difference of.
    Path file = new MadeModule("return (x * 0.001 + 300).mean([2, 3]) - 300").save(folder);
    Waves pictures = new Waves(1000);
    try (TorchScript model = open(file, options(0, Precision.AUTO))) {
      model.settle(pictures);
      assertEquals("fp32", model.info().precision());
      pictures.scoreAgain(model);
    }
  }

  @Test
  void shouldHandOverTheBatchThatIsRemembered() {
    Path file = sums();
    ModelOptions options = options(0, Precision.AUTO).withCache(folder.resolve("cache"));
    int batch;
    try (TorchScript model = open(file, options)) {
      model.settle(new Waves(1000));
      batch = model.batchSize();
    }
    Waves pictures = new Waves(1000);
    try (TorchScript model = open(file, options)) {
      model.settle(pictures);
      assertEquals(batch, model.batchSize());
      assertEquals(batch <= 64 ? 1 : 0, pictures.scores.size());
      assertTrue(model.info().decisions().getLast().contains("when it was measured"));
    }
  }

  @Test
  void shouldSettleByFewerRowsThanABatch() {
    Waves pictures = new Waves(5);
    try (TorchScript model = open(sums(), options(16, Precision.AUTO))) {
      model.settle(pictures);
      assertEquals("bf16", model.info().precision());
      assertEquals(List.of("8 first in FLOAT32", "8 first in BFLOAT16"), pictures.written);
      assertEquals(0, pictures.scores.size());
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "x = x.mean([2, 3]).view(8, -1) | 8",
        "x = x.mean([2, 3]).view(1, -1) | 1",
        "x = x.mean([2, 3]).view(2, -1) | 2",
        // Channels that lie together can be viewed so for a single picture alone.
        "x = x.view(-1, 4, 4).mean([1, 2]).view(x.size(0), 3) | 0",
      })
  void shouldSettleFilesThatDoNotTakeAnything(String step, int takes) {
    Path file =
        new MadeModule(step, "return torch.linear(x, self.w)").random("w", 2, 3).save(folder);
    for (Precision precision : Precision.values()) {
      Waves pictures = new Waves(300);
      try (TorchScript model = open(file, options(0, precision))) {
        model.settle(pictures);
        assertTrue(takes == 0 || takes == model.batchSize(), "" + model.batchSize());
        if (takes == 0) {
          assertEquals(List.of(), model.info().notices());
          pictures.scoreAgain(model);
        }
      }
    }
  }
}
