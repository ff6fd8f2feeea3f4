package dev.quicklime.model;

import dev.quicklime.internal.memory.Buffer;
import dev.quicklime.internal.memory.BufferPool;
import java.lang.foreign.MemorySegment;
import org.jspecify.annotations.Nullable;

/** A batch whose memory goes back to a pool. */
final class PooledBatch implements Batch {

  private final BufferPool pool;
  private @Nullable Buffer buffer;

  PooledBatch(BufferPool pool) {
    this.pool = pool;
    this.buffer = pool.take();
  }

  @Override
  public MemorySegment pixels() {
    if (buffer == null) {
      throw new IllegalStateException("this batch is closed");
    }
    return buffer.segment();
  }

  @Override
  public void close() {
    Buffer taken = buffer;
    if (taken != null) {
      buffer = null;
      pool.release(taken);
    }
  }
}
