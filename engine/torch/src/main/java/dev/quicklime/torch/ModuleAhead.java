package dev.quicklime.torch;

import dev.quicklime.QuicklimeException;
import dev.quicklime.torch.internal.TorchModule;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.function.Supplier;

/**
 * A module that is loaded by a thread of its own while its owner reads a picture and divides it,
 * which keeps one processor busy. It is taken, or closed with this.
 */
final class ModuleAhead implements AutoCloseable {

  private final FutureTask<TorchModule> loading;

  /**
   * Begins.
   *
   * @param loader loads it, and throws what {@link #take} is to throw
   */
  ModuleAhead(Supplier<TorchModule> loader) {
    loading = new FutureTask<>(loader::get);
    Thread.ofPlatform().daemon().name("second-format").start(loading);
  }

  /**
   * Waits for the module, which is the caller's from now on. That is not given up when the thread
   * is interrupted, as loading is not either.
   *
   * @throws QuicklimeException if it cannot be loaded
   */
  TorchModule take() {
    boolean interrupted = false;
    try {
      while (true) {
        try {
          return loading.get();
        } catch (InterruptedException e) {
          interrupted = true;
        }
      }
    } catch (ExecutionException e) {
      switch (e.getCause()) {
        case RuntimeException failure -> throw failure;
        case Error failure -> throw failure;
        case null, default -> throw new IllegalStateException(e);
      }
    } finally {
      if (interrupted) {
        Thread.currentThread().interrupt();
      }
    }
  }

  /** Frees the module, which nobody has taken. */
  @Override
  public void close() {
    try {
      take().close();
    } catch (QuicklimeException e) {
      // Nobody wanted it.
    }
  }
}
