package dev.quicklime.torch;

import dev.quicklime.model.Batch;
import dev.quicklime.model.Preview;
import dev.quicklime.torch.internal.BakedBatch;
import dev.quicklime.torch.internal.TorchException;
import dev.quicklime.torch.internal.TorchModule;
import java.lang.foreign.MemorySegment;
import java.util.function.IntFunction;

/** Says of a module that takes one number of samples alone which that is. */
final class FixedBatch {

  /** As much memory as a batch may take that is only tried. */
  private static final long MOST_BYTES = 1L << 29;

  /** As far as scores of one picture may differ between places of a batch. */
  private static final double SINGLE = 1e-3;

  private static final double SHORT = 1.0 / 32;

  private FixedBatch() {}

  /**
   * Looks for it.
   *
   * @param failed a run with another batch
   * @param runs of the same module, with batches of any size
   * @param pictures different ones to try it with
   * @return 0 if the module fails for another reason, or takes none
   */
  static int find(TorchRun failed, IntFunction<TorchRun> runs, Preview pictures) {
    TorchModule module = failed.module();
    long row = failed.format().bytes();
    int limit = (int) Math.min(BakedBatch.LARGEST, Math.max(1, MOST_BYTES / row));
    try {
      return BakedBatch.find(
          module.batchConstants(limit),
          failed.batchSize(),
          failed.format().type().bytes() == Float.BYTES ? SINGLE : SHORT,
          module.random(),
          (batch, same) -> {
            TorchRun run = runs.apply(batch);
            try (Batch memory = run.newBatch()) {
              MemorySegment pixels = memory.pixels();
              pictures.write(run.format(), batch, pixels);
              for (int i = 1; same && i < batch; i++) {
                MemorySegment.copy(pixels, 0, pixels, i * row, row);
              }
              return run.score(memory, batch);
            } finally {
              run.close();
            }
          });
    } catch (TorchException e) {
      return 0;
    }
  }

  /** The pictures of a batch, over and over. */
  static Preview of(MemorySegment pixels, int rows) {
    return (format, wanted, into) -> {
      for (int i = 0; i < wanted; i++) {
        long bytes = format.bytes();
        MemorySegment.copy(pixels, i % rows * bytes, into, i * bytes, bytes);
      }
    };
  }
}
