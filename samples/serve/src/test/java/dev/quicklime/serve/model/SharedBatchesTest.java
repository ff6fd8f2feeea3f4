package dev.quicklime.serve.model;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.quicklime.InvalidInputException;
import dev.quicklime.model.Batch;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Who goes with whom, counted on a classifier that waits to be let go. */
@Timeout(60)
class SharedBatchesTest {

  private static final Duration LONG = Duration.ofSeconds(20);

  private final ExecutorService threads = Executors.newCachedThreadPool();

  @AfterEach
  void end() throws InterruptedException {
    threads.shutdownNow();
    assertTrue(threads.awaitTermination(20, TimeUnit.SECONDS));
  }

  /** Somebody's rows, scored on a thread of its own; the batch is in sight from now on. */
  private Future<double[]> scored(CountingClassifier model, SharedBatches shared, float... rows) {
    Batch batch = shared.newBatch();
    model.fill(batch, rows);
    return threads.submit(
        () -> {
          try (batch) {
            return shared.score(batch, rows.length);
          }
        });
  }

  private static double[] expected(float... rows) {
    double[] scores = new double[2 * rows.length];
    for (int i = 0; i < rows.length; i++) {
      scores[2 * i] = rows[i];
      scores[2 * i + 1] = 10.0 * rows[i];
    }
    return scores;
  }

  private static double[] of(Future<double[]> scores) throws Exception {
    return scores.get(20, TimeUnit.SECONDS);
  }

  /** Waits until a forward pass holds the model, and others wait behind it. */
  private static void awaitQueue(CountingClassifier model, SharedBatches shared, int waiting)
      throws InterruptedException {
    while (model.forwards.isEmpty() || shared.waiting() < waiting) {
      Thread.sleep(1);
    }
  }

  @Test
  void shouldPassOnScoresOfAPictureInFull() {
    try (SharedBatches shared = SharedBatches.of(new CountingClassifier(8, 10), 1, LONG)) {
      assertArrayEquals(new double[] {0.1, 0.2}, shared.scoreInFull((_, _, _) -> {}).orElseThrow());
    }
  }

  @Test
  void shouldGoAtOnceWhenNobodyElseIsInSight() {
    CountingClassifier model = new CountingClassifier(8, 10);
    try (SharedBatches shared = SharedBatches.of(model, 1, LONG);
        Batch batch = shared.newBatch()) {
      model.fill(batch, 1, 2, 3);
      long start = System.nanoTime();
      assertArrayEquals(expected(1, 2, 3), shared.score(batch, 3));
      assertTrue(System.nanoTime() - start < LONG.toNanos() / 4);
      assertEquals(List.of(3), model.forwards);
      assertEquals(0, shared.sharedRows());
    }
  }

  @Test
  void shouldGatherWhatWaitsForItsTurn() throws Exception {
    CountingClassifier model = new CountingClassifier(8, 0);
    try (SharedBatches shared = SharedBatches.of(model, 1, Duration.ZERO)) {
      Future<double[]> full = scored(model, shared, 1, 2, 3, 4, 5, 6, 7, 8);
      awaitQueue(model, shared, 0);
      Future<double[]> a = scored(model, shared, 11, 12);
      awaitQueue(model, shared, 1);
      Future<double[]> b = scored(model, shared, 21);
      Future<double[]> c = scored(model, shared, 31, 32, 33);
      awaitQueue(model, shared, 3);
      model.gate.release(10);
      assertArrayEquals(expected(1, 2, 3, 4, 5, 6, 7, 8), of(full));
      assertArrayEquals(expected(11, 12), of(a));
      assertArrayEquals(expected(21), of(b));
      assertArrayEquals(expected(31, 32, 33), of(c));
      assertEquals(List.of(8, 6), model.forwards);
      assertEquals(2, shared.forwards());
      assertEquals(6, shared.sharedRows());
    }
    assertEquals(0, model.batches.get());
  }

  @Test
  void shouldDivideWhatDoesNotFit() throws Exception {
    CountingClassifier model = new CountingClassifier(4, 0);
    try (SharedBatches shared = SharedBatches.of(model, 1, Duration.ZERO)) {
      Future<double[]> full = scored(model, shared, 1, 2, 3, 4);
      awaitQueue(model, shared, 0);
      Future<double[]> a = scored(model, shared, 11, 12, 13);
      awaitQueue(model, shared, 1);
      Future<double[]> b = scored(model, shared, 21, 22, 23);
      awaitQueue(model, shared, 2);
      Future<double[]> c = scored(model, shared, 31, 32);
      // It fills the second up, which is not to be seen from outside.
      Thread.sleep(300);
      model.gate.release(10);
      assertArrayEquals(expected(1, 2, 3, 4), of(full));
      assertArrayEquals(expected(11, 12, 13), of(a));
      assertArrayEquals(expected(21, 22, 23), of(b));
      assertArrayEquals(expected(31, 32), of(c));
      assertEquals(List.of(4, 4, 4), model.forwards);
      assertEquals(8, shared.sharedRows());
    }
  }

  @Test
  void shouldWaitForThoseInSightNoLongerThanTold() throws Exception {
    CountingClassifier model = new CountingClassifier(8, 10);
    try (SharedBatches shared = SharedBatches.of(model, 1, Duration.ofMillis(200));
        Batch other = shared.newBatch()) {
      long start = System.nanoTime();
      assertArrayEquals(expected(1), of(scored(model, shared, 1)));
      long took = System.nanoTime() - start;
      assertTrue(took >= 190_000_000L && took < 5_000_000_000L, "took " + took);
      Future<double[]> a = scored(model, shared, 2);
      model.fill(other, 3, 4);
      assertArrayEquals(expected(3, 4), shared.score(other, 2));
      assertArrayEquals(expected(2), of(a));
      assertEquals(List.of(1, 3), model.forwards);
    }
  }

  @Test
  void shouldNotWaitForWhoHasGone() throws Exception {
    CountingClassifier model = new CountingClassifier(8, 10);
    try (SharedBatches shared = SharedBatches.of(model, 1, LONG)) {
      Batch other = shared.newBatch();
      Future<double[]> a = scored(model, shared, 1);
      Thread.sleep(50);
      assertTrue(model.forwards.isEmpty());
      other.close();
      assertArrayEquals(expected(1), of(a));
    }
  }

  @Test
  void shouldTellEverybodyWhatFailed() throws Exception {
    CountingClassifier model = new CountingClassifier(8, 0);
    try (SharedBatches shared = SharedBatches.of(model, 1, Duration.ZERO)) {
      Future<double[]> full = scored(model, shared, 1, 2, 3, 4, 5, 6, 7, 8);
      awaitQueue(model, shared, 0);
      Future<double[]> a = scored(model, shared, 11);
      awaitQueue(model, shared, 1);
      Future<double[]> b = scored(model, shared, CountingClassifier.BROKEN);
      awaitQueue(model, shared, 2);
      model.gate.release(10);
      assertArrayEquals(expected(1, 2, 3, 4, 5, 6, 7, 8), of(full));
      for (Future<double[]> one : List.of(a, b)) {
        ExecutionException e = assertThrows(ExecutionException.class, () -> of(one));
        assertTrue(String.valueOf(e.getMessage()).endsWith("a row is broken"));
      }
      assertArrayEquals(expected(5), of(scored(model, shared, 5)), "the next is not concerned");
    }
  }

  @Test
  void shouldScoreForOthersThoughItsOwnThreadIsInterrupted() throws Exception {
    CountingClassifier model = new CountingClassifier(8, 0);
    try (SharedBatches shared = SharedBatches.of(model, 1, Duration.ZERO)) {
      Future<double[]> full = scored(model, shared, 1, 2, 3, 4, 5, 6, 7, 8);
      awaitQueue(model, shared, 0);
      Batch batch = shared.newBatch();
      model.fill(batch, 11);
      CountDownLatch still = new CountDownLatch(1);
      Thread leader =
          Thread.ofPlatform()
              .start(
                  () -> {
                    shared.score(batch, 1);
                    if (Thread.currentThread().isInterrupted()) {
                      still.countDown();
                    }
                  });
      awaitQueue(model, shared, 1);
      Future<double[]> b = scored(model, shared, 21, 22);
      awaitQueue(model, shared, 2);
      leader.interrupt();
      model.gate.release(10);
      of(full);
      assertArrayEquals(expected(21, 22), of(b));
      assertTrue(still.await(20, TimeUnit.SECONDS), "an interrupt must not be lost");
      batch.close();
      assertEquals(List.of(8, 3), model.forwards);
    }
  }

  @Test
  void shouldHoldNobodyUpWhenAMemberIsInterrupted() throws Exception {
    CountingClassifier model = new CountingClassifier(8, 0);
    try (SharedBatches shared = SharedBatches.of(model, 1, Duration.ZERO)) {
      Future<double[]> full = scored(model, shared, 1, 2, 3, 4, 5, 6, 7, 8);
      awaitQueue(model, shared, 0);
      Future<double[]> a = scored(model, shared, 11);
      awaitQueue(model, shared, 1);
      Future<double[]> b = scored(model, shared, 21, 22);
      awaitQueue(model, shared, 2);
      b.cancel(true);
      model.gate.release(10);
      of(full);
      assertArrayEquals(expected(11), of(a));
      assertArrayEquals(expected(5), of(scored(model, shared, 5)));
    }
  }

  @Test
  void shouldGiveEverybodyHisOwnUnderLoad() throws Exception {
    CountingClassifier model = new CountingClassifier(8, 1 << 30);
    try (SharedBatches shared = SharedBatches.of(model, 1, Duration.ofMillis(1))) {
      List<Future<Integer>> all = new ArrayList<>();
      for (int t = 0; t < 8; t++) {
        int seed = t;
        all.add(
            threads.submit(
                () -> {
                  Random random = new Random(seed);
                  int rows = 0;
                  try (Batch batch = shared.newBatch()) {
                    for (int i = 0; i < 2000; i++) {
                      float[] values = new float[1 + random.nextInt(8)];
                      for (int j = 0; j < values.length; j++) {
                        values[j] = random.nextInt(1 << 20);
                      }
                      model.fill(batch, values);
                      assertArrayEquals(expected(values), shared.score(batch, values.length));
                      rows += values.length;
                    }
                  }
                  return rows;
                }));
      }
      int rows = 0;
      for (Future<Integer> one : all) {
        rows += one.get(50, TimeUnit.SECONDS);
      }
      assertEquals(rows, model.forwards.stream().mapToInt(Integer::intValue).sum());
      assertTrue(model.forwards.size() < 14_000, model.forwards.size() + " forward passes");
    }
  }

  @Test
  void shouldRefuseWhatIsNotItsOwn() {
    CountingClassifier model = new CountingClassifier(8, 1);
    try (SharedBatches shared = SharedBatches.of(model, 1, Duration.ZERO);
        Batch foreign = model.newBatch()) {
      assertThrows(InvalidInputException.class, () -> shared.score(foreign, 1));
      assertThrows(InvalidInputException.class, () -> SharedBatches.of(model, 0, Duration.ZERO));
      assertThrows(
          InvalidInputException.class, () -> SharedBatches.of(model, 1, Duration.ofMillis(-1)));
    }
  }
}
