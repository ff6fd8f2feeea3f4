package dev.quicklime.cli.run;

import dev.quicklime.model.ClassifierInfo;
import dev.quicklime.run.Progress;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.LongSupplier;
import java.util.function.Supplier;

/**
 * Says once of a run that takes long, after its first ten batches, what it will take and what would
 * make it shorter. For one thread.
 */
public final class SlowRun {

  /** By then its pace is known. */
  static final int BATCHES = 10;

  /** What people wait for without asking. */
  static final double PATIENCE_SECONDS = 30;

  private final int pictures;
  private final int times;
  private final Function<ClassifierInfo, List<String>> remedies;
  private final Consumer<String> notices;
  private final LongSupplier clock;
  private boolean said;

  /**
   * Watches over a run.
   *
   * @param pictures how many it has
   * @param times how many times the forward passes of an explanation each of them takes
   * @param remedies what would make it shorter with such a model, the surest first
   * @param notices hears what it takes
   * @param clock nanoseconds since whenever
   */
  public SlowRun(
      int pictures,
      int times,
      Function<ClassifierInfo, List<String>> remedies,
      Consumer<String> notices,
      LongSupplier clock) {
    this.pictures = pictures;
    this.times = times;
    this.remedies = Objects.requireNonNull(remedies, "remedies");
    this.notices = Objects.requireNonNull(notices, "notices");
    this.clock = Objects.requireNonNull(clock, "clock");
  }

  /**
   * Hears of an explanation's samples, and passes them on.
   *
   * @param model asked only where something is said
   */
  Progress watching(Progress heard, Supplier<ClassifierInfo> model) {
    if (said) {
      return heard;
    }
    Pace pace = new Pace(clock);
    return new Progress() {
      @Override
      public void scored(long done, long total) {
        heard.scored(done, total);
        pace.heard(done, total);
        if (!said && pace.times() == BATCHES) {
          said = true;
          judge(pace, model);
        }
      }

      @Override
      public void judged(double standardError) {
        heard.judged(standardError);
      }
    };
  }

  private void judge(Pace pace, Supplier<ClassifierInfo> model) {
    double seconds = pace.secondsInAll() * times * pictures;
    if (seconds >= PATIENCE_SECONDS) {
      List<String> shorter = remedies.apply(model.get());
      notices.accept(
          String.format(
              Locale.ROOT,
              "at %.3g img/s this takes about %s%s%s",
              pace.perSecond(),
              ProgressText.duration(seconds),
              pictures > 1 ? " for all " + pictures + " pictures" : "",
              shorter.isEmpty() ? "" : "; shorter: " + String.join("; ", shorter)));
    }
  }
}
