package dev.quicklime.model;

import java.lang.foreign.MemorySegment;

/** A batch of memory that goes back to whom it belongs, once. */
final class LentBatch implements Batch {

  private final MemorySegment pixels;
  private final Runnable giveBack;
  private boolean closed;

  LentBatch(MemorySegment pixels, Runnable giveBack) {
    this.pixels = pixels;
    this.giveBack = giveBack;
  }

  @Override
  public MemorySegment pixels() {
    if (closed) {
      throw new IllegalStateException("this batch is closed");
    }
    return pixels;
  }

  @Override
  public void close() {
    if (!closed) {
      closed = true;
      giveBack.run();
    }
  }
}
