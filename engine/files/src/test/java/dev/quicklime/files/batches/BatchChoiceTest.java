package dev.quicklime.files.batches;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.quicklime.QuicklimeException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BatchChoiceTest {

  @TempDir Path folder;

  private final List<Integer> tried = new ArrayList<>();
  private int open;

  /** A forward pass that takes a time for the call and one for each picture. */
  private BatchChoice.Trial trial(int batch, long callMicros, long pictureMicros) {
    tried.add(batch);
    open++;
    return new BatchChoice.Trial() {
      @Override
      public void run() {
        long end = System.nanoTime() + 1000 * (callMicros + batch * pictureMicros);
        while (System.nanoTime() < end) {
          Thread.onSpinWait();
        }
      }

      @Override
      public void close() {
        open--;
      }
    };
  }

  @Test
  void shouldTakeTheLargestWhereTheCallIsWhatCosts() {
    assertEquals(32, BatchChoice.of("a", null, 8, b -> trial(b, 20_000, 1)).batch());
    assertEquals(List.of(8, 16, 4, 32), tried);
    assertEquals(0, open);
  }

  @Test
  void shouldNotTryWhatIsTooLarge() {
    BatchChoice.of("a", null, 128, b -> trial(b, 1, 1));
    assertEquals(List.of(128, 256, 64), tried);
    BatchChoice.of("a", null, 1, b -> trial(b, 1, 1));
    assertEquals(List.of(128, 256, 64, 1, 2, 4), tried);
  }

  @Test
  void shouldNotTryWhatTakesLong() {
    // Two passes of half of it fit, two of twice as many do not.
    BatchChoice choice = BatchChoice.of("a", null, 4, b -> trial(b, 1, 45_000));
    assertEquals(List.of(4, 2), tried);
    assertTrue(choice.reason().contains("measured: 4 "), choice.reason());
    tried.clear();
    BatchChoice.of("a", null, 1, b -> trial(b, 1, 250_000));
    assertEquals(List.of(1), tried);
    assertEquals(0, open);
  }

  @Test
  void shouldRunATrialOnceThatIsWarmAndPrepareEachRun() {
    List<String> steps = new ArrayList<>();
    for (boolean warm : new boolean[] {false, true}) {
      BatchChoice.of("a", null, 256, _ -> noted(steps, warm));
    }
    assertEquals(List.of("prepare", "run", "prepare", "run", "close"), steps.subList(0, 5));
    assertEquals(List.of("prepare", "run", "close"), steps.subList(steps.size() - 3, steps.size()));
  }

  private static BatchChoice.Trial noted(List<String> steps, boolean warm) {
    return new BatchChoice.Trial() {
      @Override
      public boolean warm() {
        return warm;
      }

      @Override
      public void prepare() {
        steps.add("prepare");
      }

      @Override
      public void run() {
        steps.add("run");
      }

      @Override
      public void close() {
        steps.add("close");
      }
    };
  }

  @Test
  void shouldPassOverABatchThatDoesNotFitUnlessItIsTheUsualOne() {
    BatchChoice choice = BatchChoice.of("a", null, 8, b -> limited(b, 10));
    assertTrue(choice.batch() <= 8, choice.toString());
    assertTrue(choice.reason().contains("16 failed"), choice.toString());
    assertThrows(QuicklimeException.class, () -> BatchChoice.of("a", null, 8, b -> limited(b, 7)));
  }

  private BatchChoice.Trial limited(int batch, int most) {
    if (batch > most) {
      throw new QuicklimeException("out of memory");
    }
    return trial(batch, 1000, 1);
  }

  @Test
  void shouldRememberByKeyAndMeasureAgainWithoutTheFile() throws IOException {
    int first = BatchChoice.of("a", folder, 8, b -> trial(b, 5000, 1)).batch();
    int after = tried.size();
    assertEquals(first, BatchChoice.of("a", folder, 8, b -> trial(b, 5000, 1)).batch());
    assertEquals(after, tried.size());
    BatchChoice.of("b", folder, 8, b -> trial(b, 1, 1));
    assertTrue(tried.size() > after);
    Path file = folder.resolve("batches.json");
    for (String content : List.of("", "[]", "{\"a\": \"x\"}", "{\"a\": 0}", "{\"a\": 1e9}", "{")) {
      Files.writeString(file, content);
      int before = tried.size();
      int again = BatchChoice.of("a", folder, 8, b -> trial(b, 1, 1)).batch();
      assertTrue(tried.size() > before, content);
      assertEquals(OptionalInt.of(again), new BatchCache(folder).read("a"), content);
    }
    Files.delete(file);
    assertEquals(OptionalInt.empty(), new BatchCache(folder).read("a"));
  }

  @Test
  void shouldDoWithoutAFolderThatCannotBeWritten() throws IOException {
    Path notAFolder = Files.writeString(folder.resolve("file"), "");
    BatchChoice.of("a", notAFolder, 8, b -> trial(b, 1, 1));
    assertEquals(OptionalInt.empty(), new BatchCache(notAFolder).read("a"));
  }

  @Test
  void shouldForgetTheOldest() {
    BatchCache cache = new BatchCache(folder);
    for (int i = 0; i < 210; i++) {
      cache.write("model " + i, i + 1);
    }
    assertEquals(OptionalInt.empty(), cache.read("model 9"));
    assertEquals(OptionalInt.of(11), cache.read("model 10"));
    assertEquals(OptionalInt.of(210), cache.read("model 209"));
  }
}
