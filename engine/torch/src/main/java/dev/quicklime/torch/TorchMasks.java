package dev.quicklime.torch;

import dev.quicklime.InvalidInputException;
import dev.quicklime.internal.memory.Buffer;
import dev.quicklime.internal.memory.BufferPool;
import dev.quicklime.model.MaskedScorer;
import dev.quicklime.model.PendingScores;
import dev.quicklime.torch.internal.PendingOutput;
import dev.quicklime.torch.internal.TensorComposer;
import dev.quicklime.torch.internal.TorchException;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;

/** Samples of one picture, composed and scored by libtorch. Rows past the last one are filled. */
final class TorchMasks implements MaskedScorer {

  private final TorchRun run;
  private final TensorComposer composer;
  private final int wordsPerRow;
  private final BufferPool pool;

  /** Takes the composer, and a pool of buffers with room for a batch of its rows. */
  TorchMasks(TorchRun run, TensorComposer composer, int wordsPerRow, BufferPool pool) {
    this.run = run;
    this.composer = composer;
    this.wordsPerRow = wordsPerRow;
    this.pool = pool;
  }

  @Override
  public PendingScores submit(long[] words, int rows) {
    run.checkRows(rows);
    int used = Math.multiplyExact(rows, wordsPerRow);
    if (words.length < used) {
      throw new InvalidInputException(
          "masks must have %s words for %s samples, got %s".formatted(used, rows, words.length));
    }
    Buffer buffer = pool.take();
    MemorySegment memory = buffer.segment();
    MemorySegment.copy(words, 0, memory, ValueLayout.JAVA_LONG_UNALIGNED, 0, used);
    memory.asSlice((long) used * Long.BYTES).fill((byte) 0);
    PendingOutput pending;
    try {
      pending = run.module().submit(memory, composer);
    } catch (TorchException e) {
      pool.release(buffer);
      throw run.failed(e);
    }
    return () -> {
      try {
        return run.await(pending, rows);
      } finally {
        pool.release(buffer);
      }
    };
  }

  @Override
  public void close() {
    composer.close();
    pool.close();
  }
}
