package dev.quicklime.model;

import dev.quicklime.QuicklimeException;
import dev.quicklime.image.BatchFormat;
import dev.quicklime.image.Layout;
import dev.quicklime.internal.memory.Buffer;
import dev.quicklime.internal.memory.BufferPool;
import dev.quicklime.internal.memory.NativeBuffer;
import dev.quicklime.internal.torch.PinnedBuffer;
import dev.quicklime.internal.torch.TorchDevice;
import dev.quicklime.internal.torch.TorchException;
import dev.quicklime.internal.torch.TorchModule;
import dev.quicklime.internal.torch.TorchModule.Output;
import java.util.Arrays;
import java.util.function.Supplier;

/**
 * A module with a format and a batch that are settled. Every forward pass has the same shape; the
 * rows past the last one are zeros, so that a run can be repeated exactly.
 */
final class TorchRun {

  private final String name;
  private final TorchModule module;
  private final BatchFormat format;
  private final int batchSize;
  private final BufferPool pool;

  /**
   * Prepares forward passes.
   *
   * @param name what errors call the model
   * @param module remains the caller's
   */
  TorchRun(String name, TorchModule module, TorchDevice device, BatchFormat format, int batchSize) {
    this.name = name;
    this.module = module;
    this.format = format;
    this.batchSize = batchSize;
    long bytes = Math.multiplyExact(format.bytes(), batchSize);
    Supplier<Buffer> allocator =
        device.cuda() ? () -> new PinnedBuffer(bytes) : () -> new NativeBuffer(bytes);
    this.pool = new BufferPool(allocator);
  }

  TorchModule module() {
    return module;
  }

  BatchFormat format() {
    return format;
  }

  int batchSize() {
    return batchSize;
  }

  Batch newBatch() {
    return new PooledBatch(pool);
  }

  /** See {@link Classifier#score}. */
  double[] score(Batch batch, int rows) {
    PaddedBatch.pad(batch, rows, batchSize, format);
    var input = format.preprocessing();
    long[] shape = {batchSize, input.channels(), input.height(), input.width()};
    Output output;
    try {
      output = module.forward(batch.pixels(), shape, format.layout() == Layout.NHWC);
    } catch (TorchException e) {
      throw new QuicklimeException(
          "model %s failed on an input of %s: %s"
              .formatted(name, Arrays.toString(shape), e.getMessage()),
          e);
    }
    return PaddedBatch.scores(name, output, batchSize, rows);
  }

  /** Frees the batches that were given back. */
  void close() {
    pool.close();
  }
}
