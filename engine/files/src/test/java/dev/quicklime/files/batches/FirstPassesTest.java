package dev.quicklime.files.batches;

import static java.lang.foreign.ValueLayout.JAVA_FLOAT;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.quicklime.image.BatchFormat;
import dev.quicklime.image.Preprocessing;
import dev.quicklime.model.Batch;
import dev.quicklime.model.Preview;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class FirstPassesTest {

  private static final BatchFormat FORMAT = BatchFormat.of(Preprocessing.imageNet().withSize(2, 2));

  private final List<String> closed = new ArrayList<>();
  private final List<Double> scored = new ArrayList<>();

  /** As many pictures, each full of its number; what is handed over is noted. */
  private final class Numbered implements Preview {
    private final int rows;
    private int first = -1;

    Numbered(int rows) {
      this.rows = rows;
    }

    @Override
    public void write(BatchFormat format, int wanted, MemorySegment into) {
      for (int row = 0; row < wanted; row++) {
        fill(into, row, row % Math.max(1, rows));
      }
    }

    @Override
    public int rows() {
      return rows;
    }

    @Override
    public void write(BatchFormat format, int from, int wanted, MemorySegment into) {
      for (int row = 0; row < wanted; row++) {
        fill(into, row, from + row);
      }
    }

    private void fill(MemorySegment into, int row, int number) {
      for (int i = 0; i < FORMAT.elements(); i++) {
        into.setAtIndex(JAVA_FLOAT, (long) row * FORMAT.elements() + i, number);
      }
    }

    @Override
    public void scored(int from, int count, double[] scores, long nanos) {
      assertEquals(count, scores.length);
      assertTrue(from > first && from % count == 0 && nanos > 0, from + " " + nanos);
      first = from;
      for (double score : scores) {
        scored.add(score);
      }
    }
  }

  private FirstPasses passes(Preview preview, int batch, Arena arena) {
    return new FirstPasses(
        preview,
        FORMAT,
        batch,
        Batch.of(arena.allocate(FORMAT.bytes() * batch), () -> closed.add("memory")),
        (pictures, rows) -> {
          double[] scores = new double[rows];
          for (int row = 0; row < rows; row++) {
            scores[row] = pictures.pixels().getAtIndex(JAVA_FLOAT, (long) row * FORMAT.elements());
          }
          return scores;
        },
        () -> closed.add("run"));
  }

  @Test
  void shouldScoreOneBatchAfterTheOther() {
    try (Arena arena = Arena.ofConfined()) {
      FirstPasses passes = passes(new Numbered(11), 4, arena);
      assertFalse(passes.warm());
      passes.prepare();
      assertArrayEquals(new double[] {0, 1, 2, 3}, passes.score());
      assertTrue(passes.warm());
      passes.prepare();
      assertArrayEquals(new double[] {4, 5, 6, 7}, passes.score());
      // There is no further whole batch: what is scored now is scored for its time alone.
      passes.prepare();
      passes.run();
      passes.close();
      passes.handOver();
      assertEquals(List.of(0.0, 1.0, 2.0, 3.0, 4.0, 5.0, 6.0, 7.0), scored);
    }
    assertEquals(List.of("memory", "run"), closed);
  }

  @Test
  void shouldHandOverNothingOfABatchThatTheRowsDoNotFill() {
    try (Arena arena = Arena.ofConfined();
        FirstPasses passes = passes(new Numbered(3), 4, arena)) {
      passes.prepare();
      assertArrayEquals(new double[] {0, 1, 2, 0}, passes.score());
      passes.handOver();
      assertEquals(List.of(), scored);
    }
  }

  @Test
  void shouldHandOverNothingToWhomeverWantsNone() {
    Preview numbered = new Numbered(9);
    try (Arena arena = Arena.ofConfined();
        FirstPasses passes = passes(numbered.withoutScores(), 4, arena)) {
      passes.prepare();
      assertArrayEquals(new double[] {0, 1, 2, 3}, passes.score());
      passes.handOver();
      assertEquals(List.of(), scored);
    }
  }
}
