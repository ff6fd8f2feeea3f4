package dev.quicklime.torch;

import static java.lang.foreign.ValueLayout.JAVA_FLOAT;

import dev.quicklime.InvalidInputException;
import dev.quicklime.QuicklimeException;
import dev.quicklime.internal.memory.Buffer;
import dev.quicklime.internal.memory.NativeBuffer;
import dev.quicklime.model.ClassifierInfo;
import dev.quicklime.model.Device;
import dev.quicklime.model.RowModel;
import dev.quicklime.torch.internal.PinnedBuffer;
import dev.quicklime.torch.internal.ScoreTensor;
import dev.quicklime.torch.internal.ScriptFile;
import dev.quicklime.torch.internal.TorchDevice;
import dev.quicklime.torch.internal.TorchException;
import dev.quicklime.torch.internal.TorchModule;
import dev.quicklime.torch.internal.TorchRuntime;
import java.lang.foreign.MemorySegment;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A TorchScript file whose {@code forward} takes one tensor [batch, inputs] in single precision and
 * returns one of raw scores [batch, classes]; a tensor [batch] counts as one class, a regression.
 * Every forward pass has the same shape: the last batch is filled up with zeros. Forward passes are
 * serialised, so that several threads may use it at once.
 */
public final class TorchRows implements RowModel {

  private static final int LARGEST_BATCH = 1 << 20;

  private final ClassifierInfo info;
  private final TorchModule module;
  private final TorchDevice device;
  private final int batch;
  private @Nullable Buffer buffer;
  private int bufferColumns;
  private boolean closed;

  private TorchRows(ClassifierInfo info, TorchModule module, TorchDevice device, int batch) {
    this.info = info;
    this.module = module;
    this.device = device;
    this.batch = batch;
  }

  /**
   * Loads a model file.
   *
   * @param device where it runs, one device
   * @param batch rows of a forward pass, 1 to 1048576
   * @param threads threads of a forward pass on the CPU, 1 to 1024, or 0 for all processors
   * @throws InvalidInputException if there is no such file or a number is out of range
   * @throws QuicklimeException if it is no TorchScript archive, or if the device is not there
   */
  public static TorchRows open(Path file, Device device, int batch, int threads) {
    Objects.requireNonNull(file, "file");
    Objects.requireNonNull(device, "device");
    if (batch < 1 || batch > LARGEST_BATCH) {
      throw new InvalidInputException(
          "batch must be between 1 and " + LARGEST_BATCH + ", got " + batch);
    }
    if (threads < 0 || threads > 1024) {
      throw new InvalidInputException("threads must be between 1 and 1024, got " + threads);
    }
    int used = threads > 0 ? threads : Runtime.getRuntime().availableProcessors();
    ScriptFile.check(file);
    TorchDevice chosen = TorchDevice.of(device);
    TorchModule module = TorchScript.load(file, used, chosen, false);
    return new TorchRows(
        new ClassifierInfo(
            String.valueOf(file.getFileName()),
            "libtorch " + TorchRuntime.version(),
            module.parameters(),
            chosen.toString(),
            "fp32",
            used,
            module.casts().isEmpty()
                ? List.of()
                : List.of("weights in %s are computed in fp32".formatted(module.casts())),
            module.notices()),
        module,
        chosen,
        batch);
  }

  @Override
  public ClassifierInfo info() {
    return info;
  }

  @Override
  public int batchSize() {
    return batch;
  }

  @Override
  public boolean singlePrecision() {
    return true;
  }

  @Override
  public synchronized double[] score(double[] rows, int columns) {
    int count = rows.length / columns;
    if (count < 1 || count > batch || rows.length % columns != 0) {
      throw new InvalidInputException(
          "rows must be 1 to %d of %d numbers, got %d numbers"
              .formatted(batch, columns, rows.length));
    }
    long[] shape = {batch, columns};
    MemorySegment segment = memory(columns);
    for (int i = 0; i < rows.length; i++) {
      segment.setAtIndex(JAVA_FLOAT, i, (float) rows[i]);
    }
    segment.asSlice((long) rows.length * Float.BYTES).fill((byte) 0);
    try {
      return ScoreTensor.values(info.name(), module.forward(segment, shape, false), batch, count);
    } catch (TorchException e) {
      throw new QuicklimeException(
          "model %s failed on rows of %d numbers, an input of %s: %s"
              .formatted(info.name(), columns, Arrays.toString(shape), e.getMessage()),
          e);
    }
  }

  private MemorySegment memory(int columns) {
    if (closed) {
      throw new IllegalStateException("this model is closed");
    }
    Buffer held = buffer;
    if (held == null || columns != bufferColumns) {
      if (held != null) {
        held.close();
      }
      long bytes = Math.multiplyExact((long) batch * columns, Float.BYTES);
      held = device.cuda() ? new PinnedBuffer(bytes) : new NativeBuffer(bytes);
      buffer = held;
      bufferColumns = columns;
    }
    return held.segment();
  }

  /** Frees the module and its batch. */
  @Override
  public synchronized void close() {
    if (!closed) {
      closed = true;
      module.close();
      if (buffer != null) {
        buffer.close();
      }
    }
  }
}
