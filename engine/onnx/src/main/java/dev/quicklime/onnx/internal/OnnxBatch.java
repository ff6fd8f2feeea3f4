package dev.quicklime.onnx.internal;

import dev.quicklime.internal.memory.Buffer;
import dev.quicklime.internal.memory.BufferPool;
import dev.quicklime.model.Batch;
import java.lang.foreign.MemorySegment;

/**
 * Memory of a batch that a pass reads where it lies. It goes back to its pool when it is closed, or
 * at the end of the pass that reads it then.
 */
public final class OnnxBatch implements Batch {

  private final MemorySegment pixels;
  private final Lifeline life;

  private OnnxBatch(Buffer taken, BufferPool pool) {
    this.pixels = taken.segment();
    this.life = new Lifeline("this batch", () -> pool.release(taken));
  }

  /** Takes memory from a pool. */
  public static OnnxBatch from(BufferPool pool) {
    return new OnnxBatch(pool.take(), pool);
  }

  /** One use of the memory, which stays until that is over. */
  public Lifeline.Use use() {
    return life.use();
  }

  @Override
  public MemorySegment pixels() {
    life.use().close();
    return pixels;
  }

  @Override
  public void close() {
    life.close();
  }
}
