package dev.quicklime.internal.memory;

import java.util.ArrayDeque;
import java.util.function.Supplier;

/**
 * Keeps buffers of one size for use again, because an arena zeroes what it allocates and large
 * blocks are page-faulted anew. Holds at most as many as were ever in use at once; closing it frees
 * those that were given back, and later ones as they come.
 */
public final class BufferPool implements AutoCloseable {

  private final Supplier<? extends Buffer> allocator;
  private final ArrayDeque<Buffer> free = new ArrayDeque<>();
  private boolean closed;

  /**
   * Creates an empty pool.
   *
   * @param allocator makes a further buffer; all of them must have one size
   */
  public BufferPool(Supplier<? extends Buffer> allocator) {
    this.allocator = allocator;
  }

  /** A buffer of undefined content. */
  public synchronized Buffer take() {
    if (closed) {
      throw new IllegalStateException("this pool of batch buffers is closed");
    }
    Buffer buffer = free.poll();
    return buffer != null ? buffer : allocator.get();
  }

  /** Gives a buffer back that was taken from this pool and is used no more. */
  public synchronized void release(Buffer buffer) {
    if (closed) {
      buffer.close();
    } else {
      free.push(buffer);
    }
  }

  @Override
  public synchronized void close() {
    closed = true;
    free.forEach(Buffer::close);
    free.clear();
  }
}
