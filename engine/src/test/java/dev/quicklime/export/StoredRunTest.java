package dev.quicklime.export;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.quicklime.Explanation;
import dev.quicklime.npy.NpzWriter;
import dev.quicklime.surrogate.LinearFit;
import dev.quicklime.surrogate.SurrogateFitter;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StoredRunTest {

  @TempDir private Path folder = Path.of("");

  /** What a member of a file holds. */
  private interface Member {
    void write(NpzWriter npz) throws IOException;
  }

  private Path file(Member... members) throws IOException {
    Path file = folder.resolve("run.npz");
    try (NpzWriter npz = new NpzWriter(file)) {
      for (Member member : members) {
        member.write(npz);
      }
    }
    return file;
  }

  private static Member masks(int rows, int columns, int value) {
    return npz ->
        npz.bytes(
            "masks",
            new int[] {rows, columns},
            (row, into) -> {
              for (int j = 0; j < columns; j++) {
                into[j] = (byte) ((row + j) % 3 == 0 ? value : 0);
              }
            });
  }

  private static Member doubles(String name, double value, int... shape) {
    int length = 1;
    for (int side : shape) {
      length *= side;
    }
    double[] data = new double[length];
    for (int i = 0; i < length; i++) {
      data[i] = value * (1 + i % 7);
    }
    return npz -> npz.doubles(name, shape, data);
  }

  private static String refused(Path file) {
    return String.valueOf(
        assertThrows(IllegalArgumentException.class, () -> StoredRun.read(file)).getMessage());
  }

  @Test
  void shouldFitWhatTheRunWasFittedTo() throws IOException {
    Explanation explanation = Runs.explain(Runs.options());
    Path file = folder.resolve("run.npz");
    RunArchive.write(explanation, file);
    assertEquals(file, StoredRun.fileAt(folder));
    assertEquals(file, StoredRun.fileAt(file));
    StoredRun run = StoredRun.read(file);
    assertEquals(explanation.samples().classes(), run.classes());
    assertEquals(explanation.samples().masks(), run.input().masks());
    List<LinearFit> fits = SurrogateFitter.fitAll(Runs.options().surrogate(), run.input());
    for (int c = 0; c < fits.size(); c++) {
      assertEquals(explanation.classes().get(c).fit(), fits.get(c));
    }
  }

  @Test
  void shouldReadWhatOthersWroteWithoutTheRest() throws IOException {
    StoredRun run =
        StoredRun.read(
            file(masks(30, 4, 1), doubles("scores", 1, 30, 2), doubles("weights", 1, 30)));
    assertEquals(List.of(0, 1), run.classes());
    assertEquals(2, run.input().classes());
  }

  @Test
  void shouldRefuseArraysThatDoNotBelongTogether() throws IOException {
    Member masks = masks(30, 4, 1);
    Member scores = doubles("scores", 1, 30, 2);
    Member weights = doubles("weights", 1, 30);
    assertTrue(refused(file(masks, scores)).contains("must have an array weights"));
    assertTrue(
        refused(file(masks, scores, doubles("weights", 1, 29)))
            .contains("weights must have shape [30]"));
    assertTrue(
        refused(file(masks, doubles("scores", 1, 60), weights)).contains("must have 2 axes"));
    assertTrue(
        refused(file(masks(30, 4, 2), scores, weights)).contains("masks must be 0 or 1, got 2"));
    assertTrue(
        refused(file(masks, doubles("scores", Double.NaN, 30, 2), weights))
            .contains("scores must be finite numbers"));
    assertTrue(
        refused(file(masks, scores, doubles("weights", -1, 30))).contains("weights must be"));
    assertTrue(
        refused(file(masks(0, 4, 1), doubles("scores", 1, 0, 2), doubles("weights", 1, 0)))
            .contains("at least"));
    Member classes = npz -> npz.ints("classes", new int[] {3}, new int[3]);
    assertTrue(refused(file(masks, scores, weights, classes)).contains("classes must have shape"));
  }
}
