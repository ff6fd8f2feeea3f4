package dev.quicklime.model;

import dev.quicklime.QuicklimeException;
import dev.quicklime.image.BatchFormat;
import dev.quicklime.image.Layout;
import dev.quicklime.image.PixelType;
import dev.quicklime.internal.memory.Buffer;
import dev.quicklime.internal.memory.BufferPool;
import dev.quicklime.internal.memory.NativeBuffer;
import dev.quicklime.internal.torch.PinnedBuffer;
import dev.quicklime.internal.torch.TorchDevice;
import dev.quicklime.internal.torch.TorchException;
import dev.quicklime.internal.torch.TorchModule;
import dev.quicklime.internal.torch.TorchModule.Output;
import dev.quicklime.internal.torch.TorchRuntime;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.function.Supplier;

/**
 * A TorchScript file run by libtorch. Its {@code forward} takes one tensor [batch, channels,
 * height, width] and returns one of raw scores [batch, classes]; a tensor [batch] counts as one
 * class, a regression.
 *
 * <p>Every forward pass has the same shape, as TorchScript optimises for each shape anew; the last
 * batch of a run is filled up with zeros, and those rows' scores are dropped. Forward passes of one
 * classifier are serialised, so that several threads may use it at once.
 */
public final class TorchScript implements Classifier {

  private final ClassifierInfo info;
  private final BatchFormat format;
  private final int batchSize;
  private final TorchModule module;
  private final BufferPool pool;

  private TorchScript(
      ClassifierInfo info, BatchFormat format, int batchSize, TorchModule module, boolean pinned) {
    this.info = info;
    this.format = format;
    this.batchSize = batchSize;
    this.module = module;
    long bytes = Math.multiplyExact(format.bytes(), batchSize);
    Supplier<Buffer> allocator =
        pinned ? () -> new PinnedBuffer(bytes) : () -> new NativeBuffer(bytes);
    this.pool = new BufferPool(allocator);
  }

  /**
   * Loads a model file.
   *
   * @throws IllegalArgumentException if there is no such file
   * @throws QuicklimeException if it is no TorchScript archive, or if the device is not there
   */
  public static TorchScript open(Path file, ModelOptions options) {
    checkArchive(file);
    checkBatch(options);
    TorchDevice device =
        switch (options.device().kind()) {
          case AUTO -> TorchDevice.best();
          case CPU -> TorchDevice.cpu();
          case CUDA -> TorchDevice.cuda(options.device().index());
        };
    boolean bfloat16 = options.precision() == Precision.BF16;
    int threads = options.threadsOrDefault();
    TorchModule module;
    try {
      module = TorchModule.load(file, device, bfloat16, threads);
    } catch (TorchException e) {
      if (String.valueOf(e.getMessage()).contains("constants.pkl")) {
        throw new QuicklimeException(
            ("model %s must be a TorchScript file; it looks like a state dict or a pickled model"
                    + " of torch.save: export it with torch.jit.script or torch.jit.trace, then"
                    + " torch.jit.save")
                .formatted(file),
            e);
      }
      throw new QuicklimeException(
          "model %s must be a TorchScript file as torch.jit.save writes it; libtorch says: %s"
              .formatted(file, e.getMessage()),
          e);
    }
    ClassifierInfo info =
        new ClassifierInfo(
            String.valueOf(file.getFileName()),
            "libtorch " + TorchRuntime.version(),
            module.parameters(),
            device.toString(),
            bfloat16 ? "bf16" : "fp32",
            threads);
    BatchFormat format =
        new BatchFormat(
            options.preprocessing(),
            bfloat16 ? PixelType.BFLOAT16 : PixelType.FLOAT32,
            Layout.NCHW);
    return new TorchScript(info, format, options.batchOrDefault(), module, device.cuda());
  }

  /** Before anything native is held: a batch of floats whose bytes an int array could not count. */
  private static void checkBatch(ModelOptions options) {
    double elements =
        (double) options.preprocessing().width()
            * options.preprocessing().height()
            * options.preprocessing().channels();
    if (elements > Integer.MAX_VALUE) {
      throw new IllegalArgumentException(
          "the model's input must have at most %d values, got %.0f"
              .formatted(Integer.MAX_VALUE, elements));
    }
  }

  private static void checkArchive(Path file) {
    if (!Files.isRegularFile(file)) {
      throw new IllegalArgumentException(
          "model " + file + (Files.exists(file) ? " is not a file" : " does not exist"));
    }
    try (InputStream in = Files.newInputStream(file)) {
      byte[] start = in.readNBytes(2);
      if (!Arrays.equals(start, new byte[] {'P', 'K'})) {
        throw new QuicklimeException(
            ("model %s must be a TorchScript file, a zip archive as torch.jit.save writes it; got"
                    + " a file of another kind (%d bytes)")
                .formatted(file, Files.size(file)));
      }
    } catch (IOException e) {
      throw new IllegalArgumentException("model " + file + " cannot be read: " + e, e);
    }
  }

  @Override
  public ClassifierInfo info() {
    return info;
  }

  @Override
  public BatchFormat format() {
    return format;
  }

  @Override
  public int batchSize() {
    return batchSize;
  }

  @Override
  public Batch newBatch() {
    return new PooledBatch(pool);
  }

  @Override
  public double[] score(Batch batch, int rows) {
    PaddedBatch.pad(batch, rows, batchSize, format);
    var input = format.preprocessing();
    long[] shape = {batchSize, input.channels(), input.height(), input.width()};
    Output output;
    try {
      output = module.forward(batch.pixels(), shape, format.layout() == Layout.NHWC);
    } catch (TorchException e) {
      throw new QuicklimeException(
          "model %s failed on an input of %s: %s"
              .formatted(info.name(), Arrays.toString(shape), e.getMessage()),
          e);
    }
    return PaddedBatch.scores(info.name(), output, batchSize, rows);
  }

  /** Frees the module and the batches that were given back. */
  @Override
  public void close() {
    module.close();
    pool.close();
  }
}
