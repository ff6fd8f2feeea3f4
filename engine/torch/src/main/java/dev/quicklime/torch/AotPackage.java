package dev.quicklime.torch;

import dev.quicklime.InvalidInputException;
import dev.quicklime.QuicklimeException;
import dev.quicklime.files.card.ModelCard;
import dev.quicklime.image.BatchFormat;
import dev.quicklime.image.Layout;
import dev.quicklime.image.PixelType;
import dev.quicklime.image.Preprocessing;
import dev.quicklime.internal.memory.Buffer;
import dev.quicklime.internal.memory.BufferPool;
import dev.quicklime.internal.memory.LibraryPages;
import dev.quicklime.internal.memory.NativeBuffer;
import dev.quicklime.internal.scoring.PaddedBatch;
import dev.quicklime.model.Batch;
import dev.quicklime.model.ClassifierInfo;
import dev.quicklime.model.ModelOptions;
import dev.quicklime.model.PendingScores;
import dev.quicklime.model.PipelinedClassifier;
import dev.quicklime.torch.internal.AotModule;
import dev.quicklime.torch.internal.ModelOutput;
import dev.quicklime.torch.internal.PendingOutput;
import dev.quicklime.torch.internal.PinnedBuffer;
import dev.quicklime.torch.internal.ScoreTensor;
import dev.quicklime.torch.internal.TorchDevice;
import dev.quicklime.torch.internal.TorchException;
import dev.quicklime.torch.internal.TorchRuntime;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Objects;
import java.util.function.Supplier;

/**
 * A package of AOTInductor, compiled ahead of time for one device, number format and shape, run by
 * libtorch. It takes one tensor [batch, channels, height, width] and returns one of raw scores
 * [batch, classes], alone or among others; a tensor [batch] counts as one class, a regression.
 *
 * <p>The compiled code reads its input without checking it, so the shape, the number format and the
 * order of the elements are taken from the package alone; what options or a {@link ModelCard} say
 * of them may only agree. The last batch of a run is filled up with zeros, and those rows' scores
 * are dropped. Forward passes of one classifier are serialised, so that several threads may use it
 * at once.
 *
 * <p>A package is native code: whoever opens one runs what its author wrote.
 */
public final class AotPackage implements PipelinedClassifier {

  private final ClassifierInfo info;
  private final BatchFormat format;
  private final int batchSize;
  private final int classes;
  private final AotModule module;
  private final Unpacked unpacked;
  private final BufferPool pool;
  private final boolean cuda;

  private AotPackage(
      ClassifierInfo info,
      BatchFormat format,
      int batchSize,
      int classes,
      AotModule module,
      Unpacked unpacked,
      boolean cuda) {
    this.info = info;
    this.format = format;
    this.batchSize = batchSize;
    this.classes = classes;
    this.module = module;
    this.unpacked = unpacked;
    this.cuda = cuda;
    long bytes = Math.multiplyExact(format.bytes(), batchSize);
    Supplier<Buffer> allocator =
        cuda ? () -> new PinnedBuffer(bytes) : () -> new NativeBuffer(bytes);
    this.pool = new BufferPool(allocator);
  }

  /**
   * Loads a package that AOTInductor compiled.
   *
   * @param card what is known of it beside what it says itself
   * @throws InvalidInputException if there is no such file, or if the options ask for another
   *     input, batch, precision or device than it was compiled for
   * @throws QuicklimeException if it is no package, if it was compiled for another machine or
   *     version of libtorch, if the card contradicts it, or if the device is not there
   */
  public static AotPackage open(Path file, ModelOptions options, ModelCard card) {
    Objects.requireNonNull(file, "file");
    Objects.requireNonNull(options, "options");
    Objects.requireNonNull(card, "card");
    PackageFile found = PackageFile.read(file);
    PackageTarget target = PackageTarget.of(found);
    target.check(file.toString());
    PackageInput input;
    try {
      input = PackageInput.of(found.wrapper(), found.metadata());
    } catch (QuicklimeException e) {
      throw new QuicklimeException("model %s %s".formatted(file, e.getMessage()), e);
    }
    PackageAgreement agreement = new PackageAgreement(file, input, target);
    agreement.checkCard(card);
    agreement.checkOptions(options);
    options.device().checkSingle();
    int batch = agreement.batch(options, card);
    TorchDevice device =
        target.device().equals("cpu")
            ? TorchDevice.cpu()
            : TorchDevice.cuda(options.device().index());
    int threads = options.threadsOrDefault();
    boolean bfloat16 = input.type() == PixelType.BFLOAT16;
    Unpacked unpacked = Unpacked.of(found);
    AotModule module;
    try {
      module = AotModule.load(unpacked.folder(), found.name(), device, bfloat16, threads);
    } catch (TorchException e) {
      unpacked.close();
      throw new QuicklimeException(
          "model %s must be a package that libtorch %s can load; it says: %s"
              .formatted(file, TorchRuntime.version(), e.getMessage()),
          e);
    } catch (RuntimeException e) {
      unpacked.close();
      throw e;
    }
    // Its weights have been copied.
    LibraryPages.letGo(unpacked.folder());
    if (!device.cuda()) {
      // All that is needed is mapped by now, and so nothing stays behind if the process is killed.
      unpacked.close();
    }
    ClassifierInfo info =
        new ClassifierInfo(
            String.valueOf(file.getFileName()),
            "AOTInductor, libtorch " + TorchRuntime.version(),
            null,
            device.toString(),
            bfloat16 ? "bf16" : "fp32",
            threads);
    module.takeFrom(info.name(), PackageOutputs.names(module.outputSpec()), options.output());
    BatchFormat format = new BatchFormat(options.preprocessing(), input.type(), input.layout());
    return new AotPackage(
        info, format, batch, card.facts().classes(), module, unpacked, device.cuda());
  }

  @Override
  public ClassifierInfo info() {
    return info.withOutput(module.taken());
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
    Buffer taken = pool.take();
    return Batch.of(taken.segment(), () -> pool.release(taken));
  }

  @Override
  public double[] score(Batch batch, int rows) {
    return submit(batch, rows).await();
  }

  @Override
  public PendingScores submit(Batch batch, int rows) {
    PaddedBatch.pad(batch, rows, batchSize, format);
    Preprocessing input = format.preprocessing();
    long[] shape = {batchSize, input.channels(), input.height(), input.width()};
    PendingOutput pending = module.submit(batch.pixels(), shape, format.layout() == Layout.NHWC);
    return () -> await(pending, shape, rows);
  }

  /** A GPU scores one batch while the next is composed. */
  @Override
  public int inFlight() {
    return cuda ? 2 : 1;
  }

  private double[] await(PendingOutput pending, long[] shape, int rows) {
    ModelOutput output;
    try {
      output = pending.await();
    } catch (TorchException e) {
      throw new QuicklimeException(
          "model %s failed on an input of %s: %s"
              .formatted(info.name(), Arrays.toString(shape), e.getMessage()),
          e);
    }
    double[] scores = ScoreTensor.values(info.name(), output, batchSize, rows);
    if (classes > 0 && scores.length != rows * classes) {
      throw new QuicklimeException(
          "model %s must have as many classes as the JSON file beside it says, %s, got %s"
              .formatted(info.name(), classes, scores.length / rows));
    }
    return scores;
  }

  /** Frees the compiled code, the batches that were given back, and what was unpacked. */
  @Override
  public void close() {
    module.close();
    unpacked.close();
    pool.close();
  }
}
