package dev.quicklime.cli.run;

import java.io.IOException;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.jspecify.annotations.Nullable;

/**
 * A thread beside its owner's, which does what it is given one after the other. It is started by
 * the first work and has ended when {@link #close} returns. For one owner, a thread itself.
 */
final class SideThread implements AutoCloseable {

  /** Something to do. */
  @FunctionalInterface
  interface Work<T> {

    /** Does it. */
    T get() throws IOException;
  }

  private final ExecutorService executor;
  private volatile @Nullable Thread thread;

  /** A thread that is called so. */
  SideThread(String name) {
    this.executor =
        Executors.newSingleThreadExecutor(
            work -> {
              Thread made = Thread.ofPlatform().daemon().name(name).unstarted(work);
              thread = made;
              return made;
            });
  }

  /** Begins some work, or lets it wait for what was begun before; what it comes to. */
  <T> Work<T> begin(Work<T> work) {
    Future<T> begun = executor.submit(work::get);
    return () -> await(begun);
  }

  /**
   * Waits for some work, and throws what it has thrown.
   *
   * @throws CancellationException if the waiting thread is interrupted; the work goes on
   */
  private static <T> T await(Future<T> begun) throws IOException {
    try {
      return begun.get();
    } catch (InterruptedException e) {
      CancellationException cancelled = new CancellationException("interrupted while waiting");
      cancelled.initCause(e);
      throw cancelled;
    } catch (ExecutionException e) {
      switch (e.getCause()) {
        case IOException cause -> throw cause;
        case RuntimeException cause -> throw cause;
        case Error cause -> throw cause;
        case null, default -> throw new IllegalStateException(e);
      }
    }
  }

  /** Interrupts what is under way, and does nothing of what waits. */
  void giveUp() {
    executor.shutdownNow();
  }

  /** Waits until everything that was begun is done, interrupted or not, and ends the thread. */
  @Override
  public void close() {
    executor.shutdown();
    boolean interrupted = false;
    while (true) {
      try {
        Thread started = thread;
        if (started != null) {
          started.join();
        }
        break;
      } catch (InterruptedException e) {
        interrupted = true;
      }
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }
}
