package dev.quicklime.cli.run;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.quicklime.model.ClassifierInfo;
import dev.quicklime.run.Progress;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class SlowRunTest {

  private static final long SECOND = 1_000_000_000L;
  private static final ClassifierInfo MODEL =
      new ClassifierInfo("m.pt", "libtorch", null, "cpu", "fp32", 2, List.of(), List.of());

  private final List<String> said = new ArrayList<>();
  private long now;

  private SlowRun run(int pictures, int times, String... shorter) {
    return new SlowRun(pictures, times, _ -> List.of(shorter), said::add, () -> now);
  }

  private void batches(SlowRun run, int count, double seconds) {
    List<Long> passed = new ArrayList<>();
    Progress heard = run.watching((done, _) -> passed.add(done), () -> MODEL);
    for (int i = 1; i <= count; i++) {
      now += Math.round(seconds * SECOND);
      heard.scored(16L * i, 1600);
    }
    assertEquals(count, passed.size());
  }

  @Test
  void shouldSayAfterTenBatchesWhatARunTakesAndWhatMakesItShorter() {
    SlowRun run = run(3, 1, "--preset fast", "a .pt2");
    batches(run, 9, 2);
    assertEquals(List.of(), said);
    batches(run, 10, 2);
    assertEquals(
        List.of(
            "at 8.00 img/s this takes about 10 min for all 3 pictures; shorter: --preset fast;"
                + " a .pt2"),
        said);
  }

  @Test
  void shouldSayItOnce() {
    SlowRun run = run(3, 1);
    batches(run, 100, 2);
    batches(run, 100, 2);
    assertEquals(List.of("at 8.00 img/s this takes about 10 min for all 3 pictures"), said);
  }

  @Test
  void shouldCountWhatIsMeasuredBesides() {
    batches(run(1, 6), 10, 0.1);
    assertEquals(List.of("at 160 img/s this takes about 60 s"), said);
  }

  @Test
  void shouldSayNothingOfARunThatIsSoonOver() {
    batches(run(2, 1, "--preset fast"), 100, 0.1);
    assertEquals(List.of(), said);
  }
}
