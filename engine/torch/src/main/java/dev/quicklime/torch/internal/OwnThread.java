package dev.quicklime.torch.internal;

import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/**
 * A thread that makes all calls into one shared library and ends with it.
 *
 * <p>Compiled code keeps a thread-local text; a library cannot be unloaded while a thread that
 * called it lives. Called from its users' threads, each package left its weights mapped for good.
 */
final class OwnThread implements AutoCloseable {

  private final ExecutorService executor;

  OwnThread(String name) {
    executor = Executors.newSingleThreadExecutor(Thread.ofPlatform().daemon().name(name).factory());
  }

  /** Runs a task and waits for its end, whatever interrupts the caller meanwhile. */
  <T> T call(Supplier<T> task) {
    return begin(task).get();
  }

  /**
   * Runs a task after those before it.
   *
   * @return waits for its end, whatever interrupts the caller meanwhile; to be called once
   */
  <T> Supplier<T> begin(Supplier<T> task) {
    Future<T> future = executor.submit(task::get);
    return () -> await(future);
  }

  private static <T> T await(Future<T> future) {
    boolean interrupted = false;
    try {
      while (true) {
        try {
          return future.get();
        } catch (InterruptedException e) {
          // The task reads the caller's memory: it must have ended before the caller goes on.
          interrupted = true;
        } catch (ExecutionException e) {
          if (e.getCause() instanceof RuntimeException cause) {
            throw cause;
          }
          if (e.getCause() instanceof Error cause) {
            throw cause;
          }
          throw new IllegalStateException(e.getCause());
        }
      }
    } finally {
      if (interrupted) {
        Thread.currentThread().interrupt();
      }
    }
  }

  /** Ends the thread. */
  @Override
  public void close() {
    executor.shutdown();
    boolean interrupted = false;
    boolean ended = false;
    while (!ended) {
      try {
        ended = executor.awaitTermination(1, TimeUnit.DAYS);
      } catch (InterruptedException e) {
        interrupted = true;
      }
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }
}
