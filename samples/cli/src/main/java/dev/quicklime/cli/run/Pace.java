package dev.quicklime.cli.run;

import java.util.function.LongSupplier;

/**
 * How fast something goes, by what was heard of it. Whoever hears may be another thread than who
 * asks. What comes before the first part is done, as choosing a batch, does not slow the rest down.
 */
final class Pace {

  private static final double NANOS = 1e9;

  private final LongSupplier clock;
  private long firstDone;
  private long firstAt;
  private long done;
  private long doneAt;
  private long total;
  private int heard;
  private double shown;

  /**
   * Begins.
   *
   * @param clock nanoseconds since whenever
   */
  Pace(LongSupplier clock) {
    this.clock = clock;
    firstAt = clock.getAsLong();
    doneAt = firstAt;
  }

  /** So much is done now, of so much. */
  synchronized void heard(long nowDone, long nowTotal) {
    long now = clock.getAsLong();
    if (heard == 0 || nowDone < done) {
      // Where it begins anew, it is another thing that is counted.
      firstDone = nowDone;
      firstAt = now;
      heard = 0;
    }
    heard++;
    done = nowDone;
    doneAt = now;
    total = nowTotal;
  }

  /** How often something was heard. */
  synchronized int times() {
    return heard;
  }

  /** How much is done, 0 to 1; never less than what was said before. */
  synchronized double share() {
    double share = total <= 0 ? 0 : Math.clamp((double) done / total, 0, 1);
    shown = Math.max(shown, share);
    return shown;
  }

  /** How much is done in a second, or 0 while nobody can tell. */
  synchronized double perSecond() {
    return done > firstDone && doneAt > firstAt
        ? (done - firstDone) * NANOS / (doneAt - firstAt)
        : 0;
  }

  /** Seconds that all of it takes at this pace, or NaN while nobody can tell. */
  synchronized double secondsInAll() {
    double rate = perSecond();
    return rate > 0 ? total / rate : Double.NaN;
  }

  /** Seconds that are left at this pace, or NaN while nobody can tell. */
  synchronized double secondsLeft() {
    double rate = perSecond();
    if (rate <= 0) {
      return Double.NaN;
    }
    double since = (clock.getAsLong() - doneAt) / NANOS;
    return Math.max(0, (total - done) / rate - since);
  }
}
