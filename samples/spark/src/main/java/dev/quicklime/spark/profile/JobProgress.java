package dev.quicklime.spark.profile;

import dev.quicklime.cli.run.ProgressLine;
import dev.quicklime.cli.run.Stderr;
import java.util.concurrent.atomic.AtomicLong;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Says how far a job is: to people on one line of stderr, else every half a minute to the driver's
 * log. Any thread may count; the one that waits for results tells.
 */
final class JobProgress implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(JobProgress.class);
  private static final long LOG_NANOS = 30_000_000_000L;

  private final long total;
  private final boolean people = Stderr.isTerminal();
  private final ProgressLine line;
  private final AtomicLong done = new AtomicLong();
  private long told = System.nanoTime();

  /**
   * Begins.
   *
   * @param total images that are to be scored, about
   */
  JobProgress(long total) {
    this.total = total;
    line = ProgressLine.begin("profile", "images", total, people);
  }

  /** Counts what was scored. */
  void add(long images) {
    done.addAndGet(images);
  }

  /** Tells, if it is time to. */
  void tell() {
    long images = Math.min(done.get(), total);
    line.scored(images, total);
    long now = System.nanoTime();
    if (!people && now - told >= LOG_NANOS) {
      told = now;
      LOG.info("profile: {} of {} images", images, total);
    }
  }

  @Override
  public void close() {
    line.close();
  }
}
