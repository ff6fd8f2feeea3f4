package dev.quicklime.cli.run;

import dev.quicklime.run.Progress;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.ReentrantLock;
import me.tongfei.progressbar.DelegatingProgressBarConsumer;
import me.tongfei.progressbar.ProgressBar;
import org.jspecify.annotations.Nullable;

/** One line on stderr that shows how far something is, for people; without them, nothing. */
public final class ProgressLine implements Progress, AutoCloseable {

  private static final int INTERVAL_MILLIS = 200;

  /** Takes the line from the screen; whoever shows it next writes it anew. */
  private static final String GONE = "\r\033[K";

  /** Held while something is written, so that no two texts get into each other. */
  private static final ReentrantLock SCREEN = new ReentrantLock();

  /** Lines that are shown, changed by who holds the screen. */
  private static int lines;

  private final @Nullable ProgressBar bar;
  private final Pace pace;
  private final AtomicReference<ProgressTask> task;

  private ProgressLine(@Nullable ProgressBar bar, Pace pace, AtomicReference<ProgressTask> task) {
    this.bar = bar;
    this.pace = pace;
    this.task = task;
  }

  /**
   * Begins a line.
   *
   * @param task what is done
   * @param unit what is counted, in the plural
   * @param total how many there are
   * @param shown whether there are people to show it to
   */
  public static ProgressLine begin(String task, String unit, long total, boolean shown) {
    return begin(new ProgressTask(task, "", 1, 1, unit), total, shown);
  }

  /**
   * Begins a line.
   *
   * @param total how many of what is counted there are, as far as that is known
   * @param shown whether there are people to show it to
   */
  public static ProgressLine begin(ProgressTask task, long total, boolean shown) {
    AtomicReference<ProgressTask> now = new AtomicReference<>(Objects.requireNonNull(task, "task"));
    Pace pace = new Pace(System::nanoTime);
    if (!shown) {
      return new ProgressLine(null, pace, now);
    }
    holding(() -> lines++);
    return new ProgressLine(
        ProgressBar.builder()
            .setInitialMax(total)
            .setUpdateIntervalMillis(INTERVAL_MILLIS)
            // The time that is left goes on while a slow batch does.
            .continuousUpdate()
            .setRenderer((_, _) -> ProgressText.line(current(now), pace, Stderr.columns()))
            .setConsumer(
                new DelegatingProgressBarConsumer(
                    line -> holding(() -> System.err.print("\r" + line + "\033[K")),
                    ProgressText.MOST))
            .build(),
        pace,
        now);
  }

  private static ProgressTask current(AtomicReference<ProgressTask> now) {
    return Objects.requireNonNull(now.get());
  }

  /** Goes on about another task, whose parts are counted with those before. */
  public void about(ProgressTask next) {
    task.set(Objects.requireNonNull(next, "next"));
  }

  /**
   * Prints something else than lines of progress, from whatever thread. A line that is shown makes
   * room, and comes back below when it next changes.
   */
  public static void aside(Runnable printing) {
    holding(
        () -> {
          if (lines > 0) {
            System.err.print(GONE);
            System.err.flush();
          }
          printing.run();
        });
  }

  private static void holding(Runnable printing) {
    SCREEN.lock();
    try {
      printing.run();
    } finally {
      SCREEN.unlock();
    }
  }

  @Override
  public void scored(long done, long total) {
    pace.heard(done, total);
    if (bar != null) {
      bar.maxHint(total);
      bar.stepTo(done);
    }
  }

  @Override
  public void close() {
    if (bar != null) {
      bar.close();
      holding(
          () -> {
            lines--;
            System.err.print(GONE);
            System.err.flush();
          });
    }
  }
}
