package dev.quicklime.internal.memory;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;

/**
 * A block of off-heap memory, aligned for vector stores and usable from any thread until it is
 * closed.
 */
public final class NativeBuffer implements Buffer {

  /**
   * A page. Composing writes runs of a page; where each of them lay across two pages, a batch of 64
   * pictures took a fifth longer.
   */
  private static final long ALIGNMENT = 4096;

  private static final AtomicLong ALLOCATED = new AtomicLong();

  private final Arena arena = Arena.ofShared();
  private final MemorySegment segment;
  private final AtomicBoolean closed = new AtomicBoolean();

  /**
   * Allocates zeroed memory.
   *
   * @param bytes size, ≥ 1
   */
  public NativeBuffer(long bytes) {
    if (bytes < 1) {
      throw new IllegalArgumentException("bytes must be at least 1, got " + bytes);
    }
    try {
      segment = arena.allocate(bytes, ALIGNMENT);
      ALLOCATED.addAndGet(bytes);
    } catch (OutOfMemoryError e) {
      arena.close();
      throw e;
    }
  }

  @Override
  public MemorySegment segment() {
    if (closed.get()) {
      throw new IllegalStateException("this buffer of " + segment.byteSize() + " bytes is closed");
    }
    return segment;
  }

  @Override
  public void close() {
    if (closed.compareAndSet(false, true)) {
      ALLOCATED.addAndGet(-segment.byteSize());
      arena.close();
    }
  }

  /** Bytes of all buffers of the process that are not closed yet. */
  public static long allocated() {
    return ALLOCATED.get();
  }
}
