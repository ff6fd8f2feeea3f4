package dev.quicklime.torch;

import dev.quicklime.InvalidInputException;
import dev.quicklime.QuicklimeException;
import dev.quicklime.image.BatchFormat;
import dev.quicklime.image.Layout;
import dev.quicklime.image.PixelType;
import dev.quicklime.internal.memory.Buffer;
import dev.quicklime.internal.memory.BufferPool;
import dev.quicklime.internal.memory.NativeBuffer;
import dev.quicklime.internal.scoring.PaddedBatch;
import dev.quicklime.model.Batch;
import dev.quicklime.model.Classifier;
import dev.quicklime.model.MaskedPicture;
import dev.quicklime.model.MaskedScorer;
import dev.quicklime.model.ModelOptions;
import dev.quicklime.model.PendingScores;
import dev.quicklime.model.PipelinedClassifier;
import dev.quicklime.torch.internal.InputProblem;
import dev.quicklime.torch.internal.PendingOutput;
import dev.quicklime.torch.internal.PinnedBuffer;
import dev.quicklime.torch.internal.ScoreTensor;
import dev.quicklime.torch.internal.TensorComposer;
import dev.quicklime.torch.internal.TorchDevice;
import dev.quicklime.torch.internal.TorchException;
import dev.quicklime.torch.internal.TorchModule;
import java.util.Locale;
import java.util.function.Supplier;

/**
 * A module with a format and a batch that are settled. Every forward pass has the same shape; the
 * rows past the last one are zeros, so that a run can be repeated exactly.
 */
final class TorchRun {

  private final String name;
  private final TorchModule module;
  private final TorchDevice device;
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
    this.device = device;
    this.pool = pool(device, Math.multiplyExact(format.bytes(), batchSize));
  }

  /** Before anything native is held: a batch of floats whose bytes an int array could not count. */
  static void checkBatch(ModelOptions options) {
    double elements =
        (double) options.preprocessing().width()
            * options.preprocessing().height()
            * options.preprocessing().channels();
    if (elements > Integer.MAX_VALUE) {
      throw new InvalidInputException(
          String.format(
              Locale.ROOT,
              "the model's input must have at most %d values, got %.0f",
              Integer.MAX_VALUE,
              elements));
    }
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
    Buffer taken = pool.take();
    return Batch.of(taken.segment(), () -> pool.release(taken));
  }

  /** See {@link Classifier#score}. */
  double[] score(Batch batch, int rows) {
    return submit(batch, rows).await();
  }

  /** See {@link PipelinedClassifier#submit}. */
  PendingScores submit(Batch batch, int rows) {
    PaddedBatch.pad(batch, rows, batchSize, format);
    try {
      PendingOutput pending =
          module.submit(batch.pixels(), shape(), format.layout() == Layout.NHWC);
      return () -> await(pending, rows);
    } catch (TorchException e) {
      throw failed(e);
    }
  }

  /** See {@link PipelinedClassifier#masked}. */
  MaskedScorer masked(MaskedPicture picture) {
    try (NativeBuffer both = new NativeBuffer(2 * format.bytes())) {
      picture.writer().accept(both.segment());
      TensorComposer composer =
          new TensorComposer(
              device,
              format.type() == PixelType.BFLOAT16,
              shape(),
              format.layout() == Layout.NHWC,
              picture.labels(),
              picture.superpixels(),
              both.segment());
      BufferPool words = pool(device, Math.multiplyExact(composer.rowBytes(), batchSize));
      return new TorchMasks(this, composer, picture.wordsPerRow(), words);
    } catch (TorchException e) {
      throw failed(e);
    }
  }

  /** Memory that the device copies from at its own pace. */
  private static BufferPool pool(TorchDevice device, long bytes) {
    Supplier<Buffer> allocator =
        device.cuda() ? () -> new PinnedBuffer(bytes) : () -> new NativeBuffer(bytes);
    return new BufferPool(allocator);
  }

  private long[] shape() {
    var input = format.preprocessing();
    return new long[] {batchSize, input.channels(), input.height(), input.width()};
  }

  void checkRows(int rows) {
    if (rows < 1 || rows > batchSize) {
      throw new InvalidInputException("rows must be between 1 and " + batchSize + ", got " + rows);
    }
  }

  /** Scores of a forward pass that is under way. */
  double[] await(PendingOutput pending, int rows) {
    try {
      return ScoreTensor.values(name, pending.await(), batchSize, rows);
    } catch (TorchException e) {
      throw failed(e);
    }
  }

  QuicklimeException failed(TorchException e) {
    return new QuicklimeException(
        InputProblem.explained(name, String.valueOf(e.getMessage()), shape()), e);
  }

  /** Frees the batches that were given back. */
  void close() {
    pool.close();
  }
}
