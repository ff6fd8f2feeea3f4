package dev.quicklime.cli.options;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.quicklime.QuicklimeException;
import dev.quicklime.image.BatchFormat;
import dev.quicklime.image.Preprocessing;
import dev.quicklime.model.Batch;
import dev.quicklime.model.ClassChoice;
import dev.quicklime.model.Classifier;
import dev.quicklime.model.ClassifierInfo;
import dev.quicklime.model.Labels;
import dev.quicklime.model.PipelinedClassifier;
import dev.quicklime.model.Preview;
import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class CheckedClassifierTest {

  private static final int BATCH = 4;

  /** Two scores for each picture, four pictures of which are scored while it settles. */
  private record Eager(PipelinedClassifier model) implements PipelinedClassifier {
    static Eager open() {
      return new Eager(
          (PipelinedClassifier)
              Classifier.of(
                  "eager",
                  Preprocessing.imageNet().withSize(2, 2),
                  BATCH,
                  pixels -> new double[] {pixels[0], 1}));
    }

    @Override
    public void settle(Preview preview) {
      try (Batch batch = newBatch()) {
        preview.write(format(), 4, 4, batch.pixels());
        preview.scored(4, 4, score(batch, 4), 1);
      }
    }

    @Override
    public Optional<double[]> scoreInFull(Preview picture) {
      return Optional.of(new double[] {3, 4});
    }

    @Override
    public ClassifierInfo info() {
      return model.info();
    }

    @Override
    public BatchFormat format() {
      return model.format();
    }

    @Override
    public int batchSize() {
      return model.batchSize();
    }

    @Override
    public Batch newBatch() {
      return model.newBatch();
    }

    @Override
    public double[] score(Batch batch, int rows) {
      return model.score(batch, rows);
    }

    @Override
    public void close() {
      model.close();
    }
  }

  /** Blank pictures, and what is handed over of them. */
  private static final class Blank implements Preview {
    private final List<double[]> found = new ArrayList<>();

    @Override
    public void write(BatchFormat format, int rows, MemorySegment into) {
      into.fill((byte) 0);
    }

    @Override
    public int rows() {
      return 8;
    }

    @Override
    public void write(BatchFormat format, int first, int rows, MemorySegment into) {
      into.fill((byte) 0);
    }

    @Override
    public void scored(int first, int rows, double[] scores, long nanos) {
      assertEquals(4, first);
      found.add(scores);
    }
  }

  @Test
  void shouldPassOnWhatWasScoredWhileItSettled() {
    Blank blank = new Blank();
    try (CheckedClassifier checked =
        new CheckedClassifier(Eager.open(), Labels.none(), new ClassChoice.Top(1))) {
      checked.settle(blank);
    }
    assertArrayEquals(new double[] {0, 1, 0, 1, 0, 1, 0, 1}, blank.found.getFirst());
  }

  @Test
  void shouldCompareLabelsAndClassesWithThoseScores() {
    for (CheckedClassifier wrong :
        List.of(
            new CheckedClassifier(
                Eager.open(), Labels.of(List.of("a", "b", "c")), new ClassChoice.Top(1)),
            new CheckedClassifier(
                Eager.open(), Labels.none(), new ClassChoice.Listed(List.of(2))))) {
      try (wrong) {
        Blank blank = new Blank();
        assertThrows(QuicklimeException.class, () -> wrong.settle(blank));
        assertEquals(List.of(), blank.found);
      }
    }
  }

  @Test
  void shouldPassOnScoresOfAPictureInFullAndCheckThem() {
    try (CheckedClassifier checked =
        new CheckedClassifier(Eager.open(), Labels.none(), new ClassChoice.Top(1))) {
      assertArrayEquals(new double[] {3, 4}, checked.scoreInFull(new Blank()).orElseThrow());
    }
    try (CheckedClassifier checked =
        new CheckedClassifier(Eager.open(), Labels.of(List.of("one")), new ClassChoice.Top(1))) {
      assertThrows(QuicklimeException.class, () -> checked.scoreInFull(new Blank()));
    }
  }
}
