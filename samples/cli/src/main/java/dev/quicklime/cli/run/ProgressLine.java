package dev.quicklime.cli.run;

import dev.quicklime.report.text.Visible;
import dev.quicklime.run.Progress;
import java.text.DecimalFormat;
import java.text.DecimalFormatSymbols;
import java.util.Locale;
import java.util.concurrent.locks.ReentrantLock;
import me.tongfei.progressbar.DelegatingProgressBarConsumer;
import me.tongfei.progressbar.ProgressBar;
import me.tongfei.progressbar.ProgressBarStyle;
import org.jspecify.annotations.Nullable;

/** One line on stderr that shows how far something is, for people; without them, nothing. */
public final class ProgressLine implements Progress, AutoCloseable {

  /** Fits the narrowest usual terminal; asking it for its width would load a library. */
  private static final int LENGTH = 79;

  private static final int INTERVAL_MILLIS = 200;

  /** Takes the line from the screen; whoever shows it next writes it anew. */
  private static final String GONE = "\r\033[K";

  /** Held while something is written, so that no two texts get into each other. */
  private static final ReentrantLock SCREEN = new ReentrantLock();

  /** Lines that are shown, changed by who holds the screen. */
  private static int lines;

  private final @Nullable ProgressBar bar;

  private ProgressLine(@Nullable ProgressBar bar) {
    this.bar = bar;
  }

  /**
   * Begins a line.
   *
   * @param task what is done
   * @param unit what is counted
   * @param total how many there are
   * @param shown whether there are people to show it to
   */
  public static ProgressLine begin(String task, String unit, long total, boolean shown) {
    if (!shown) {
      return new ProgressLine(null);
    }
    String name = Visible.line(task);
    holding(() -> lines++);
    return new ProgressLine(
        ProgressBar.builder()
            .setTaskName(name.length() > 24 ? name.substring(0, 21) + "..." : name)
            .setInitialMax(total)
            .setUnit(" " + unit, 1)
            .setStyle(ProgressBarStyle.ASCII)
            .setUpdateIntervalMillis(INTERVAL_MILLIS)
            .showSpeed(new DecimalFormat("0.0", DecimalFormatSymbols.getInstance(Locale.ROOT)))
            .setConsumer(
                new DelegatingProgressBarConsumer(
                    line -> holding(() -> System.err.print("\r" + line + "\033[K")), LENGTH))
            .build());
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
