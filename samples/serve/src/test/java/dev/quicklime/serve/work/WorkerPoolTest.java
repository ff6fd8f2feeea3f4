package dev.quicklime.serve.work;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.quicklime.InvalidInputException;
import dev.quicklime.serve.problem.Problem;
import dev.quicklime.serve.problem.ServiceException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class WorkerPoolTest {

  private static final Duration LONG = Duration.ofSeconds(20);

  @Test
  void shouldGiveResultsAndWhatWasThrown() throws Exception {
    try (WorkerPool pool = new WorkerPool(2, 4);
        Admission admission = pool.admit("a")) {
      Job<Integer> seven = admission.start(() -> 7);
      Job<Integer> failing =
          admission.start(
              () -> {
                throw new InvalidInputException("wrong");
              });
      Job<Integer> error =
          admission.start(
              () -> {
                throw new StackOverflowError();
              });
      assertTrue(seven.await(LONG) && failing.await(LONG) && error.await(LONG));
      assertEquals(7, seven.result());
      assertEquals(
          "wrong", assertThrows(InvalidInputException.class, failing::result).getMessage());
      assertThrows(StackOverflowError.class, error::result);
      // Both workers are there still.
      Job<Boolean> after = admission.start(() -> Thread.currentThread().isVirtual());
      assertTrue(after.await(LONG));
      assertFalse(after.result(), "explaining takes a platform thread");
    }
  }

  @Test
  void shouldLetClientsTakeTurns() throws Exception {
    CountDownLatch gate = new CountDownLatch(1);
    List<String> order = Collections.synchronizedList(new ArrayList<>());
    try (WorkerPool pool = new WorkerPool(1, 20);
        Admission first = pool.admit("z");
        Admission many = pool.admit("many");
        Admission few = pool.admit("few")) {
      Job<Boolean> blocking =
          first.start(
              () -> {
                gate.await();
                return true;
              });
      List<Job<Boolean>> jobs = new ArrayList<>();
      for (int i = 0; i < 4; i++) {
        String name = "many" + i;
        jobs.add(many.start(() -> order.add(name)));
      }
      for (int i = 0; i < 2; i++) {
        String name = "few" + i;
        jobs.add(few.start(() -> order.add(name)));
      }
      gate.countDown();
      assertTrue(blocking.await(LONG));
      for (Job<Boolean> job : jobs) {
        assertTrue(job.await(LONG));
      }
    }
    assertEquals(List.of("many0", "few0", "many1", "few1", "many2", "many3"), order);
  }

  @Test
  void shouldRefuseWhatDoesNotFit() {
    try (WorkerPool pool = new WorkerPool(1, 2)) {
      List<Admission> taken = new ArrayList<>();
      for (int i = 0; i < 3; i++) {
        taken.add(pool.admit("a"));
      }
      ServiceException full = assertThrows(ServiceException.class, () -> pool.admit("a"));
      assertEquals(Problem.BUSY, full.problem());
      assertTrue(full.retrySeconds() >= 1, "says when to come again");
      taken.removeFirst().close();
      taken.add(pool.admit("a"));
      taken.forEach(Admission::close);
      assertEquals(0, pool.taken());
    }
  }

  @Test
  void shouldGiveAPlaceToAClientThatHasFewer() {
    try (WorkerPool pool = new WorkerPool(1, 3)) {
      List<Admission> many = new ArrayList<>();
      for (int i = 0; i < 4; i++) {
        many.add(pool.admit("many"));
      }
      Admission first = pool.admit("few");
      ServiceException lost =
          assertThrows(ServiceException.class, () -> many.get(3).start(() -> 1));
      assertEquals(Problem.BUSY, lost.problem());
      Admission second = pool.admit("few");
      // Two each: nobody has more to give.
      assertThrows(ServiceException.class, () -> pool.admit("few"));
      assertThrows(ServiceException.class, () -> pool.admit("many"));
      first.close();
      second.close();
      many.forEach(Admission::close);
      assertEquals(0, pool.taken());
    }
  }

  @Test
  void shouldInterruptWhatIsCancelledAndNothingElse() throws Exception {
    try (WorkerPool pool = new WorkerPool(1, 9);
        Admission admission = pool.admit("a")) {
      CountDownLatch begun = new CountDownLatch(1);
      AtomicBoolean interrupted = new AtomicBoolean();
      Job<Integer> running =
          admission.start(
              () -> {
                begun.countDown();
                try {
                  Thread.sleep(LONG);
                } catch (InterruptedException e) {
                  interrupted.set(true);
                  throw e;
                }
                return 1;
              });
      Job<Integer> waiting = admission.start(() -> 2);
      begun.await();
      waiting.cancel(ServiceException.of(Problem.LATE, "late"));
      running.cancel(ServiceException.of(Problem.LATE, "late"));
      assertTrue(running.done() && waiting.done());
      assertThrows(ServiceException.class, running::result);
      Job<Boolean> next = admission.start(() -> Thread.currentThread().isInterrupted());
      assertTrue(next.await(LONG));
      assertTrue(interrupted.get());
      assertFalse(next.result());
      assertFalse(waiting.hasBegun());
    }
  }

  @Test
  void shouldCancelWhatIsLeftOfAClosedAdmission() throws Exception {
    try (WorkerPool pool = new WorkerPool(1, 9)) {
      Admission admission = pool.admit("a");
      Job<Integer> job =
          admission.start(
              () -> {
                Thread.sleep(LONG);
                return 1;
              });
      Job<Integer> behind = admission.start(() -> 2);
      admission.close();
      assertTrue(job.done() && behind.done());
      assertEquals(0, pool.waiting());
    }
  }

  @Test
  void shouldLetRunningJobsFinishWhenItStops() throws Exception {
    try (WorkerPool pool = new WorkerPool(1, 9)) {
      Admission admission = pool.admit("a");
      CountDownLatch begun = new CountDownLatch(1);
      Job<Integer> running =
          admission.start(
              () -> {
                begun.countDown();
                Thread.sleep(200);
                return 1;
              });
      Job<Integer> waiting = admission.start(() -> 2);
      begun.await();
      Thread stopper =
          Thread.ofPlatform()
              .start(
                  () -> {
                    try {
                      pool.stop(LONG);
                    } catch (InterruptedException e) {
                      throw new AssertionError(e);
                    }
                  });
      assertTrue(waiting.await(LONG));
      ServiceException refused = assertThrows(ServiceException.class, waiting::result);
      assertEquals(Problem.STOPPING, refused.problem());
      assertFalse(pool.open());
      assertEquals(
          Problem.STOPPING, assertThrows(ServiceException.class, () -> pool.admit("b")).problem());
      assertTrue(running.await(LONG));
      assertEquals(1, running.result());
      admission.close();
      stopper.join(LONG);
      assertFalse(stopper.isAlive());
    }
  }

  @Test
  void shouldCancelWhatRunsBeyondTheGraceTime() throws Exception {
    try (WorkerPool pool = new WorkerPool(1, 9)) {
      Admission admission = pool.admit("a");
      CountDownLatch begun = new CountDownLatch(1);
      Job<Integer> running =
          admission.start(
              () -> {
                begun.countDown();
                Thread.sleep(LONG);
                return 1;
              });
      begun.await();
      pool.stop(Duration.ofMillis(50));
      assertTrue(running.done());
      assertEquals(
          Problem.STOPPING, assertThrows(ServiceException.class, running::result).problem());
      admission.close();
    }
  }

  @Test
  void shouldLoseNoJobUnderCancellations() throws Exception {
    AtomicInteger done = new AtomicInteger();
    try (WorkerPool pool = new WorkerPool(4, 10_000)) {
      List<Thread> clients = new ArrayList<>();
      for (int c = 0; c < 8; c++) {
        String client = "c" + c;
        clients.add(
            Thread.startVirtualThread(
                () -> {
                  for (int i = 0; i < 500; i++) {
                    boolean cancel = i % 3 == 0;
                    try (Admission admission = pool.admit(client)) {
                      Job<Integer> job = admission.start(done::incrementAndGet);
                      if (cancel) {
                        job.cancel(ServiceException.of(Problem.LATE, "late"));
                      }
                      if (!job.await(LONG)) {
                        throw new AssertionError("lost");
                      }
                    } catch (InterruptedException e) {
                      throw new AssertionError(e);
                    }
                  }
                }));
      }
      for (Thread client : clients) {
        client.join();
      }
      assertEquals(0, pool.waiting());
      assertEquals(0, pool.taken());
    }
    assertTrue(done.get() >= 8 * 333, "done were only " + done.get());
  }

  @Test
  void shouldRejectPoolsWithoutWorkers() {
    assertThrows(InvalidInputException.class, () -> new WorkerPool(0, 1));
    assertThrows(InvalidInputException.class, () -> new WorkerPool(1, -1));
  }
}
