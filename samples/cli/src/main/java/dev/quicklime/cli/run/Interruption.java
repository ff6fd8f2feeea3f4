package dev.quicklime.cli.run;

import java.io.IOException;
import java.util.Queue;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Ends the work of a thread when the process is told to end, by Ctrl-C for instance: the thread is
 * interrupted, and whether or not it stops in time, reports that are not whole are taken away.
 */
public final class Interruption implements AutoCloseable {

  /** People who press Ctrl-C wait no longer; a forward pass may take that long. */
  private static final long PATIENCE_MILLIS = 1200;

  private static final Logger LOG = LoggerFactory.getLogger(Interruption.class);

  private final Thread worker = Thread.currentThread();
  private final Thread hook = new Thread(this::end, "quicklime-interruption");
  private final CountDownLatch finished = new CountDownLatch(1);
  private volatile boolean ending;
  private final Queue<Staging> reports = new ConcurrentLinkedQueue<>();

  private Interruption() {}

  /**
   * Watches over the current thread until closed.
   *
   * @throws CancellationException if the process has been told to end already
   */
  public static Interruption guard() {
    Interruption interruption = new Interruption();
    try {
      Runtime.getRuntime().addShutdownHook(interruption.hook);
    } catch (IllegalStateException e) {
      CancellationException ending = new CancellationException("the process is ending");
      ending.initCause(e);
      throw ending;
    }
    return interruption;
  }

  /**
   * Whether the process has been told to end, in which case much may fail that is nobody's fault:
   * no hook can be added any more, for one.
   */
  static boolean isUnderWay() {
    Thread probe = new Thread(() -> {}, "quicklime-probe");
    try {
      Runtime.getRuntime().addShutdownHook(probe);
      Runtime.getRuntime().removeShutdownHook(probe);
      return false;
    } catch (IllegalStateException e) {
      return true;
    }
  }

  /** Whether the process is ending. */
  public boolean ending() {
    return ending;
  }

  /** Watches over a report too, beside those that are not over yet. */
  public void guard(Staging report) {
    reports.removeIf(Staging::isOver);
    reports.add(report);
  }

  private void end() {
    ending = true;
    worker.interrupt();
    try {
      boolean _ = finished.await(PATIENCE_MILLIS, TimeUnit.MILLISECONDS);
      reports.forEach(Interruption::takeAway);
    } catch (InterruptedException e) {
      // The process ends now; there is nobody left to tell.
      ending = true;
    }
  }

  private static void takeAway(Staging report) {
    try {
      report.close();
    } catch (IOException e) {
      LOG.debug("a report that is not whole cannot be taken away: {}", e.toString());
    }
  }

  @Override
  public void close() {
    finished.countDown();
    if (!ending) {
      try {
        Runtime.getRuntime().removeShutdownHook(hook);
      } catch (IllegalStateException e) {
        // The signal came in this moment, and the hook finds nothing left to do.
        ending = true;
      }
    }
  }
}
