package dev.quicklime.cli.run;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.Closeable;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class PipelineTest {

  private static final String AHEAD = "quicklime-pictures";
  private static final String BEHIND = "quicklime-reports";

  /** Steps that note what they do, of which tests replace some. */
  private static class Noting implements Pipeline.Steps<Integer, Noting.Found> {

    final List<String> written = Collections.synchronizedList(new ArrayList<>());
    final List<String> failures = new ArrayList<>();
    final Set<Thread> threads = ConcurrentHashMap.newKeySet();
    final AtomicInteger held = new AtomicInteger();
    final AtomicInteger most = new AtomicInteger();
    final AtomicInteger closed = new AtomicInteger();

    final class Found implements Closeable {
      @Override
      public void close() {
        closed.incrementAndGet();
        held.decrementAndGet();
      }
    }

    @Override
    public Integer prepare(int index) throws IOException {
      assertEquals(AHEAD, Thread.currentThread().getName());
      threads.add(Thread.currentThread());
      most.accumulateAndGet(held.incrementAndGet(), Math::max);
      return index;
    }

    @Override
    public boolean alone(Integer prepared) {
      return false;
    }

    @Override
    public Found find(int index, Pipeline.Prepared<Integer> prepared) throws IOException {
      assertEquals(index, prepared.get());
      return new Found();
    }

    @Override
    public void write(int index, Found found) throws IOException {
      assertEquals(BEHIND, Thread.currentThread().getName());
      threads.add(Thread.currentThread());
      written.add("" + index);
    }

    @Override
    public void failed(int index, Pipeline.Outcome outcome) throws IOException {
      try {
        outcome.rethrow();
      } catch (IllegalArgumentException e) {
        failures.add(index + " " + e.getMessage());
      }
    }

    final void assertEnded() {
      threads.forEach(thread -> assertFalse(thread.isAlive(), thread.getName()));
    }
  }

  private static List<String> upTo(int count) {
    return IntStream.range(0, count).mapToObj(i -> "" + i).toList();
  }

  private static void await(CountDownLatch latch) {
    try {
      assertTrue(latch.await(30, TimeUnit.SECONDS));
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  @Test
  void shouldTakeAllThingsInTheirOrderAndHoldThreeAtMost() throws IOException {
    Noting steps =
        new Noting() {
          @Override
          public void write(int index, Found found) throws IOException {
            super.write(index, found);
            if (index % 3 == 0) {
              sleep();
            }
          }

          @Override
          public Found find(int index, Pipeline.Prepared<Integer> prepared) throws IOException {
            Found found = super.find(index, prepared);
            if (index % 4 == 1) {
              sleep();
            }
            return found;
          }

          private void sleep() {
            try {
              Thread.sleep(3);
            } catch (InterruptedException e) {
              throw new IllegalStateException(e);
            }
          }
        };
    Pipeline.run(steps, 60);
    assertEquals(upTo(60), steps.written);
    assertEquals(60, steps.closed.get());
    assertTrue(steps.most.get() <= 3, steps.most + " things at once");
    assertTrue(steps.most.get() >= 2, "nothing overlapped");
    assertEquals(2, steps.threads.size());
    steps.assertEnded();
    Pipeline.run(steps, 0);
    assertEquals(60, steps.written.size());
  }

  @Test
  void shouldOverlapAllThreeSteps() throws IOException {
    CountDownLatch preparing = new CountDownLatch(1);
    CountDownLatch writing = new CountDownLatch(1);
    Noting steps =
        new Noting() {
          @Override
          public Integer prepare(int index) throws IOException {
            if (index == 2) {
              preparing.countDown();
            }
            return super.prepare(index);
          }

          @Override
          public Found find(int index, Pipeline.Prepared<Integer> prepared) throws IOException {
            Found found = super.find(index, prepared);
            if (index == 1) {
              await(preparing);
              await(writing);
            }
            return found;
          }

          @Override
          public void write(int index, Found found) throws IOException {
            if (index == 0) {
              writing.countDown();
              await(preparing);
            }
            super.write(index, found);
          }
        };
    Pipeline.run(steps, 3);
    assertEquals(upTo(3), steps.written);
  }

  @Test
  void shouldHoldALargeThingAlone() throws IOException {
    Noting steps =
        new Noting() {
          @Override
          public boolean alone(Integer prepared) {
            return true;
          }
        };
    Pipeline.run(steps, 9);
    assertEquals(upTo(9), steps.written);
    assertEquals(1, steps.most.get());
  }

  @Test
  void shouldHearOfFailuresInTheOrderOfThings() throws IOException {
    CountDownLatch later = new CountDownLatch(1);
    Noting steps =
        new Noting() {
          @Override
          public Integer prepare(int index) throws IOException {
            Integer prepared = super.prepare(index);
            if (index == 2 || index == 3) {
              later.countDown();
              held.decrementAndGet();
              throw new IllegalArgumentException("broken");
            }
            return prepared;
          }

          @Override
          public Found find(int index, Pipeline.Prepared<Integer> prepared) throws IOException {
            if (index == 5) {
              // What was prepared for it must not be taken for the next.
              throw new IllegalArgumentException("before it looked");
            }
            return super.find(index, prepared);
          }

          @Override
          public void write(int index, Found found) throws IOException {
            super.write(index, found);
            if (index == 1) {
              await(later);
              throw new IllegalArgumentException("not drawn");
            }
            if (index == 7) {
              throw new IllegalArgumentException("the last");
            }
          }
        };
    Pipeline.run(steps, 8);
    assertEquals(
        List.of("1 not drawn", "2 broken", "3 broken", "5 before it looked", "7 the last"),
        steps.failures);
    assertEquals(List.of("0", "1", "4", "6", "7"), steps.written);
    steps.assertEnded();
  }

  @Test
  void shouldEndWithTheFirstFailureInOrderAndDropWhatCameAfter() {
    IOException full = new IOException("no space left");
    CountDownLatch found = new CountDownLatch(1);
    Noting steps =
        new Noting() {
          @Override
          public Found find(int index, Pipeline.Prepared<Integer> prepared) throws IOException {
            if (index == 3) {
              found.countDown();
              throw new IllegalStateException("the model fails");
            }
            return super.find(index, prepared);
          }

          @Override
          public void write(int index, Found report) throws IOException {
            if (index == 2) {
              await(found);
              throw full;
            }
            super.write(index, report);
          }
        };
    assertSame(full, assertThrows(IOException.class, () -> Pipeline.run(steps, 9)));
    assertEquals(upTo(2), steps.written);
    assertEquals(3, steps.closed.get());
    steps.assertEnded();
  }

  @Test
  void shouldCloseWhatIsNotWrittenAnyMore() {
    IOException full = new IOException("no space left");
    CountDownLatch found = new CountDownLatch(1);
    Noting steps =
        new Noting() {
          @Override
          public Found find(int index, Pipeline.Prepared<Integer> prepared) throws IOException {
            Found next = super.find(index, prepared);
            if (index == 1) {
              found.countDown();
            }
            return next;
          }

          @Override
          public void write(int index, Found report) throws IOException {
            await(found);
            throw full;
          }
        };
    assertSame(full, assertThrows(IOException.class, () -> Pipeline.run(steps, 5)));
    assertEquals(2, steps.closed.get());
    steps.assertEnded();
  }

  @Test
  void shouldFinishWhatIsWrittenWhereALaterThingEndsTheWhole() {
    CountDownLatch failing = new CountDownLatch(1);
    Noting steps =
        new Noting() {
          @Override
          public Found find(int index, Pipeline.Prepared<Integer> prepared) throws IOException {
            if (index == 1) {
              failing.countDown();
              throw new IllegalStateException("the model fails");
            }
            return super.find(index, prepared);
          }

          @Override
          public void write(int index, Found report) throws IOException {
            await(failing);
            super.write(index, report);
          }
        };
    assertThrows(IllegalStateException.class, () -> Pipeline.run(steps, 3));
    assertEquals(upTo(1), steps.written);
    steps.assertEnded();
  }

  @Test
  void shouldFinishWhatIsWrittenWhenInterruptedWhileItWaits() {
    Thread caller = Thread.currentThread();
    CountDownLatch interrupted = new CountDownLatch(1);
    Noting steps =
        new Noting() {
          @Override
          public Found find(int index, Pipeline.Prepared<Integer> prepared) throws IOException {
            Found found = super.find(index, prepared);
            if (index == 1) {
              interrupted.countDown();
            }
            return found;
          }

          @Override
          public void write(int index, Found report) throws IOException {
            await(interrupted);
            caller.interrupt();
            try {
              Thread.sleep(20);
            } catch (InterruptedException e) {
              throw new IllegalStateException(e);
            }
            super.write(index, report);
          }
        };
    assertThrows(CancellationException.class, () -> Pipeline.run(steps, 4));
    assertEquals(upTo(1), steps.written);
    assertEquals(2, steps.closed.get());
    assertFalse(Thread.interrupted());
    steps.assertEnded();
  }

  @Test
  void shouldGiveUpAPictureThatIsReadWhenInterrupted() {
    CountDownLatch reading = new CountDownLatch(1);
    Noting steps =
        new Noting() {
          @Override
          public Integer prepare(int index) throws IOException {
            Integer prepared = super.prepare(index);
            if (index == 1) {
              reading.countDown();
              try {
                new CountDownLatch(1).await();
              } catch (InterruptedException e) {
                throw new IOException(e);
              }
            }
            return prepared;
          }

          @Override
          public Found find(int index, Pipeline.Prepared<Integer> prepared) throws IOException {
            if (index == 1) {
              await(reading);
              Thread.currentThread().interrupt();
            }
            return super.find(index, prepared);
          }
        };
    assertThrows(CancellationException.class, () -> Pipeline.run(steps, 4));
    assertEquals(upTo(1), steps.written);
    steps.assertEnded();
  }

  @Test
  void shouldThrowErrorsAsTheyAre() {
    StackOverflowError error = new StackOverflowError();
    Noting steps =
        new Noting() {
          @Override
          public void write(int index, Found report) {
            throw error;
          }
        };
    assertSame(error, assertThrows(StackOverflowError.class, () -> Pipeline.run(steps, 2)));
    steps.assertEnded();
  }
}
