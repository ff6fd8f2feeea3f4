package dev.quicklime.internal.scoring;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.quicklime.model.Labels;
import dev.quicklime.model.PendingScores;
import dev.quicklime.run.Timings;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CancellationException;
import org.junit.jupiter.api.Test;

class ScoringLoopTest {

  private final List<String> said = new ArrayList<>();

  /** Batches of one sample, three under way, of which some fail. */
  private SampleFeed feed(int failing, int interrupting) {
    return new SampleFeed() {
      @Override
      public int batchSize() {
        return 1;
      }

      @Override
      public int inFlight() {
        return 3;
      }

      @Override
      public PendingScores submit(int first, int count, Timings.Clock clock) {
        if (first == interrupting) {
          Thread.currentThread().interrupt();
        }
        return new PendingScores() {
          @Override
          public double[] await() {
            said.add("await " + first);
            if (first == failing) {
              throw new IllegalArgumentException("failed");
            }
            return new double[] {first};
          }

          @Override
          public void abandon() {
            said.add("abandon " + first);
            throw new IllegalArgumentException("nobody wants to know");
          }
        };
      }
    };
  }

  private void run(SampleFeed feed) {
    new ScoringLoop("m", Labels.none(), "sample")
        .run(feed, 0, 5, (_, _, _) -> {}, new Timings.Clock());
  }

  @Test
  void shouldAwaitEveryBatchOnceAndInOrder() {
    run(feed(-1, -1));
    assertEquals(List.of("await 0", "await 1", "await 2", "await 3", "await 4"), said);
  }

  @Test
  void shouldGiveUpWhatIsUnderWayWhenABatchFails() {
    IllegalArgumentException e =
        assertThrows(IllegalArgumentException.class, () -> run(feed(1, -1)));
    assertEquals("failed", e.getMessage());
    assertEquals(List.of("await 0", "await 1", "abandon 2", "abandon 3"), said);
  }

  @Test
  void shouldGiveUpWhatIsUnderWayWhenItsThreadIsInterrupted() {
    assertThrows(CancellationException.class, () -> run(feed(-1, 1)));
    assertEquals(List.of("abandon 0", "abandon 1"), said);
  }

  @Test
  void shouldWaitForABatchThatCannotBeGivenUp() {
    List<String> waited = new ArrayList<>();
    PendingScores plain =
        () -> {
          waited.add("await");
          return new double[] {1};
        };
    plain.abandon();
    assertEquals(List.of("await"), waited);
  }
}
