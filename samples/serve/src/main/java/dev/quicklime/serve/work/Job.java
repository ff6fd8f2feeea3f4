package dev.quicklime.serve.work;

import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** A piece of work that waits, runs or is done. */
public final class Job<T> {

  private final String client;
  private final Callable<T> work;
  private final Consumer<Job<?>> forget;
  private final CompletableFuture<T> outcome = new CompletableFuture<>();
  private final long arrived = System.nanoTime();
  private @Nullable Thread worker;
  private volatile long begun;

  Job(String client, Callable<T> work, Consumer<Job<?>> forget) {
    this.client = client;
    this.work = work;
    this.forget = forget;
  }

  String client() {
    return client;
  }

  /** Does the work on the calling thread, unless it was cancelled before. */
  @SuppressWarnings("ThreadPriorityCheck")
  void run() {
    synchronized (this) {
      if (outcome.isDone()) {
        return;
      }
      worker = Thread.currentThread();
      begun = System.nanoTime();
    }
    try {
      T result = work.call();
      outcome.complete(result);
    } catch (Throwable e) {
      // Errors too: what lacks memory for one picture is no reason to lose a worker.
      outcome.completeExceptionally(e);
    } finally {
      synchronized (this) {
        worker = null;
        // A cancellation that came too late must not hit the next job.
        Thread.interrupted();
      }
    }
  }

  /**
   * Gives the work up: whoever waits for it hears at once, a thread that is at it is interrupted.
   * Does nothing where it is done.
   *
   * @param why what {@link #result} throws from now on
   */
  public void cancel(RuntimeException why) {
    Objects.requireNonNull(why, "why");
    synchronized (this) {
      if (!outcome.completeExceptionally(why)) {
        return;
      }
      if (worker != null) {
        worker.interrupt();
      }
    }
    forget.accept(this);
  }

  /** Whether there is a result, or none will come. */
  public boolean done() {
    return outcome.isDone();
  }

  /** Whether a worker has begun. */
  public boolean hasBegun() {
    return begun != 0;
  }

  /** How long it waited for a worker, in nanoseconds; 0 where none has begun. */
  public long waitedNanos() {
    return begun == 0 ? 0 : begun - arrived;
  }

  /**
   * Waits until the work is done, but no longer than told.
   *
   * @return whether it is done
   * @throws InterruptedException if the waiting thread is interrupted; the work goes on
   */
  public boolean await(Duration atMost) throws InterruptedException {
    try {
      T _ = outcome.get(atMost.toNanos(), TimeUnit.NANOSECONDS);
      return true;
    } catch (ExecutionException e) {
      return true;
    } catch (TimeoutException e) {
      return outcome.isDone();
    }
  }

  /**
   * The result of work that is done.
   *
   * @throws IllegalStateException if it is not done
   * @throws RuntimeException what the work threw, or why it was cancelled
   */
  public T result() {
    if (!outcome.isDone()) {
      throw new IllegalStateException("a result is there when the work is done");
    }
    if (!outcome.isCompletedExceptionally()) {
      return outcome.join();
    }
    Throwable cause = outcome.exceptionNow();
    switch (cause) {
      case RuntimeException e -> throw e;
      case Error e -> throw e;
      default -> throw new IllegalStateException("work failed", cause);
    }
  }
}
