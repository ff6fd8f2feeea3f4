package dev.quicklime.onnx;

import static java.lang.foreign.ValueLayout.JAVA_FLOAT;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.quicklime.image.BatchFormat;
import dev.quicklime.model.Batch;
import dev.quicklime.model.PipelinedClassifier;
import dev.quicklime.model.Preview;
import java.lang.foreign.MemorySegment;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class OnnxSettlingTest {

  /** Pictures by their number, and what is handed over of them. */
  private static final class Waves implements Preview {
    private final int rows;
    private final TreeMap<Integer, double[]> scores = new TreeMap<>();

    Waves(int rows) {
      this.rows = rows;
    }

    @Override
    public int rows() {
      return rows;
    }

    @Override
    public void write(BatchFormat format, int wanted, MemorySegment into) {
      for (int row = 0; row < wanted; row++) {
        write(format, row % rows, 1, into.asSlice(row * format.bytes()));
      }
    }

    @Override
    public void write(BatchFormat format, int first, int wanted, MemorySegment into) {
      for (int i = 0; i < wanted * format.elements(); i++) {
        into.setAtIndex(JAVA_FLOAT, i, (float) Math.sin(first * (double) format.elements() + i));
      }
    }

    @Override
    public void scored(int first, int count, double[] found, long nanos) {
      assertEquals(2 * count, found.length);
      scores.put(first, found);
    }
  }

  @Test
  void shouldHandOverWhatItScoresAgainToTheBit() {
    Waves pictures = new Waves(600);
    try (PipelinedClassifier model =
        OnnxModels.open(OnnxFiles.file("linear"), OnnxFiles.options(32, 32))) {
      model.settle(pictures);
      assertEquals(2, pictures.scores.size());
      try (Batch memory = model.newBatch()) {
        for (int first : pictures.scores.keySet()) {
          pictures.write(model.format(), first, model.batchSize(), memory.pixels());
          assertArrayEquals(model.score(memory, model.batchSize()), pictures.scores.get(first));
        }
        assertEquals(model.batchSize(), pictures.scores.lastKey());
      }
    }
  }

  @Test
  void shouldHandOverNothingOfABatchThatTheRowsDoNotFill() {
    Waves pictures = new Waves(7);
    try (PipelinedClassifier model =
        OnnxModels.open(OnnxFiles.file("linear"), OnnxFiles.options(32, 32))) {
      model.settle(pictures);
      assertEquals(0, pictures.scores.size());
    }
  }
}
